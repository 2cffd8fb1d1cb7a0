"""Raw messages of examples, as the readers of XML, forms and CSV hand them on."""

from typing import Any

from schemas.codes import ProcessKind, Segment
from schemas.contract import Member, members
from schemas.reading import Faulty, RawMessage, RawValue, read


def example(
    message: type,
    kind: ProcessKind = ProcessKind.REGISTER,
    segment: Segment | None = Segment.LOW_VOLTAGE,
    **changes: Any,
) -> RawMessage:
    """Fill a message with the catalogue's examples; ``changes`` replace elements, None takes out."""
    filled: dict[str, Any] = {
        member.xml_name: _value(member, kind, segment) for member in members(message, segment) if _belongs(member, kind)
    }
    return {name: value for name, value in (filled | changes).items() if value is not None}


def broken(message: type, raw: RawMessage, segment: Segment | None = Segment.LOW_VOLTAGE) -> list[tuple[str, str]]:
    """Give the (field, rule) of every finding on a message; none where it can be read."""
    result: object = read(message, raw, segment=segment)
    return [(finding.field, finding.rule) for finding in result.findings] if isinstance(result, Faulty) else []


def well_read(message: type, raw: RawMessage, segment: Segment | None = Segment.LOW_VOLTAGE) -> Any:
    """Read a message that must be readable."""
    result = read(message, raw, segment=segment)
    assert not isinstance(result, Faulty), result
    return result


def _belongs(member: Member, kind: ProcessKind) -> bool:
    for_kinds = member.needed or member.allowed
    return for_kinds is None or kind in for_kinds.kinds


def _value(member: Member, kind: ProcessKind, segment: Segment | None) -> RawValue:
    if member.field.code is ProcessKind:
        return kind.value
    value: RawValue = member.field.example if member.item is None else example(member.item, kind, segment)
    return [value] if member.repeated else value
