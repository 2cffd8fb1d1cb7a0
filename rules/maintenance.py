"""Maintenance windows of the grid operators' systems: weekly, area by area, as settings write them (ours).

``* sun 00:00-06:00; 06 sat 22:00-24:00; 10 none``: every area on Sunday from 0 to 6 o'clock, 関西 on Saturday
from 22 to 24 o'clock instead, 沖縄 never. What names an area takes the place of what is said of all.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache

from rules.calendar import JST
from schemas.codes import Area

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EVERYWHERE = "*"
_ENTRY = re.compile(
    r"(?P<area>\*|[0-9]{2})\s+(none|(?P<weekday>mon|tue|wed|thu|fri|sat|sun)\s+"
    r"(?P<begins>[0-9]{2}:[0-9]{2})-(?P<ends>[0-9]{2}:[0-9]{2}))"
)


class WrongWindow(ValueError):
    """A maintenance window cannot be read; the text is its entry."""


@dataclass(frozen=True)
class WeeklyWindow:
    """So many minutes after 0:00 of a weekday in Japan it begins and ends."""

    weekday: int
    """As :meth:`datetime.date.weekday` counts."""
    begins: int
    ends: int

    def end_if_open(self, at: datetime) -> datetime | None:
        """Give the window's end where a moment lies in it; its end is outside."""
        there = at.astimezone(JST)
        midnight = datetime.combine(there.date(), time(0), tzinfo=JST)
        begins, ends = midnight + timedelta(minutes=self.begins), midnight + timedelta(minutes=self.ends)
        return ends if there.weekday() == self.weekday and begins <= there < ends else None


MaintenanceWindows = Mapping[Area, tuple[WeeklyWindow, ...]]


@cache
def parse_windows(text: str) -> MaintenanceWindows:
    """Read the windows of all areas, each text once; an empty text means none.

    :raises WrongWindow: naming the first entry that cannot be read.
    """
    by_area: dict[str, list[WeeklyWindow]] = {}
    for entry in filter(None, (part.strip().lower() for part in text.split(";"))):
        area, window = _entry(entry)
        by_area.setdefault(area, []).extend([] if window is None else [window])
    return {area: tuple(by_area.get(area.value, by_area.get(_EVERYWHERE, ()))) for area in Area}


def window_end(windows: MaintenanceWindows, *, area: Area, at: datetime) -> datetime | None:
    """Give the end of the window that an area is in at a moment of business time; None outside."""
    return max((end for window in windows[area] if (end := window.end_if_open(at)) is not None), default=None)


def _entry(entry: str) -> tuple[str, WeeklyWindow | None]:
    match = _ENTRY.fullmatch(entry)
    if match is None or match["area"] not in (_EVERYWHERE, *(area.value for area in Area)):
        raise WrongWindow(entry)
    if match["weekday"] is None:
        return match["area"], None
    begins, ends = (_minutes(match[name], entry) for name in ("begins", "ends"))
    if begins >= ends:
        raise WrongWindow(entry)
    return match["area"], WeeklyWindow(_WEEKDAYS.index(match["weekday"]), begins, ends)


def _minutes(clock: str, entry: str) -> int:
    hours, minutes = (int(part) for part in clock.split(":"))
    if minutes > 59 or hours * 60 + minutes > 24 * 60:
        raise WrongWindow(entry)
    return hours * 60 + minutes
