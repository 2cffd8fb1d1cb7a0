"""残り営業日: what is left until a deadline."""

from datetime import date, datetime

import pytest

from rules.calendar import JST
from rules.deadlines import DEADLINE_RULES, decision_due
from rules.remaining import Remaining, business_days_between, remaining
from schemas.codes import Segment
from tests.support.moments import CALENDAR


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JST)


def left(*, now: str, due: str) -> Remaining:
    return remaining(due=at(due), now=at(now), calendar=CALENDAR)


@pytest.mark.parametrize(
    ("now", "due", "words"),
    [
        ("2026-08-12T10:00", "2026-08-15T00:00", "残り2営業日"),
        ("2026-08-12T23:59:59", "2026-08-15T00:00", "残り2営業日"),
        ("2026-08-13T00:00", "2026-08-15T00:00", "残り1営業日"),
        ("2026-08-14T00:00", "2026-08-15T00:00", "残り0営業日（本日まで）"),
        ("2026-08-14T23:59:59.999999", "2026-08-15T00:00", "残り0営業日（本日まで）"),
        ("2026-08-15T00:00", "2026-08-15T00:00", "期限経過"),
        ("2026-09-01T09:00", "2026-08-15T00:00", "期限経過"),
    ],
)
def test_it_counts_down_day_by_day(now: str, due: str, words: str) -> None:
    assert left(now=now, due=due).words == words


def test_weekends_and_holidays_do_not_count() -> None:
    # Thu 16 July 2026; the 20th is 海の日
    assert left(now="2026-07-16T10:00", due="2026-07-22T00:00").business_days == 2
    assert left(now="2026-07-17T10:00", due="2026-07-22T00:00").business_days == 1


def test_the_turn_of_the_year_does_not_count() -> None:
    assert left(now="2026-12-28T10:00", due="2027-01-06T00:00").business_days == 2


def test_a_deadline_that_ends_on_a_holiday_may_leave_no_business_day_although_it_has_not_come() -> None:
    time_left = left(now="2026-07-17T18:00", due="2026-07-21T00:00")

    assert (time_left.business_days, time_left.today, time_left.passed) == (0, False, False)
    assert time_left.words == "残り0営業日"
    assert time_left.last_day == date(2026, 7, 20)


def test_a_deadline_within_a_day_ends_on_that_day() -> None:
    time_left = left(now="2026-08-12T10:00", due="2026-08-12T17:00")

    assert (time_left.last_day, time_left.words) == (date(2026, 8, 12), "残り0営業日（本日まで）")


def test_the_day_is_the_day_in_japan() -> None:
    now = datetime.fromisoformat("2026-08-13T15:30:00+00:00")

    assert remaining(due=at("2026-08-15T00:00"), now=now, calendar=CALENDAR).words == "残り0営業日（本日まで）"


@pytest.mark.parametrize("registered", ["2026-08-12T23:59", "2026-07-16T10:00", "2026-12-28T09:00", "2026-05-02T09:00"])
def test_a_new_case_has_as_many_days_left_as_its_rule_gives(registered: str) -> None:
    due = decision_due(registered_at=at(registered), rules=DEADLINE_RULES[Segment.LOW_VOLTAGE], calendar=CALENDAR)

    assert remaining(due=due, now=at(registered), calendar=CALENDAR).business_days == 2


def test_no_days_lie_between_a_day_and_an_earlier_one() -> None:
    assert business_days_between(date(2026, 8, 14), date(2026, 8, 3), CALENDAR) == 0
