"""Between the catalogue's messages and what zeep sends and brings, by the catalogue alone."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from grid_client.errors import UnreadableAnswer
from schemas.codes import Code
from schemas.contract import Member, members
from schemas.fields import Form

Message = TypeVar("Message")

_TYPES: dict[Form, type] = {Form.TEXT: str, Form.INTEGER: int, Form.MOMENT: datetime, Form.DATE: date}


def to_zeep(message: Any) -> dict[str, object]:
    """This function will give a message as zeep takes it: by element name, groups as dictionaries."""
    values: dict[str, object] = {}
    kind: type = type(message)
    for member in members(kind):
        value = getattr(message, member.name)
        if member.repeated:
            values[member.xml_name] = [_to_zeep(item, member) for item in value]
        elif value is not None:
            values[member.xml_name] = _to_zeep(value, member)
    return values


def _to_zeep(value: Any, member: Member) -> object:
    if member.item is not None:
        return to_zeep(value)
    return value.value if isinstance(value, Code) else value


def from_zeep(found: Any, message: type[Message]) -> Message:
    """This function will read what zeep brought into a message.

    :raises UnreadableAnswer: where a required value is missing, or one is not what the catalogue says.
    """
    values = _read_group(found, message)
    return message(**values)


def _read_group(found: Any, message: type) -> dict[str, object]:
    return {member.name: _read(found, member) for member in members(message)}


def _read(found: Any, member: Member) -> object:
    value = found.get(member.xml_name) if isinstance(found, Mapping) else getattr(found, member.xml_name, None)
    if member.repeated:
        return tuple(_from_zeep(item, member) for item in value or ())
    if value is not None:
        return _from_zeep(value, member)
    if member.required:
        raise UnreadableAnswer(f"{member.name} is missing")
    return None


def _from_zeep(value: Any, member: Member) -> object:
    if member.item is not None:
        return from_zeep(value, member.item)
    if member.field.code is not None:
        try:
            return member.field.code(value)
        except ValueError:
            raise UnreadableAnswer(f"{member.name} holds no code of {member.field.code.__name__}") from None
    wanted = _TYPES[member.field.form]
    if not isinstance(value, wanted) or (isinstance(value, datetime) and value.tzinfo is None):
        raise UnreadableAnswer(f"{member.name} is no {wanted.__name__}")
    return value
