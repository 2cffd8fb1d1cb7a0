"""営業日: whole years as snapshot files, and two sources of holidays held against each other."""

from datetime import date, timedelta
from pathlib import Path

import holidays
import jpholiday
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.calendar import add_business_days, previous_business_day
from tests.support.moments import CALENDAR

SNAPSHOTS = Path(__file__).parent / "business_days"
YEARS = (2025, 2026, 2027)


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=day) for day in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


def snapshot(year: int) -> str:
    """Draw a year, a line a month, a character a day: o for a business day, - for another."""
    marks = {day: "o" if CALENDAR.is_business_day(day) else "-" for day in days_of(year)}
    months = ["".join(mark for day, mark in marks.items() if day.month == month) + "\n" for month in range(1, 13)]
    return "".join(months)


@pytest.mark.parametrize("year", YEARS)
def test_a_years_business_days_are_those_of_its_snapshot(year: int) -> None:
    assert snapshot(year) == (SNAPSHOTS / f"{year}.txt").read_text()


@pytest.mark.parametrize("year", YEARS)
def test_two_sources_agree_on_the_holidays(year: int) -> None:
    other = holidays.country_holidays("JP", years=year)

    assert [day for day in days_of(year) if jpholiday.is_holiday(day)] == sorted(day for day in other)


@given(day=st.dates(date(2025, 1, 1), date(2027, 6, 1)), count=st.integers(1, 30))
def test_counting_forward_ends_on_a_business_day_with_so_many_between(day: date, count: int) -> None:
    end = add_business_days(day, count, CALENDAR)

    assert CALENDAR.is_business_day(end)
    passed = [day + timedelta(days=number) for number in range(1, (end - day).days + 1)]
    assert sum(CALENDAR.is_business_day(number) for number in passed) == count


@given(day=st.dates(date(2025, 1, 10), date(2027, 6, 1)))
def test_the_previous_business_day_is_the_nearest_before(day: date) -> None:
    previous = previous_business_day(day, CALENDAR)

    assert previous < day
    assert add_business_days(previous, 1, CALENDAR) >= day
