"""Checking one value: from the text of a field to its value, or what is wrong with it."""

import re
from datetime import date, datetime, timedelta, timezone
from functools import cache

from schemas.characters import in_one_form
from schemas.fields import Field, Form
from schemas.findings import Finding, Rulebook
from schemas.refusal_codes import RefusalCode

JST = timezone(timedelta(hours=9), "JST")
_YEARS = range(2000, 2200)
"""Years that a date may lie in, in Japan: wide enough for everything real, and far from where arithmetic ends."""
_REACH = range(_YEARS.start + 1, _YEARS.stop - 1)
"""Years that others may set a date in: what is reckoned from it, as a deadline, lies in a year of ``_YEARS``."""
REACH_WORDS = f"{_REACH.start}年から{_REACH.stop - 1}年まで"
_YEARS_WORDS = f"{_YEARS.start}年から{_YEARS.stop - 1}年まで"
_OWN_ZONE = "+09:00"

RULES = Rulebook(code=RefusalCode.FORM)
_LABEL, _MEND = ("", "{label}"), "{label}を直してください。"
CODE = RULES.declare("code", _LABEL, message="{label}は次のいずれかです: {values}。", action=_MEND)
ZONE_OF_DATE = RULES.declare(
    "date",
    _LABEL,
    message=f"{{label}}は日本の日付です。時差「{{zone}}」は付けられません。時差を省くか「{_OWN_ZONE}」としてください。",
    action=_MEND,
)
DATE = RULES.declare(
    "date", _LABEL, message=f"{{label}}は実在する日付をYYYY-MM-DDで指定します（{_YEARS_WORDS}）。", action=_MEND
)
MOMENT = RULES.declare(
    "moment",
    _LABEL,
    message=f"{{label}}は時差付き（-14:00から+14:00まで）の日時（例: {{example}}）で指定します（{_YEARS_WORDS}）。",
    action=_MEND,
)
INTEGER = RULES.declare("integer", _LABEL, message="{label}は{low}以上{high}以下の整数です。", action=_MEND)
LENGTH = RULES.declare("length", _LABEL, message="{label}は{wanted}です（{length}文字でした）。", action=_MEND)
PATTERN = RULES.declare("pattern", _LABEL, message="{label}の形式は「{pattern}」です。", action=_MEND)
CHARACTERS = RULES.declare(
    "characters",
    _LABEL,
    message="{label}の{position}文字目（{code_point}）は使えません。使える文字は、{characters}です。",
    action=_MEND,
)
BLANK = RULES.declare("blank", _LABEL, message="{label}が空白だけです。", action=_MEND)

DATE_PATTERN = r"2[01][0-9]{2}-[0-9]{2}-[0-9]{2}(\+09:00)?"
MOMENT_PATTERN = (
    r"2[01][0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+\-][0-9]{2}:[0-5][0-9])"
)
"""What the XML Schema says of dates and moments besides their type; the years are those of ``_YEARS``."""
FIRST_MOMENT, BEYOND_MOMENTS = (f"{year}-01-01T00:00:00+09:00" for year in (_YEARS.start, _YEARS.stop))

_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?")
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-5][0-9])"
)
_MIDNIGHT, _END_OF_DAY = "00:00:00", "24:00:00"
_FURTHEST_ZONE = timedelta(hours=14)
"""As XML Schema has it: no clock on earth is further from UTC."""
_BLANKS = " 　\t\r\n"
_INTEGER = re.compile(r"[+-]?0*([0-9]{1,9})")
_LARGEST = 999_999_999


def fits(field: Field, text: str) -> bool:
    """Tell whether a text is a value of a field."""
    return check(field, text)[1] is None


def check(field: Field, text: str) -> tuple[object, Finding | None]:
    """Turn the text of one field into its value, or say what is wrong with it; where it stands, the caller knows."""
    if field.form is Form.TEXT:
        text = in_one_form(text) if field.japanese else text
        finding = _text_finding(field, text)
        return (text, None) if finding is None else (None, finding)
    return _CHECKS[field.form](field, trimmed(text))


def is_in_range(value: date | None) -> bool:
    """Tell whether a day or moment is one that the contract knows, so that it can be reckoned with and shown."""
    return value is None or value.year in _YEARS


def is_in_reach(value: date | None) -> bool:
    """Tell whether days and moments that are reckoned from this one are all in range."""
    return value is None or value.year in _REACH


def shortened(field: Field, text: str) -> str:
    """Cut a text that is longer than its field, with the field's mark at its end."""
    longest, mark = field.max_length, field.cut
    if longest is None or mark is None or len(text) <= longest:
        return text
    return text[: longest - len(mark)] + mark


def trimmed(text: str) -> str:
    """Take away the white space that XML Schema does not read in codes, dates and numbers."""
    return text.strip(" \t\r\n")


def year_fault(day: date) -> str | None:
    """Say what is wrong with a day that lies too far off to be reckoned with; None for any other."""
    return None if day.year in _YEARS else f"日付は{_YEARS_WORDS}を指定してください。"


def _check_code(field: Field, text: str) -> tuple[object, Finding | None]:
    assert field.code is not None, "the catalogue's own tests see to it"
    try:
        return field.code(text), None
    except ValueError:
        values = "、".join(f"{value.value}（{value.label}）" for value in field.code)
        return None, CODE.finding(label=field.label, values=values)


def _check_date(field: Field, text: str) -> tuple[object, Finding | None]:
    match = _DATE.fullmatch(text)
    if match is not None and match[2] not in (None, _OWN_ZONE):
        return None, ZONE_OF_DATE.finding(label=field.label, zone=match[2])
    try:
        value = None if match is None else date.fromisoformat(match[1])
    except ValueError:
        value = None
    if value is not None and value.year in _YEARS:
        return value, None
    return None, DATE.finding(label=field.label)


def _check_moment(field: Field, text: str) -> tuple[object, Finding | None]:
    match = _MOMENT.fullmatch(text)
    value = None if match is None else _moment(day=match[1], time=match[2], fraction=match[3] or "", zone=match[4])
    if value is not None:
        return value, None
    return None, MOMENT.finding(label=field.label, example=field.example)


def _moment(*, day: str, time: str, fraction: str, zone: str) -> datetime | None:
    """Read a moment to the microsecond, what is finer cut off, so that no moment moves into the next second.

    24:00:00 is the beginning of the next day.
    """
    ends_the_day = time == _END_OF_DAY and not fraction.strip(".0")
    time = _MIDNIGHT if ends_the_day else time
    try:
        value = datetime.fromisoformat(f"{day}T{time}{fraction[:7]}{zone}")
    except ValueError:
        return None
    if value.year not in _YEARS or abs(value.utcoffset() or timedelta()) > _FURTHEST_ZONE:
        return None
    value += timedelta(days=1) if ends_the_day else timedelta()
    return value if value.astimezone(JST).year in _YEARS else None


def _check_integer(field: Field, text: str) -> tuple[object, Finding | None]:
    low = 0 if field.minimum is None else field.minimum
    high = _LARGEST if field.maximum is None else field.maximum
    match = _INTEGER.fullmatch(text)
    value = None if match is None else int(match[1]) * (-1 if text.startswith("-") else 1)
    if value is not None and low <= value <= high:
        return value, None
    return None, INTEGER.finding(label=field.label, low=low, high=high)


_CHECKS = {
    Form.CODE: _check_code,
    Form.DATE: _check_date,
    Form.MOMENT: _check_moment,
    Form.INTEGER: _check_integer,
}


def _text_finding(field: Field, text: str) -> Finding | None:
    longest = field.max_length
    if len(text) < field.min_length or (longest is not None and len(text) > longest):
        expected = f"{longest}文字" if field.min_length == longest else f"{field.min_length}文字以上{longest}文字以下"
        return LENGTH.finding(label=field.label, wanted=expected, length=len(text))
    if field.pattern is not None and not _compiled(field.pattern).fullmatch(text):
        return PATTERN.finding(label=field.label, pattern=field.pattern_label)
    if field.characters is not None:
        for position, character in enumerate(text, start=1):
            if not field.characters(character):
                return CHARACTERS.finding(
                    label=field.label,
                    position=position,
                    code_point=f"U+{ord(character):04X}",
                    characters=field.characters_label,
                )
    if not text.strip(_BLANKS):
        return BLANK.finding(label=field.label)
    return None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
