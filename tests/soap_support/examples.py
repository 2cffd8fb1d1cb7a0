"""Messages filled with the examples that the catalogue gives for its fields."""

from dataclasses import replace
from typing import Any

from schemas.codes import ProcessKind, Segment
from schemas.contract import Member, members
from schemas.reading import Faulty, RawMessage, RawValue, read


def raw_example(
    message: type,
    *,
    kind: ProcessKind = ProcessKind.REGISTER,
    optional: bool = True,
    segment: Segment | None = Segment.LOW_VOLTAGE,
) -> RawMessage:
    """Fill a message of a segment with examples, as one of ``kind`` where it has a 処理区分."""
    return {
        member.xml_name: _raw_value(member, kind=kind, optional=optional, segment=segment)
        for member in members(message, segment)
        if _belongs(member, kind=kind, optional=optional)
    }


def typed_example(message: type, *, segment: Segment | None = Segment.LOW_VOLTAGE, **changes: Any) -> Any:
    """Build a message of examples; ``changes`` replace attributes and are not checked."""
    result = read(message, raw_example(message, segment=segment), segment=segment)
    assert not isinstance(result, Faulty), result
    return replace(result, **changes)


def _belongs(member: Member, *, kind: ProcessKind, optional: bool) -> bool:
    if member.needed is not None:
        return kind in member.needed.kinds
    if member.allowed is not None:
        return optional and kind in member.allowed.kinds
    return member.required or optional


def _raw_value(member: Member, *, kind: ProcessKind, optional: bool, segment: Segment | None) -> RawValue:
    if member.field.code is ProcessKind:
        return kind.value
    value: RawValue = member.field.example
    if member.item is not None:
        value = raw_example(member.item, kind=kind, optional=optional, segment=segment)
    return [value, value] if member.repeated else value
