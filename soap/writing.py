"""Writing a message as XML, from its dataclass, by the catalogue."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from lxml import etree

from schemas.checks import JST
from schemas.codes import Segment
from schemas.contract import Member, members
from schemas.fields import Form
from soap.names import in_namespace


class UnwritableValue(Exception):
    """A value that the contract does not allow stands in a message. Names the member, never the value."""


def to_xml(message: object, tag: str, namespace: str, *, segment: Segment | None = None) -> etree._Element:
    """Write ``message`` as the element ``tag``, all in ``namespace``.

    It raises UnwritableValue where an attribute is not what the catalogue says for the segment, or holds
    characters that XML cannot carry.
    """
    nsmap: Any = {None: namespace}  # the default one, which lxml's stubs do not know
    element = etree.Element(in_namespace(namespace, tag), nsmap=nsmap)
    kind: type = type(message)
    _write_group(element, message, _plan(kind, namespace, segment))
    return element


@dataclass(frozen=True, slots=True)
class _Step:
    name: str
    tag: str
    required: bool
    repeated: bool
    group: "_Plan | None"
    text: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class _Plan:
    """How messages of one class are written in one namespace."""

    message: type
    steps: tuple[_Step, ...]
    foreign: tuple[str, ...]
    """Attributes of other segments, which must hold nothing."""


@cache
def _plan(message: type, namespace: str, segment: Segment | None) -> _Plan:
    own = members(message, segment)
    steps = tuple(
        _Step(
            name=member.name,
            tag=in_namespace(namespace, member.xml_name),
            required=member.required,
            repeated=member.repeated,
            group=None if member.item is None else _plan(member.item, namespace, segment),
            text=_writer(member),
        )
        for member in own
    )
    names = {member.name for member in own}
    return _Plan(message, steps, tuple(member.name for member in members(message) if member.name not in names))


def _write_group(parent: etree._Element, message: object, plan: _Plan) -> None:
    for name in plan.foreign:
        if getattr(message, name) not in (None, ()):
            raise UnwritableValue(f"{name} belongs to another segment")
    for step in plan.steps:
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
        if not isinstance(value, step.group.message):
            expected = step.group.message.__name__
            raise UnwritableValue(f"{step.name}: {expected} is wanted, not {type(value).__name__}")
        _write_group(element, value, step.group)
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


def _exactly(value: Any, expected: type) -> Any:
    if not isinstance(value, expected):
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
