"""Days in Japan, and business days (営業日) where they are easily got wrong."""

from datetime import UTC, date, datetime

import pytest

from rules.calendar import JST, add_business_days, at_nine, day_of, end_of, previous_business_day
from tests.support.moments import CALENDAR


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(date(2026, 5, 6), id="substitute for a holiday on Sunday (振替休日)"),
        pytest.param(date(2026, 9, 22), id="between two holidays (国民の休日)"),
        pytest.param(date(2026, 12, 29), id="end of the year"),
        pytest.param(date(2027, 1, 1), id="new year's day"),
        pytest.param(date(2025, 1, 3), id="a Friday, beginning of the year"),
        pytest.param(date(2026, 7, 18), id="Saturday"),
        pytest.param(date(2026, 7, 19), id="Sunday"),
    ],
)
def test_these_are_no_business_days(day: date) -> None:
    assert not CALENDAR.is_business_day(day)


@pytest.mark.parametrize("day", [date(2026, 12, 28), date(2027, 1, 4), date(2026, 8, 13)], ids=str)
def test_these_are(day: date) -> None:
    assert CALENDAR.is_business_day(day)


def test_business_days_are_counted_over_the_end_of_the_year() -> None:
    assert add_business_days(date(2026, 12, 28), 1, CALENDAR) == date(2027, 1, 4)
    assert add_business_days(date(2026, 12, 28), 0, CALENDAR) == date(2026, 12, 28)
    assert previous_business_day(date(2027, 1, 4), CALENDAR) == date(2026, 12, 28)


def test_the_day_in_japan_begins_at_fifteen_hours_utc() -> None:
    assert day_of(datetime(2026, 8, 11, 14, 59, 59, tzinfo=UTC)) == date(2026, 8, 11)
    assert day_of(datetime(2026, 8, 11, 15, 0, tzinfo=UTC)) == date(2026, 8, 12)


def test_a_deadline_ends_where_the_next_day_begins() -> None:
    assert end_of(date(2026, 8, 14)) == datetime(2026, 8, 15, tzinfo=JST)
    assert end_of(date(2026, 12, 31)) == datetime(2027, 1, 1, tzinfo=JST)
    assert at_nine(date(2026, 8, 14)) == datetime(2026, 8, 14, 9, tzinfo=JST) == datetime(2026, 8, 14, 0, tzinfo=UTC)
