"""A message as raw text once more: what was stored fills a form in, and what was typed goes on hidden in the next."""

from collections.abc import Iterator, Mapping

from schemas.codes import ProcessKind, Segment
from schemas.contract import Member, members_for
from schemas.fields import Form
from schemas.reading import RawMessage, RawValue


def raw_of(
    message: type, values: Mapping[str, object], *, segment: Segment | None, kind: ProcessKind | None = None
) -> dict[str, RawValue]:
    """Write stored values, by the names of their members, as the elements of a message; what it has not is left out."""
    return {
        member.xml_name: _raw(member, values[member.name], segment)
        for member in members_for(message, segment, kind)
        if values.get(member.name) is not None
    }


def _raw(member: Member, value: object, segment: Segment | None) -> RawValue:
    if member.repeated and isinstance(value, list):
        return [_raw_item(member, item, segment) for item in value]
    return _raw_item(member, value, segment)


def _raw_item(member: Member, value: object, segment: Segment | None) -> RawValue:
    if member.item is None or not isinstance(value, Mapping):
        return str(value)
    return raw_of(member.item, value, segment=segment)


def inputs_of(message: type, typed: RawMessage, *, segment: Segment | None) -> list[tuple[str, str]]:
    """List the inputs of a form in which this is typed: the path of each element with its text."""
    return list(_inputs(message, typed, segment, path=""))


def _inputs(message: type, typed: RawMessage, segment: Segment | None, *, path: str) -> Iterator[tuple[str, str]]:
    for member in members_for(message, segment, None):
        value = typed.get(member.xml_name)
        if value is not None:
            yield from _inputs_of_member(member, value, segment, path=path + member.xml_name)


def _inputs_of_member(
    member: Member, value: RawValue, segment: Segment | None, *, path: str
) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        if member.item is not None:
            yield from _inputs(member.item, value, segment, path=f"{path}/")
    else:
        for number, item in enumerate(value, start=1):
            place = path if member.field.form is Form.CODE else f"{path}[{number}]"
            yield from _inputs_of_member(member, item, segment, path=place)
