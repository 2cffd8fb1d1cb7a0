"""All screens: what people call them and what for, and what the walk and the catalogue say of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from docs.specification_pages.bulk_functions import BulkFunction, bulk_functions
from docs.specification_pages.elements import Row, rows_of
from docs.specification_pages.rights import role_words, roles_with, who_words
from docs.specification_pages.site import data
from docs.specification_pages.walked import ELSEWHERE, Walked, walked_screens
from rules.access.rights import USE_CASE_OF
from schemas.catalogue import SEGMENTS
from schemas.codes import Segment
from schemas.contract import Interface
from schemas.interfaces.decision import DECISION
from web.shared import inquiries, requests

DOCUMENT, DATA = "screens.html", "screens.yaml"
_SAID_BY_THE_SCREEN = ("messageId", "processKind", "version")
"""Elements that nobody types: the screen says them."""


@dataclass(frozen=True)
class Picture:
    """A picture that ``make screens`` takes."""

    name: str
    caption: str

    @property
    def address(self) -> str:
        """Where it lies, seen from the built pages."""
        return f"../images/screens/{self.name}.png"


@dataclass(frozen=True)
class Screen:
    """One screen: what people call it, and what the walk has seen of it."""

    id: str
    endpoint: str
    name: str
    permission: str
    purpose: str
    pictures: tuple[Picture, ...]
    page: str

    @property
    def anchor(self) -> str:
        """Its place on its page."""
        return anchor_of(self.endpoint)

    @property
    def who(self) -> str:
        """Say who may open it."""
        return who_words(self.permission)

    @property
    def walked(self) -> Walked:
        return walked_screens()[self.endpoint]


@dataclass(frozen=True)
class Function:
    """What people can do by one interface: in each of its segments a screen of its own."""

    interface: Interface
    pictures: tuple[Picture, ...]
    page: str

    @property
    def anchor(self) -> str:
        """Its place on its page."""
        return self.interface.operation

    @property
    def who(self) -> str:
        """Say who may open it."""
        return role_words(roles_with([USE_CASE_OF[self.interface]]))

    @property
    def segments(self) -> tuple[Segment | None, ...]:
        """Its segments, None for what all share."""
        return tuple(each for each in SEGMENTS if each in (self.interface.segments or (None,)))

    def number(self, segment: Segment | None) -> str:
        """Give its number in a segment, which is its place on its page too."""
        return self.interface.number_in(segment)

    def typed(self, segment: Segment | None) -> list[Row]:
        """List what a person types."""
        rows = rows_of(self.interface.request, segment)
        return [row for row in rows if row.path not in _SAID_BY_THE_SCREEN]

    def shown(self, segment: Segment | None) -> list[Row]:
        """List what the answer shows."""
        return [row for row in rows_of(self.interface.response, segment) if row.path not in _SAID_BY_THE_SCREEN]


@dataclass(frozen=True)
class Group:
    """Screens that belong together: one page."""

    file: str
    title: str
    words: str
    screens: tuple[Screen, ...]
    functions: tuple[Function, ...]
    bulk: tuple[BulkFunction, ...]


def anchor_of(endpoint: str) -> str:
    """Give the place of an endpoint on its page."""
    return endpoint.replace(".", "-")


def pictures_of(written: Iterable[Sequence[str]]) -> tuple[Picture, ...]:
    return tuple(Picture(name, caption) for name, caption in written)


@cache
def groups() -> tuple[Group, ...]:
    """Give all screens, group by group."""
    written = data(DATA)
    return tuple(
        Group(
            group["file"],
            group["title"],
            group["words"],
            tuple(
                Screen(**{**screen, "pictures": pictures_of(screen.get("pictures", ())), "page": group["file"]})
                for screen in group["screens"]
            ),
            _functions(_INTERFACES[group["functions"]], group["file"]) if "functions" in group else (),
            bulk_functions() if group.get("bulk") else (),
        )
        for group in written["groups"]
    )


_INTERFACES: dict[str, tuple[Interface, ...]] = {
    "decision": (DECISION,),
    "requests": requests.INTERFACES,
    "inquiries": inquiries.INTERFACES,
}


def _functions(interfaces: Iterable[Interface], page: str) -> tuple[Function, ...]:
    """Give the functions of interfaces, with the pictures there are of them."""
    pictures = data(DATA)["functions"]
    return tuple(Function(each, pictures_of(pictures.get(each.number, ())), page) for each in interfaces)


def all_functions() -> tuple[Function, ...]:
    """Give all functions that have an interface."""
    return tuple(function for group in groups() for function in group.functions)


@cache
def all_screens() -> Mapping[str, Screen]:
    """Give all screens by their endpoint."""
    return {screen.endpoint: screen for group in groups() for screen in group.screens}


@cache
def receivers() -> Mapping[str, str]:
    """Say what each address does that takes what a button sends, and shows no page of its own."""
    written: Mapping[str, str] = data(DATA)["receivers"]
    return written


@cache
def others() -> Mapping[str, str]:
    """Say what each address is that is no screen."""
    written: Mapping[str, str] = data(DATA)["others"]
    return written


def name_of(endpoint: str) -> str:
    """Call an endpoint as the documents do."""
    if endpoint == ELSEWHERE:
        return "このシステムの外"
    screen = all_screens().get(endpoint)
    words = screen.name if screen is not None else receivers().get(endpoint) or others()[endpoint]
    return words.partition("。")[0]


def place_of(endpoint: str) -> str | None:
    """Give where an endpoint is described; None for what is not."""
    screen = all_screens().get(endpoint)
    if screen is not None:
        return f"{screen.page}#{screen.anchor}"
    return None if endpoint == ELSEWHERE else f"{DOCUMENT}#{anchor_of(endpoint)}"
