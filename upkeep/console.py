"""What all commands share: how they speak, and the statuses they end with."""

import argparse
from datetime import date
from typing import TypeVar

from runtime.terminal import is_agreed, say
from schemas.checks import REACH_WORDS, is_in_reach

__all__ = ["AGREED", "DIFFERS", "NOT_DONE", "day", "in_reach", "is_agreed", "say"]

AGREED, DIFFERS, NOT_DONE = 0, 1, 3
"""Exit statuses: done and all agree; something differs; it could not be done. 2 is argparse's, for a command line that
cannot be read."""


Day = TypeVar("Day", bound=date)


def day(text: str) -> date:
    """Read a day of a command line.

    :raises argparse.ArgumentTypeError: where it lies too far off to be reckoned with.
    """
    return in_reach(date.fromisoformat(text))


def in_reach(value: Day) -> Day:
    """Give back a day or moment that can be reckoned with."""
    if not is_in_reach(value):
        raise argparse.ArgumentTypeError(f"{REACH_WORDS}の日付を指定してください")
    return value
