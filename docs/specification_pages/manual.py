"""取扱マニュアル: a page for each task, from words of ``data/manual``, the catalogue and the table of rights."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from docs.specification_pages.bulk_functions import BulkFunction
from docs.specification_pages.rights import STANDINGS, role_words, roles_with
from docs.specification_pages.screen_list import Function, Picture, all_functions, pictures_of
from docs.specification_pages.site import Page, data
from docs.specification_pages.texts import shown
from rules.access.rights import USE_CASE_OF, is_allowed
from rules.access.use_cases import UseCase
from rules.bulk.kinds import BulkKind
from schemas.catalogue import INTERFACES
from schemas.codes import ProcessKind, Segment, UserRole
from schemas.contract import Interface, members
from schemas.interfaces.common import Consent
from schemas.refusal_codes import RefusalCode
from web.catalogue_forms.nodes import hint
from web.shared.refusal_words import ScreenWords, words_of_code

DOCUMENT = "manual.html"
_VOLUMES = ("beginning", "inquiries", "switching", "applications", "bulk", "administration")
"""Files of ``data/manual``, in the order of the manual."""
_ANY_REQUEST = (RefusalCode.FORM, RefusalCode.OUTCOME_OPEN, RefusalCode.OVERLOADED)
"""What everything that is sent can be refused with, in the screens' own words."""


@dataclass(frozen=True)
class Task:
    """One thing that is done at the screens, step by step."""

    title: str
    steps: tuple[str, ...]
    words: tuple[str, ...]
    pictures: tuple[Picture, ...]
    process: ProcessKind | None
    """The 処理区分 whose steps are those of every request; None where the steps are written."""
    anchor: str


@dataclass(frozen=True)
class Part:
    """A part of the manual: one page."""

    file: str
    title: str
    purpose: str
    written: Mapping[str, Any]

    @property
    def interfaces(self) -> tuple[Interface, ...]:
        """What it is about, in all its segments."""
        numbers = self.written.get("functions", ())
        return tuple(interface for interface in INTERFACES if interface.number in numbers)

    @property
    def functions(self) -> tuple[Function, ...]:
        """The screens that are made from the catalogue for it."""
        return tuple(function for function in all_functions() if function.interface in self.interfaces)

    @property
    def bulk(self) -> BulkFunction | None:
        """The kind of file that it is about; None where it is about none."""
        kind = self.written.get("bulk")
        return None if kind is None else BulkFunction(BulkKind(kind))

    @property
    def is_task(self) -> bool:
        """True where it is about something that the terms list as a function."""
        return self.bulk is not None or bool(self.interfaces)

    @property
    def who(self) -> str:
        """Say who may do it."""
        if self.bulk is not None:
            return self.bulk.who
        return role_words(roles_with(USE_CASE_OF[interface] for interface in self.interfaces))

    @property
    def needs_consent(self) -> bool:
        """True where the customer has to have agreed."""
        return any(member.item is Consent for interface in self.interfaces for member in members(interface.request))

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Its steps, as they are written."""
        tasks = self.written.get("tasks") or self.written.get("sections", ())
        return tuple(_task(task, place) for place, task in enumerate(tasks, start=1))

    @property
    def refusals(self) -> list[tuple[RefusalCode, str]]:
        """What it can be refused with, and what that means here."""
        return [(RefusalCode(code), words) for code, words in self.written.get("refused", ())]

    @property
    def usual_refusals(self) -> list[tuple[RefusalCode, ScreenWords]]:
        """What everything that is sent can be refused with."""
        return [(code, words_of_code(code)) for code in _ANY_REQUEST]

    @property
    def rights(self) -> list[tuple[UseCase, list[bool]]] | None:
        """The table of what people may do, where the part shows it."""
        return _rights() if self.written.get("rights") else None


def _task(written: Mapping[str, Any], place: int) -> Task:
    return Task(
        written["title"],
        tuple(written.get("steps", ())),
        tuple(written.get("words", ())),
        pictures_of(written.get("pictures", ())),
        ProcessKind(written["process"]) if "process" in written else None,
        written.get("anchor", f"task-{place}"),
    )


def _rights() -> list[tuple[UseCase, list[bool]]]:
    """List what retailers' people may do, role by role."""
    return [
        (use_case, [is_allowed(use_case, capacity=standing) for standing in STANDINGS.values()])
        for use_case in UseCase
        if roles_with([use_case]) - {UserRole.HUB_OPERATOR}
    ]


@cache
def volumes() -> tuple[tuple[str, tuple[Part, ...]], ...]:
    """Give the parts by what they are about."""
    written = [data(f"manual/{name}.yaml") for name in _VOLUMES]
    return tuple(
        (volume["title"], tuple(Part(part["file"], part["title"], part["purpose"], part) for part in volume["parts"]))
        for volume in written
    )


def parts() -> tuple[Part, ...]:
    return tuple(part for _, parts_ in volumes() for part in parts_)


def segment_words(segment: Segment | None) -> str:
    """Name a segment, or what all share."""
    return "共通" if segment is None else segment.label


def pages() -> Iterator[Page]:
    yield Page(
        DOCUMENT,
        "スイッチング支援システム取扱マニュアル",
        "小売電気事業者の担当者と管理者が、画面で業務を行うための手引きです。業務ごとに1つの章があります。",
        "manual.html",
        {"volumes": volumes(), "segment_words": segment_words, "shown": shown},
    )
    for part in parts():
        yield Page(
            part.file,
            part.title,
            shown(part.purpose),
            "manual_part.html",
            {"part": part, "segment_words": segment_words, "shown": shown, "hint": hint, "roles": list(STANDINGS)},
            depth=2,
            document=DOCUMENT,
        )
