"""Days and moments that tests tell of."""

from datetime import date, datetime, time, timedelta

from models.clock import business_now
from models.database import Session
from rules.calendar import JST, JapaneseCalendar, day_of

CALENDAR = JapaneseCalendar()

MORNING = datetime(2026, 7, 1, 10, tzinfo=JST)
"""A Wednesday."""
WISHED = date(2026, 8, 7)
"""A Friday far enough away: the cut-off without meter work is Tuesday 2026-08-04, 24:00; with work Sunday 26 July."""


def day(text: str, at: str = "10:00") -> datetime:
    """Read a moment in Japan: ``day("2026-08-12", "23:59")``; 24:00 is the end of the day."""
    if at == "24:00":
        return datetime.combine(date.fromisoformat(text) + timedelta(days=1), time(0), tzinfo=JST)
    return datetime.combine(date.fromisoformat(text), time.fromisoformat(at), tzinfo=JST)


def soon(session: Session) -> date:
    """Give a day that every registration of today may wish for."""
    return day_of(business_now(session)) + timedelta(days=40)
