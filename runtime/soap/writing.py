"""Writing a message as XML, from its dataclass, by the catalogue."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Any

from lxml import etree

from runtime.soap.names import in_namespace
from schemas.contract import Member, members
from schemas.fields import Form

JST = timezone(timedelta(hours=9), "JST")


class UnwritableValue(Exception):
    """A value that the contract does not allow stands in a message. Names the member, never the value."""


def to_xml(message: object, tag: str, namespace: str) -> etree._Element:
    """This function will write ``message`` as the element ``tag``, all in ``namespace``.

    It raises UnwritableValue where an attribute is not what the catalogue says, or holds characters
    that XML cannot carry.
    """
    nsmap: Any = {None: namespace}  # the default one, which lxml's stubs do not know
    element = etree.Element(in_namespace(namespace, tag), nsmap=nsmap)
    kind: type = type(message)
    _write_group(element, message, _plan(kind, namespace))
    return element


@dataclass(frozen=True, slots=True)
class _Step:
    name: str
    tag: str
    required: bool
    repeated: bool
    group: type | None
    namespace: str
    text: Callable[[Any], str]


@cache
def _plan(message: type, namespace: str) -> tuple[_Step, ...]:
    return tuple(
        _Step(
            name=member.name,
            tag=in_namespace(namespace, member.xml_name),
            required=member.required,
            repeated=member.repeated,
            group=member.item,
            namespace=namespace,
            text=_writer(member),
        )
        for member in members(message)
    )


def _write_group(parent: etree._Element, message: object, plan: tuple[_Step, ...]) -> None:
    for step in plan:
        value = getattr(message, step.name)
        if step.repeated:
            if not isinstance(value, tuple | list):
                raise UnwritableValue(f"{step.name}: a sequence is wanted, not {type(value).__name__}")
            for item in value:
                _write_item(parent, item, step)
        elif value is not None:
            _write_item(parent, value, step)
        elif step.required:
            raise UnwritableValue(f"{step.name} is missing")


def _write_item(parent: etree._Element, value: object, step: _Step) -> None:
    element = etree.SubElement(parent, step.tag)
    if step.group is not None:
        if not isinstance(value, step.group):
            raise UnwritableValue(f"{step.name}: {step.group.__name__} is wanted, not {type(value).__name__}")
        _write_group(element, value, _plan(step.group, step.namespace))
        return
    try:
        element.text = step.text(value)
    except (ValueError, TypeError) as error:
        raise UnwritableValue(f"{step.name}: {type(value).__name__} cannot be written") from error


def _writer(member: Member) -> Callable[[Any], str]:
    field = member.field
    if field.form is Form.CODE:
        code = field.code
        assert code is not None
        return lambda value: _exactly(value, code).value
    return {
        Form.TEXT: lambda value: _exactly(value, str),
        Form.DATE: _date,
        Form.MOMENT: _moment,
        Form.INTEGER: _integer,
        Form.GROUP: lambda value: _exactly(value, str),
    }[field.form]


def _exactly(value: Any, wanted: type) -> Any:
    if not isinstance(value, wanted):
        raise TypeError
    return value


def _date(value: Any) -> str:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError
    return value.isoformat()


def _moment(value: Any) -> str:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise TypeError
    return value.astimezone(JST).isoformat()


def _integer(value: Any) -> str:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return str(value)
