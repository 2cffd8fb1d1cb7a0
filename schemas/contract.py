"""How messages and interfaces are declared, and how their declarations are read.

A message is a frozen dataclass. Its attributes carry their field, and marks where it depends on the
処理区分 whether they are needed, or on the segment whether there is such an element at all::

    point_number: Annotated[str | None, fields.POINT_NUMBER, needed_for(ProcessKind.REGISTER)]
    supply_kind: Annotated[SupplyKind | None, fields.SUPPLY_KIND, only_in(Segment.LOW_VOLTAGE)] = None

One class holds what all segments have; ``members(message, segment)`` gives what one of them has.
"""

import types
from dataclasses import dataclass, replace
from dataclasses import fields as dataclass_fields
from functools import cache, cached_property
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from schemas.codes import ApplicationKind, InterfaceCategory, ProcessKind, Segment
from schemas.fields import Field

T = TypeVar("T")


@dataclass(frozen=True)
class NeededFor:
    """Marks an attribute that is required for some 処理区分 and not accepted for the others."""

    kinds: frozenset[ProcessKind]


def needed_for(*kinds: ProcessKind) -> NeededFor:
    """Mark an attribute as required for ``kinds`` and refused for the others."""
    return NeededFor(frozenset(kinds))


@dataclass(frozen=True)
class AllowedFor:
    """Marks an attribute that may be given for some 処理区分 and is not accepted for the others."""

    kinds: frozenset[ProcessKind]


def allowed_for(*kinds: ProcessKind) -> AllowedFor:
    """Mark an attribute as optional for ``kinds`` and refused for the others."""
    return AllowedFor(frozenset(kinds))


@dataclass(frozen=True)
class OnlyIn:
    """Marks an attribute that some segments have and the others do not know."""

    segments: frozenset[Segment]
    optional: bool


def only_in(*segments: Segment, optional: bool = False) -> OnlyIn:
    """Mark an attribute as one of ``segments`` alone.

    There it is required, unless it is ``optional`` or a mark of the 処理区分 says when. As messages of the
    other segments are made without it, its type allows None and its default is None.
    """
    return OnlyIn(frozenset(segments), optional)


@dataclass(frozen=True)
class Member:
    """One attribute of a message, as the catalogue sees it in one segment, or in all."""

    name: str
    field: Field
    required: bool
    repeated: bool
    item: type | None
    """The dataclass of a group; None for a plain value."""
    needed: NeededFor | None
    allowed: AllowedFor | None

    @cached_property
    def xml_name(self) -> str:
        """The element's name: ``point_number`` travels as ``pointNumber``."""
        head, *tail = self.name.split("_")
        return head + "".join(part.capitalize() for part in tail)


@dataclass(frozen=True)
class Interface:
    """One numbered interface (IF) of the hub."""

    number: str
    """Number of the terms §11.1, or ours where they give none; without the segment's letter."""
    operation: str
    """Name of the SOAP operation, and so of the request element."""
    label: str
    meaning: str
    request: type
    response: type
    segments: frozenset[Segment]
    """Empty for the interface that all segments share (共通)."""
    relayed: bool
    """True where the message goes on to the grid operator."""
    category: InterfaceCategory
    """区分 of the terms §11.1, and ours for what stays in the hub."""
    applies_for: ApplicationKind | None = None
    """The kind of application that its request files, corrects or cancels."""
    tells_status_of: ApplicationKind | None = None
    """The kind of application that it asks about, one at a time."""

    @property
    def personal(self) -> bool:
        """True where the request or the response holds personal data."""
        return holds_personal_data(self.request) or holds_personal_data(self.response)

    def number_in(self, segment: Segment | None) -> str:
        """Give the number with the letter of the segment: 10610, K10610, F10610."""
        return SEGMENT_LETTER.get(segment, "") + self.number


class NotAsTheCatalogueSays(ValueError):
    """A message lacks what the catalogue requires of it: whoever made it did not make it by the catalogue."""


def required(value: T | None) -> T:
    """Give an element that the catalogue requires of a message in the case at hand, though not of all of its class.

    :raises NotAsTheCatalogueSays: when it is missing.
    """
    if value is None:
        raise NotAsTheCatalogueSays
    return value


SEGMENT_LETTER: dict[Segment | None, str] = {Segment.HIGH_VOLTAGE: "K", Segment.LOW_VOLTAGE_FIT: "F"}


@cache
def members(message: type, segment: Segment | None = None) -> tuple[Member, ...]:
    """Read a message class into its members, in the order they travel.

    :param segment: gives the members that it has, required and called as it has them. None gives those of
        all segments: what only some have counts as not required then.
    """
    hints = get_type_hints(message, include_extras=True)
    all_members = (_member(attribute.name, hints[attribute.name], segment) for attribute in dataclass_fields(message))
    return tuple(member for member in all_members if member is not None)


@cache
def members_for(message: type, segment: Segment | None, kind: ProcessKind | None) -> tuple[Member, ...]:
    """Read a message class into the members that it has for one 処理区分, each required where it is for that one.

    :param kind: None gives those of all, each with its marks.
    """
    if kind is None:
        return members(message, segment)
    by_marks = ((member, member.needed or member.allowed) for member in members(message, segment))
    return tuple(
        replace(member, required=member.required or member.needed is not None, needed=None, allowed=None)
        for member, mark in by_marks
        if mark is None or kind in mark.kinds
    )


def values_of(message: object) -> dict[str, object]:
    """Give what a message says, by the names of its members."""
    return vars(message)


def _member(name: str, hint: Any, segment: Segment | None) -> Member | None:
    if get_origin(hint) is not Annotated:
        raise TypeError(f"{name} has no field")
    plain, *marks = get_args(hint)
    by_type = {type(mark): mark for mark in marks}
    only, needed, allowed = by_type.get(OnlyIn), by_type.get(NeededFor), by_type.get(AllowedFor)
    if only is not None and segment is not None and segment not in only.segments:
        return None
    options = get_args(plain) if get_origin(plain) in (Union, types.UnionType) else (plain,)
    required = types.NoneType not in options
    if only is not None and segment is not None:
        required = not (only.optional or needed or allowed)
    (value_type,) = (option for option in options if option is not types.NoneType)
    repeated = get_origin(value_type) is tuple
    item = get_args(value_type)[0] if repeated else value_type
    field: Field = by_type[Field]
    return Member(
        name=name,
        field=field.in_segment(segment),
        required=required and not repeated,
        repeated=repeated,
        item=item if hasattr(item, "__dataclass_fields__") else None,
        needed=needed,
        allowed=allowed,
    )


@cache
def holds_personal_data(message: type) -> bool:
    """Tell whether a message or a group in it has a personal field."""
    return any(
        member.field.personal or (member.item is not None and holds_personal_data(member.item))
        for member in members(message)
    )
