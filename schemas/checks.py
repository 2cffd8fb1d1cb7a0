"""Checking one value: from the text of a field to its value, or the broken rule with words for it."""

import re
from datetime import date, datetime
from functools import cache

from schemas.fields import Field, Form

Fault = tuple[str, str]
"""Name of the broken rule, and what is wrong in Japanese."""

_YEARS = range(2000, 3000)
"""Years that a date may lie in: wide enough for everything real, and far from where arithmetic ends."""
_YEARS_WORDS = f"{_YEARS.start}年から{_YEARS.stop - 1}年まで"

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})")
_INTEGER = re.compile(r"[0-9]{1,9}")
_LARGEST = 999_999_999


def check(field: Field, text: str) -> tuple[object, Fault | None]:
    """This function will turn the text of one field into its value, or tell the broken rule and the words for it."""
    if field.form is Form.TEXT:
        fault = _text_fault(field, text)
        return (text, None) if fault is None else (None, fault)
    return _CHECKS[field.form](field, trimmed(text))


def trimmed(text: str) -> str:
    """This function will take away the white space that XML Schema does not read in codes, dates and numbers."""
    return text.strip(" \t\r\n")


def year_fault(day: date) -> str | None:
    """Say what is wrong with a day that lies too far off to be reckoned with; None for any other."""
    return None if day.year in _YEARS else f"日付は{_YEARS_WORDS}を指定してください。"


def _check_code(field: Field, text: str) -> tuple[object, Fault | None]:
    assert field.code is not None, "the catalogue's own tests see to it"
    try:
        return field.code(text), None
    except ValueError:
        values = "、".join(f"{value.value}（{value.label}）" for value in field.code)
        return None, ("code", f"{field.label}は次のいずれかです: {values}")


def _check_date(field: Field, text: str) -> tuple[object, Fault | None]:
    fault = ("date", f"{field.label}は実在する日付をYYYY-MM-DDで指定します（{_YEARS_WORDS}）。")
    try:
        value = date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        value = None
    return (value, None) if value is not None and value.year in _YEARS else (None, fault)


def _check_moment(field: Field, text: str) -> tuple[object, Fault | None]:
    fault = ("moment", f"{field.label}は時差付きの日時（例: {field.example}）で指定します（{_YEARS_WORDS}）。")
    try:
        value = datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
    except ValueError:
        value = None
    return (value, None) if value is not None and value.year in _YEARS else (None, fault)


def _check_integer(field: Field, text: str) -> tuple[object, Fault | None]:
    low = 0 if field.minimum is None else field.minimum
    high = _LARGEST if field.maximum is None else field.maximum
    if _INTEGER.fullmatch(text) and low <= int(text) <= high:
        return int(text), None
    return None, ("integer", f"{field.label}は{low}以上{high}以下の整数です。")


_CHECKS = {
    Form.CODE: _check_code,
    Form.DATE: _check_date,
    Form.MOMENT: _check_moment,
    Form.INTEGER: _check_integer,
}


def _text_fault(field: Field, text: str) -> Fault | None:
    longest = field.max_length
    if len(text) < field.min_length or (longest is not None and len(text) > longest):
        wanted = f"{longest}文字" if field.min_length == longest else f"{field.min_length}文字以上{longest}文字以下"
        return "length", f"{field.label}は{wanted}です（{len(text)}文字でした）。"
    if field.pattern is not None and not _compiled(field.pattern).fullmatch(text):
        return "pattern", f"{field.label}の形式は「{field.pattern_label}」です。"
    if field.characters is not None:
        for position, character in enumerate(text, start=1):
            if not field.characters(character):
                found = f"{field.label}の{position}文字目（U+{ord(character):04X}）は使えません。"
                return "characters", f"{found}使える文字: {field.characters_label}"
    if not text.strip():
        return "blank", f"{field.label}が空白だけです。"
    return None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
