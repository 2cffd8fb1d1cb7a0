"""How messages and interfaces are declared, and how their declarations are read.

A message is a frozen dataclass; its attributes carry their field, and where it depends on the
処理区分, when they are needed::

    point_number: Annotated[str | None, fields.POINT_NUMBER, needed_for(ProcessKind.REGISTER)] = None
"""

import types
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from schemas.codes import ApplicationKind, ProcessKind, Segment
from schemas.fields import Field


@dataclass(frozen=True)
class NeededFor:
    """Marks an attribute that is required for some 処理区分 and not accepted for the others."""

    kinds: frozenset[ProcessKind]


def needed_for(*kinds: ProcessKind) -> NeededFor:
    """This function will mark an attribute as required for ``kinds`` and refused for the others."""
    return NeededFor(frozenset(kinds))


@dataclass(frozen=True)
class AllowedFor:
    """Marks an attribute that may be given for some 処理区分 and is not accepted for the others."""

    kinds: frozenset[ProcessKind]


def allowed_for(*kinds: ProcessKind) -> AllowedFor:
    """This function will mark an attribute as optional for ``kinds`` and refused for the others."""
    return AllowedFor(frozenset(kinds))


@dataclass(frozen=True)
class Member:
    """One attribute of a message, as the catalogue sees it."""

    name: str
    field: Field
    required: bool
    repeated: bool
    item: type | None
    """The dataclass of a group; None for a plain value."""
    needed: NeededFor | None
    allowed: AllowedFor | None

    @property
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
    applies_for: ApplicationKind | None = None
    """The kind of application that its request files, corrects or cancels."""
    tells_status_of: ApplicationKind | None = None
    """The kind of application that it asks about, one at a time."""

    @property
    def personal(self) -> bool:
        """True where the request or the response holds personal data."""
        return holds_personal_data(self.request) or holds_personal_data(self.response)

    def number_in(self, segment: Segment | None) -> str:
        """This function will give the number with the letter of the segment: 10610, K10610, F10610."""
        return SEGMENT_LETTER.get(segment, "") + self.number


SEGMENT_LETTER: dict[Segment | None, str] = {Segment.HIGH_VOLTAGE: "K", Segment.LOW_VOLTAGE_FIT: "F"}


@cache
def members(message: type) -> tuple[Member, ...]:
    """This function will read a message class into its members, in the order they travel."""
    hints = get_type_hints(message, include_extras=True)
    return tuple(_member(attribute.name, hints[attribute.name]) for attribute in dataclass_fields(message))


def _member(name: str, hint: Any) -> Member:
    if get_origin(hint) is not Annotated:
        raise TypeError(f"{name} has no field")
    plain, *marks = get_args(hint)
    options = get_args(plain) if get_origin(plain) in (Union, types.UnionType) else (plain,)
    required = types.NoneType not in options
    (value_type,) = (option for option in options if option is not types.NoneType)
    repeated = get_origin(value_type) is tuple
    item = get_args(value_type)[0] if repeated else value_type
    found = {type(mark): mark for mark in marks}
    return Member(
        name=name,
        field=found[Field],
        required=required and not repeated,
        repeated=repeated,
        item=item if hasattr(item, "__dataclass_fields__") else None,
        needed=found.get(NeededFor),
        allowed=found.get(AllowedFor),
    )


@cache
def holds_personal_data(message: type) -> bool:
    """This function will tell whether a message or a group in it has a personal field."""
    return any(
        member.field.personal or (member.item is not None and holds_personal_data(member.item))
        for member in members(message)
    )
