"""Between the catalogue's messages and what zeep sends and brings, by the catalogue alone."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from grid_client.errors import UnreadableAnswer
from schemas.codes import Code, Segment
from schemas.contract import Member, members
from schemas.fields import Form

Message = TypeVar("Message")

_TYPES: dict[Form, type] = {Form.TEXT: str, Form.INTEGER: int, Form.MOMENT: datetime, Form.DATE: date}


def to_zeep(message: Any, *, segment: Segment) -> dict[str, object]:
    """This function will give a message as zeep takes it: by element name, groups as dictionaries."""
    values: dict[str, object] = {}
    kind: type = type(message)
    for member in members(kind, segment):
        value = getattr(message, member.name)
        if member.repeated:
            values[member.xml_name] = [_to_zeep(item, member, segment) for item in value]
        elif value is not None:
            values[member.xml_name] = _to_zeep(value, member, segment)
    return values


def _to_zeep(value: Any, member: Member, segment: Segment) -> object:
    if member.item is not None:
        return to_zeep(value, segment=segment)
    return value.value if isinstance(value, Code) else value


def from_zeep(found: Any, message: type[Message], *, segment: Segment) -> Message:
    """This function will read what zeep brought into a message.

    :raises UnreadableAnswer: where a required value is missing, or one is not what the catalogue says.
    """
    values = _read_group(found, message, segment)
    return message(**values)


def _read_group(found: Any, message: type, segment: Segment) -> dict[str, object]:
    return {member.name: _read(found, member, segment) for member in members(message, segment)}


def _read(found: Any, member: Member, segment: Segment) -> object:
    value = found.get(member.xml_name) if isinstance(found, Mapping) else getattr(found, member.xml_name, None)
    if member.repeated:
        return tuple(_from_zeep(item, member, segment) for item in value or ())
    if value is not None:
        return _from_zeep(value, member, segment)
    if member.required:
        raise UnreadableAnswer(f"{member.name} is missing")
    return None


def _from_zeep(value: Any, member: Member, segment: Segment) -> object:
    if member.item is not None:
        return from_zeep(value, member.item, segment=segment)
    if member.field.code is not None:
        try:
            return member.field.code(value)
        except ValueError:
            raise UnreadableAnswer(f"{member.name} holds no code of {member.field.code.__name__}") from None
    wanted = _TYPES[member.field.form]
    if not isinstance(value, wanted) or (isinstance(value, datetime) and value.tzinfo is None):
        raise UnreadableAnswer(f"{member.name} is no {wanted.__name__}")
    return value
