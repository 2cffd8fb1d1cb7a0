"""Ways to make one element of a sound request wrong, found by what the catalogue says of its field."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from schemas import characters
from schemas.contract import Member
from schemas.fields import Field, Form
from soap.names import XML_SCHEMA_INSTANCE, in_namespace

Spoil = Callable[[etree._Element], None]
"""Changes an element in its request."""

OTHER_NAMESPACE = "urn:other"
BLANK = "\u3000"
NOT_IN_ANY_PATTERN = "あ"

_FOREIGN_CHARACTERS = {
    characters.is_identifier: {"full-width": "１", "space": " "},
    characters.is_hub_text: {"half-width-kana": "ﾀ", "tab": "\t", "emoji": "\N{GRINNING FACE}"},
    characters.is_kana: {"kanji": "漢", "half-width-kana": "ﾀ"},
}
_TAKES_BLANKS = (characters.is_hub_text, characters.is_kana)


@dataclass(frozen=True)
class Way:
    """One way to spoil an element, and what must be said of it."""

    name: str
    rule: str
    spoil: Spoil
    below: tuple[str, ...] = ("",)
    """Where the findings lie, from the element on: ``""`` for itself, ``/name`` for a part of it."""
    of_list: bool = False
    """True where it is said of all elements of a list and not of the one."""


def ways(member: Member, *, required: bool, parts: tuple[str, ...] = ()) -> Iterator[Way]:
    """Give every way to spoil an element by itself.

    :param required: whether the message needs it.
    :param parts: the elements that a group requires.
    """
    if required:
        yield Way("missing", "required", _take_out)
    yield from _of_structure(member)
    if member.item is not None:
        yield Way("empty", "required", _empty_out, below=tuple(f"/{part}" for part in parts))
        yield Way("text-in-place-of-parts", "group", _saying("あり"))
        return
    if required:
        yield Way("empty", "required", _saying(""))
    elif member.repeated:
        yield Way("empty", member.field.form.value, _saying(""))
    yield from _of_value(member.field)


def _of_structure(member: Member) -> Iterator[Way]:
    if member.repeated:
        assert member.field.max_items is not None, "no list of a request is without end"
        yield Way("too-many", "max-items", _repeating(member.field.max_items + 1), of_list=True)
    else:
        yield Way("twice", "repeated-element", _repeating(2))
    yield Way("nil", "nil", _with_attribute(in_namespace(XML_SCHEMA_INSTANCE, "nil"), "true"))
    yield Way("with-attribute", "attribute", _with_attribute("id", "a"))
    yield Way("of-another-namespace", "namespace", _move_to_other_namespace, of_list=True)
    if member.item is None:
        yield Way("with-child", "plain-value", _add_child)


def _of_value(field: Field) -> Iterator[Way]:
    match field.form:
        case Form.TEXT:
            yield from _of_text(field)
        case Form.DATE:
            yield Way("no-such-day", "date", _saying("2026-02-30"))
            yield Way("written-otherwise", "date", _saying("2026/02/01"))
            yield Way("before-all-time", "date", _saying("1999-12-31"))
        case Form.MOMENT:
            yield Way("no-such-time", "moment", _saying("2026-08-12T25:00:00+09:00"))
            yield Way("without-zone", "moment", _saying("2026-08-12T10:00:00"))
            yield Way("day-alone", "moment", _saying("2026-08-12"))
        case Form.INTEGER:
            assert field.minimum is not None and field.maximum is not None, field.label
            yield Way("too-small", "integer", _saying(str(field.minimum - 1)))
            yield Way("too-large", "integer", _saying(str(field.maximum + 1)))
            yield Way("no-number", "integer", _saying("x"))
            yield Way("no-integer", "integer", _saying("1.5"))
        case Form.CODE:
            yield Way("unknown-code", "code", _saying("nonsense"))
        case Form.GROUP:
            raise AssertionError("a group has no value")


def _of_text(field: Field) -> Iterator[Way]:
    assert field.max_length is not None, "no text of a request is without end"
    yield Way("too-long", "length", _saying((field.example * field.max_length)[: field.max_length + 1]))
    if field.min_length > 1:
        yield Way("too-short", "length", _saying(field.example[: field.min_length - 1]))
    if field.pattern is not None:
        yield Way("not-of-its-pattern", "pattern", _saying(field.example[:-1] + NOT_IN_ANY_PATTERN))
        return
    if field.characters is not None:
        for name, character in _FOREIGN_CHARACTERS[field.characters].items():
            yield Way(f"with-{name}", "characters", _saying(character + field.example[1:]))
    if field.characters is None or field.characters in _TAKES_BLANKS:  # only answers have texts of any characters
        yield Way("blank", "blank", _saying(BLANK))


def _saying(text: str) -> Spoil:
    def spoil(element: etree._Element) -> None:
        _empty_out(element)
        element.text = text

    return spoil


def _repeating(times: int) -> Spoil:
    def spoil(element: etree._Element) -> None:
        parent = element.getparent()
        assert parent is not None
        have = len(parent.findall(str(element.tag)))
        for _ in range(times - have):
            element.addnext(deepcopy(element))

    return spoil


def _with_attribute(name: str, value: str) -> Spoil:
    return lambda element: element.set(name, value)


def _take_out(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def _empty_out(element: etree._Element) -> None:
    for child in list(element):
        element.remove(child)
    element.text = None


def _add_child(element: etree._Element) -> None:
    etree.SubElement(element, str(element.tag))


def _move_to_other_namespace(element: etree._Element) -> None:
    element.tag = in_namespace(OTHER_NAMESPACE, etree.QName(element).localname)
