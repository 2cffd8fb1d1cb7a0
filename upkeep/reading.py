"""How command lines are read: each value, or words for whoever typed what cannot be.

Each function raises click.BadParameter for what it cannot read.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import TypeVar

import click

from rules.calendar import JST
from schemas import fields
from schemas.characters import is_hub_text
from schemas.checks import REACH_WORDS, check, is_in_reach
from schemas.codes import Code
from schemas.fields import Field
from usecases.waking import FURTHEST_MOVE

LONGEST_TEXT = 200
_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
Day = TypeVar("Day", bound=date)
Chosen = TypeVar("Chosen", bound=Code)


def day(word: str) -> date:
    try:
        return _in_reach(date.fromisoformat(word))
    except ValueError:
        raise click.BadParameter(f"実在する日付をYYYY-MM-DDで指定してください: {word}") from None


def moment(word: str) -> datetime:
    """Read a moment; one without a zone is of Japan."""
    try:
        instant = _in_reach(datetime.fromisoformat(word))
    except ValueError:
        raise click.BadParameter(f"実在する日時をYYYY-MM-DDTHH:MMで指定してください: {word}") from None
    return instant if instant.tzinfo else instant.replace(tzinfo=JST)


def number_between(*, least: float, most: float, whole: bool = False) -> Callable[[str], float]:
    def read(word: str) -> float:
        try:
            value: float = int(word) if whole else float(word)
        except ValueError:
            value = float("nan")
        if not least <= value <= most:
            kind = "整数" if whole else "数"
            raise click.BadParameter(f"{least:g}以上{most:g}以下の{kind}を指定してください: {word}")
        return value

    return read


def one_of(codes: Iterable[Chosen]) -> Callable[[str], Chosen]:
    code_by_value = {code.value: code for code in codes}

    def read(word: str) -> Chosen:
        if word not in code_by_value:
            raise click.BadParameter(f"次のいずれかを指定してください: {listed(code_by_value.values())}（{word}）")
        return code_by_value[word]

    return read


def listed(codes: Iterable[Code]) -> str:
    """Say which codes there are, each with its words."""
    return "、".join(f"{code.value} {code.label}" for code in codes)


def text(label: str) -> Callable[[str], str]:
    """Read a text that people will read, as it will stand on record.

    :param label: what it is called when it cannot be taken.
    """
    return _of(
        Field(
            label,
            "",
            max_length=LONGEST_TEXT,
            characters=is_hub_text,
            characters_label="JIS X 0208とNEC・IBM拡張の文字（半角カナと制御文字を除く）",
        )
    )


def message_id(word: str) -> str:
    return _of(fields.MESSAGE_ID)(word)


def _of(field: Field) -> Callable[[str], str]:
    def read(word: str) -> str:
        value, finding = check(field, word.strip())
        if finding is not None:
            raise click.BadParameter(finding.message)
        return str(value)

    return read


def duration(word: str) -> timedelta:
    """Read a duration such as ``2d`` or ``1d12h30m``."""
    parts = re.findall(r"(\d+)([dhms])", word)
    if not parts or "".join(number + unit for number, unit in parts) != word:
        raise click.BadParameter(f"2d や 1d12h30m（日・時・分・秒）のように指定してください: {word}")
    try:
        length = sum((timedelta(**{_UNITS[unit]: int(number)}) for number, unit in parts), timedelta(0))
    except OverflowError:
        length = timedelta.max
    if not timedelta(0) < length <= FURTHEST_MOVE:
        raise click.BadParameter(f"0より長く、{FURTHEST_MOVE.days}日までの長さを指定してください: {word}")
    return length


def _in_reach(value: Day) -> Day:
    if not is_in_reach(value):
        raise click.BadParameter(f"{REACH_WORDS}の日付を指定してください: {value}")
    return value
