"""A typed request as JSON and back."""

from typing import Any

from pydantic import ValidationError

from models.base import adapter
from models.encrypted import Encrypted
from models.messages.tables import CONTENT_COLUMN
from schemas.catalogue import BY_NUMBER
from schemas.contract import members

MASKED = "（消去済み）"
"""Stands where a person was named."""
_CONTENT = Encrypted(CONTENT_COLUMN, dict[str, Any])


class UnknownInterface(Exception):
    """A stored message names an interface that the catalogue does not have."""


class UnreadableContent(Exception):
    """A stored message does not fit its interface; says where, and nothing of what stands there."""


def dump_request(request: object) -> dict[str, Any]:
    """Turn a typed request into plain JSON; what was not given is left out."""
    plain: dict[str, Any] = adapter(type(request)).dump_python(request, mode="json", exclude_none=True)
    return plain


def opened_values(stored: bytes | memoryview) -> dict[str, Any]:
    """Decrypt what a message says, where it was read :func:`models.encrypted.as_stored`.

    :raises ValueError: when that cannot be done.
    """
    plain: dict[str, Any] = _CONTENT.opened(stored)
    return plain


def masked_values(values: dict[str, Any], *, interface_number: str) -> dict[str, Any]:
    """Give what a message says without whom it is about; what no interface has stays as it is.

    What is masked can be read like any other request.
    """
    interface = BY_NUMBER.get(interface_number)
    return values if interface is None else _without_persons(interface.request, values)


def _without_persons(message: type, values: dict[str, Any]) -> dict[str, Any]:
    masked = dict(values)
    for member in members(message):
        value = values.get(member.name)
        if member.item is not None and isinstance(value, dict):
            masked[member.name] = _without_persons(member.item, value)
        elif member.field.personal and value is not None:
            masked[member.name] = MASKED
    return masked


def load_request(values: dict[str, Any], *, interface_number: str) -> object:
    """Turn plain JSON back into the typed request of an interface.

    :raises UnknownInterface: when the catalogue has no such number.
    :raises UnreadableContent: when the values are none of the interface's.
    """
    request = _request_of(interface_number)
    try:
        loaded: object = adapter(request).validate_python(_whole(request, values))
    except ValidationError as error:
        places = [".".join(str(part) for part in fault["loc"]) for fault in error.errors(include_input=False)]
        raise UnreadableContent(f"{interface_number}: {', '.join(places)}") from None
    return loaded


def _whole(message: type, values: dict[str, Any]) -> dict[str, Any]:
    """With what was not given, in the groups too."""
    whole: dict[str, Any] = dict(values)
    for member in members(message):
        value = values.get(member.name)
        if member.item is not None and isinstance(value, dict):
            whole[member.name] = _whole(member.item, value)
        elif value is None:
            whole[member.name] = () if member.repeated else None
    return whole


def _request_of(interface_number: str) -> type:
    interface = BY_NUMBER.get(interface_number)
    if interface is None:
        raise UnknownInterface(interface_number)
    return interface.request
