"""How command lines are read: each value, or words for whoever typed what cannot be."""

import argparse
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import TypeVar

from rules.calendar import JST
from schemas import fields
from schemas.characters import is_hub_text
from schemas.checks import REACH_WORDS, check, is_in_reach
from schemas.codes import Code
from schemas.fields import Field

LONGEST_TEXT = 200
Day = TypeVar("Day", bound=date)
Chosen = TypeVar("Chosen", bound=Code)


def day(given: str) -> date:
    """Read a day."""
    try:
        return _in_reach(date.fromisoformat(given))
    except ValueError:
        raise argparse.ArgumentTypeError(f"実在する日付をYYYY-MM-DDで指定してください: {given}") from None


def moment(given: str) -> datetime:
    """Read a moment; one without a zone is of Japan."""
    try:
        read = _in_reach(datetime.fromisoformat(given))
    except ValueError:
        raise argparse.ArgumentTypeError(f"実在する日時をYYYY-MM-DDTHH:MMで指定してください: {given}") from None
    return read if read.tzinfo else read.replace(tzinfo=JST)


def number_between(*, least: float, most: float, whole: bool = False) -> Callable[[str], float]:
    """Read a number between two others."""

    def read(given: str) -> float:
        try:
            value: float = int(given) if whole else float(given)
        except ValueError:
            value = float("nan")
        if not least <= value <= most:
            kind = "整数" if whole else "数"
            raise argparse.ArgumentTypeError(f"{least:g}以上{most:g}以下の{kind}を指定してください: {given}")
        return value

    return read


def one_of(codes: Iterable[Chosen]) -> Callable[[str], Chosen]:
    """Read one of some codes."""
    known = {code.value: code for code in codes}

    def read(given: str) -> Chosen:
        if given not in known:
            raise argparse.ArgumentTypeError(f"次のいずれかを指定してください: {listed(known.values())}（{given}）")
        return known[given]

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


def message_id(given: str) -> str:
    """Read a message id."""
    return _of(fields.MESSAGE_ID)(given)


def _of(field: Field) -> Callable[[str], str]:
    def read(given: str) -> str:
        value, finding = check(field, given.strip())
        if finding is not None:
            raise argparse.ArgumentTypeError(finding.message)
        return str(value)

    return read


def refuse_unreadable(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> None:
    """End the command line where it holds bytes that are no UTF-8: nothing can be looked up by them."""
    for given in arguments:
        if any("\ud800" <= character <= "\udfff" for character in given):
            shown = given.encode("ascii", "backslashreplace").decode()
            parser.error(f"文字コードがUTF-8でない指定があります: {shown}")


def _in_reach(value: Day) -> Day:
    if not is_in_reach(value):
        raise argparse.ArgumentTypeError(f"{REACH_WORDS}の日付を指定してください: {value}")
    return value
