"""The elements of a request, each with the way to it."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from schemas.codes import ProcessKind, Segment
from schemas.contract import Member, members
from tests.soap_support.spoilt_elements import Way


@dataclass(frozen=True)
class Place:
    """One element of a request, and the way to it."""

    path: tuple[str, ...]
    members: tuple[Member, ...]
    """Those on the way, and itself."""

    @property
    def member(self) -> Member:
        return self.members[-1]

    @property
    def name(self) -> str:
        """How findings call it, without the number of an item."""
        return "/".join(self.path)

    @property
    def kind(self) -> ProcessKind:
        """The first 処理区分 whose messages have it."""
        return next(kind for kind in ProcessKind if self.belongs_to(kind))

    @property
    def required(self) -> bool:
        """Whether such a message needs it."""
        return self.member.required or self.member.needed is not None

    def belongs_to(self, kind: ProcessKind) -> bool:
        """Tell whether messages of a 処理区分 have it."""
        for_kinds = self.members[0].needed or self.members[0].allowed
        return for_kinds is None or kind in for_kinds.kinds

    def find(self, request: etree._Element) -> etree._Element:
        """Find the first such element in a request."""
        element = request
        for name in self.path:
            element = next(child for child in element if etree.QName(child).localname == name)
        return element

    def said_of(self, way: Way) -> tuple[tuple[str | None, str], ...]:
        """Tell the findings, as field and rule, on a message in which it is spoilt so."""
        item = "[1]" if self.member.repeated and not way.of_list else ""
        return tuple((self.name + item + below, way.rule) for below in way.below)


def places(message: type, segment: Segment | None, *, above: Place | None = None) -> Iterator[Place]:
    """Give all elements of a request of a segment, groups before their parts."""
    path, on_the_way = ((), ()) if above is None else (above.path, above.members)
    for member in members(message, segment):
        place = Place((*path, member.xml_name), (*on_the_way, member))
        yield place
        if member.item is not None:
            yield from places(member.item, segment, above=place)
