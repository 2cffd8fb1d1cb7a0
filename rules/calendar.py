"""Business days (営業日) and days in Japan. All days are days in Japan Standard Time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Protocol

import jpholiday

JST = timezone(timedelta(hours=9), "JST")


class Calendar(Protocol):
    """Tells business days from others."""

    def is_business_day(self, day: date) -> bool:
        """Tell whether offices work on ``day``."""
        ...


@dataclass(frozen=True)
class JapaneseCalendar:
    """No Saturday, Sunday, national holiday, nor 29 December to 3 January (terms §5.2; as 営業日 ours)."""

    def is_business_day(self, day: date) -> bool:
        year_end = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
        return day.weekday() < 5 and not year_end and not jpholiday.is_holiday(day)


def add_business_days(day: date, count: int, calendar: Calendar) -> date:
    """Give the ``count``-th business day after ``day``; ``day`` itself for 0."""
    for _ in range(count):
        day += timedelta(days=1)
        while not calendar.is_business_day(day):
            day += timedelta(days=1)
    return day


def previous_business_day(day: date, calendar: Calendar) -> date:
    """Give the last business day before ``day``."""
    day -= timedelta(days=1)
    while not calendar.is_business_day(day):
        day -= timedelta(days=1)
    return day


def day_of(moment: datetime) -> date:
    """Give the day in Japan of an aware moment."""
    return moment.astimezone(JST).date()


def ended_day(moment: datetime) -> date:
    """Give the day in Japan that ends at a moment, or in which it lies."""
    return day_of(moment - timedelta(microseconds=1))


def end_of(day: date) -> datetime:
    """Give 24:00 of ``day`` in Japan, the end of a deadline that falls on it."""
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=JST)


def start_of(day: date) -> datetime:
    """Give 0:00 of ``day`` in Japan."""
    return datetime.combine(day, time(0), tzinfo=JST)


def at_nine(day: date) -> datetime:
    """Give 09:00 of ``day`` in Japan, when reminders go out."""
    return datetime.combine(day, time(9), tzinfo=JST)
