"""One cell of a file: from what somebody typed into a spreadsheet to the text that the catalogue reads, and back."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from rules.bulk import faults
from rules.bulk.columns import Column
from rules.pasted_text import straightened
from rules.spreadsheet import as_meant, is_formula
from schemas.checks import fits
from schemas.codes import Code, Decision, Segment
from schemas.fields import POINT_NUMBER, Field, Form
from schemas.findings import Finding
from schemas.reading import RawValue

_BETWEEN_VALUES = re.compile(r"[、，,;；/／\r\n]+")
_SEPARATOR = "、"
_ROUNDED = re.compile(r"[0-9](\.[0-9]{1,20})?[eE]\+[0-9]{1,3}")
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_ON_SCREENS: Mapping[Code, tuple[str, ...]] = {
    Decision.ACCEPT: ("OK", "承諾（OK）"),
    Decision.REJECT: ("NG", "否認（NG）"),
}
"""What the screens call a value beside its words."""
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9]),(?=[0-9]{3})")


def raw_of(column: Column, cell: str, *, segment: Segment) -> RawValue:
    """Give what a cell says, as the catalogue reads it; what cannot be made out, as it stands there."""
    text = text_of(cell)
    if not column.repeated:
        return _raw(column.field, text, segment)
    return [_raw(column.field, part.strip(), segment) for part in _BETWEEN_VALUES.split(text) if part.strip()]


def cell_of(column: Column, raw: RawValue | None, *, segment: Segment) -> str:
    """Write what a message says so that a person can read it, and this module as well: codes with their words."""
    if raw is None or isinstance(raw, Mapping):
        return ""
    parts = (raw,) if isinstance(raw, str) else tuple(each for each in raw if isinstance(each, str))
    return _SEPARATOR.join(_words(column.field, part, segment) for part in parts)


def text_of(cell: str) -> str:
    """Give what a cell says without the blanks and marks around it."""
    return as_meant(cell.strip()).strip()


def cell_fault(column: Column, cell: str) -> Finding | None:
    """Say what a spreadsheet has made of a cell, where it is no value any more."""
    text, path, label = text_of(cell), column.place, column.header
    if is_formula(text):
        return faults.FORMULA.finding(sign=text[0], path=path, label=label)
    if "\n" in text or "\r" in text:
        return None if column.repeated else faults.LINE_BREAK.finding(path=path, label=label)
    if column.field.japanese:
        return None
    if _ROUNDED.fullmatch(unicodedata.normalize("NFKC", text)):
        return faults.ROUNDED.finding(value=text, path=path, label=label)
    digits = _too_few_digits(column.field, text)
    if digits is not None:
        return faults.LOST_ZEROS.finding(wanted=column.field.min_length, length=digits, path=path, label=label)
    return None


def _too_few_digits(field: Field, text: str) -> int | None:
    """Count the digits of what has to have a certain number of characters, and has fewer; None for all else."""
    if field.form is not Form.TEXT or field.pattern is None or field.min_length != field.max_length:
        return None
    number = straightened(field, text)
    return len(number) if number.isdecimal() and number.isascii() and len(number) < field.min_length else None


def _raw(field: Field, text: str, segment: Segment) -> str:
    if field.code is not None:
        return _code(field.code, text, segment)
    if field.form is Form.DATE:
        match = _DAY.fullmatch(unicodedata.normalize("NFKC", text))
        return text if match is None else f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    if field.form is Form.INTEGER:
        text = _BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", text))
    straight = straightened(field, text)
    if field.pattern is None or fits(field, straight):
        return straight
    first, _, word = text.partition(" ")  # 0012 あおぞら電力, as our own files write it
    return first if word and fits(field, first) else straight


def _code(code: type[Code], text: str, segment: Segment) -> str:
    values = _values_of(code, segment)
    plain = _plain(text)
    first, _, _ = plain.partition(" ")  # 01 契約番号相違
    return values.get(plain) or values.get(first) or text


@cache
def _values_of(code: type[Code], segment: Segment) -> Mapping[str, str]:
    """Give the values by all that a cell may have for them: value, words, a part of the words that no other has."""
    names: dict[str, str] = {}
    for value in code:
        for part in value.label.split("・"):
            names[_plain(part)] = value.value
    for value in code:
        called = _in_segment(value.label, segment)
        words = (value.value.lstrip("0"), value.label, called, value.value, *_ON_SCREENS.get(value, ()))
        names |= dict.fromkeys(map(_plain, words), value.value)
    return names


def _words(field: Field, text: str, segment: Segment) -> str:
    if field.code is None:
        return text
    value = next((value for value in field.code if value.value == text), None)
    if value is None:
        return text
    words = _in_segment(value.label, segment)
    return f"{value.value} {words}" if value.value.isdecimal() else words


def _in_segment(label: str, segment: Segment) -> str:
    """Name the number of a point as the segment does: 受電地点特定番号相違."""
    return label.replace(POINT_NUMBER.label, POINT_NUMBER.in_segment(segment).label)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
