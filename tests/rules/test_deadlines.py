"""Deadlines: "n business days + m calendar days", counted from the day after the event, ending at 24:00 in Japan."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import deadlines
from rules.calendar import day_of
from rules.deadlines import DEADLINE_PROFILES, DEADLINE_RULES, DeadlineRules
from schemas.codes import MeterWork, Segment
from tests.support.moments import CALENDAR, day

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
RULES = st.sampled_from([*DEADLINE_RULES.values(), *DEADLINE_PROFILES["demo"].values()])
WORK = st.sampled_from(list(MeterWork))
LOW, HIGH, FIT = Segment.LOW_VOLTAGE, Segment.HIGH_VOLTAGE, Segment.LOW_VOLTAGE_FIT
MATCHED = date(2026, 7, 16)


def earliest(matched_on: date, work: MeterWork, rules: DeadlineRules) -> date:
    return deadlines.earliest_effective_date(matched_on=matched_on, meter_work=work, rules=rules, calendar=CALENDAR)


def cut_off(effective: date, work: MeterWork, rules: DeadlineRules) -> datetime:
    return deadlines.cut_off(effective_date=effective, meter_work=work, rules=rules, calendar=CALENDAR)


def due(registered_at: datetime) -> datetime:
    return deadlines.decision_due(registered_at=registered_at, rules=DEADLINE_RULES[LOW], calendar=CALENDAR)


@pytest.mark.parametrize(
    ("registered_at", "decision_due"),
    [
        pytest.param(
            day("2026-08-12", "23:59"), day("2026-08-14", "24:00"), id="the last minute still belongs to the day"
        ),
        pytest.param(day("2026-08-12", "24:00"), day("2026-08-17", "24:00"), id="midnight belongs to the next day"),
        pytest.param(day("2026-07-16"), day("2026-07-21", "24:00"), id="over a holiday"),
        pytest.param(day("2026-08-15"), day("2026-08-18", "24:00"), id="on a Saturday"),
        pytest.param(day("2026-12-25"), day("2027-01-04", "24:00"), id="over the end of the year"),
        pytest.param(datetime(2026, 8, 12, 15, tzinfo=UTC), day("2026-08-17", "24:00"), id="by the day in Japan"),
    ],
)
def test_the_current_retailer_decides_within_two_business_days(registered_at: datetime, decision_due: datetime) -> None:
    assert due(registered_at) == decision_due


@pytest.mark.parametrize(
    ("ends", "goes"),
    [
        pytest.param(day("2026-08-14", "24:00"), day("2026-08-14", "09:00"), id="on a business day: that day"),
        pytest.param(
            day("2026-07-20", "24:00"), day("2026-07-17", "09:00"), id="on a holiday: the business day before"
        ),
        pytest.param(day("2027-01-03", "24:00"), day("2026-12-28", "09:00"), id="over the end of the year"),
    ],
)
def test_reminders_go_at_nine_of_the_last_business_day(ends: datetime, goes: datetime) -> None:
    assert deadlines.reminder_at(due=ends, calendar=CALENDAR) == goes


@pytest.mark.parametrize(
    ("segment", "work", "first"),
    [
        pytest.param(LOW, MeterWork.NOT_NEEDED, date(2026, 7, 19), id="low voltage without work"),
        pytest.param(LOW, MeterWork.NEEDED, date(2026, 7, 31), id="low voltage with work"),
        pytest.param(HIGH, MeterWork.NOT_NEEDED, date(2026, 7, 29), id="high voltage without work"),
        pytest.param(HIGH, MeterWork.NEEDED, date(2026, 8, 17), id="high voltage with work"),
        pytest.param(FIT, MeterWork.NOT_NEEDED, date(2026, 7, 19), id="FIT as low voltage"),
        pytest.param(FIT, MeterWork.NEEDED, date(2026, 7, 31), id="FIT as low voltage, with work"),
    ],
)
def test_the_standard_period_after_matching(segment: Segment, work: MeterWork, first: date) -> None:
    assert earliest(MATCHED, work, DEADLINE_RULES[segment]) == first


def test_the_cut_off_falls_on_a_holiday_where_the_count_does() -> None:
    assert cut_off(date(2026, 7, 23), MeterWork.NOT_NEEDED, DEADLINE_RULES[LOW]) == day("2026-07-20", "24:00")


@given(effective=DAYS, work=WORK, rules=RULES)
def test_the_cut_off_is_the_last_day_that_leaves_the_standard_period(
    effective: date, work: MeterWork, rules: DeadlineRules
) -> None:
    last = day_of(cut_off(effective, work, rules) - timedelta(microseconds=1))
    assert earliest(last, work, rules) <= effective
    assert earliest(last + timedelta(days=1), work, rules) > effective


@given(matched_on=DAYS, work=WORK, rules=RULES)
def test_what_is_matched_today_for_the_earliest_date_is_not_cut_off_today(
    matched_on: date, work: MeterWork, rules: DeadlineRules
) -> None:
    first = earliest(matched_on, work, rules)
    assert day_of(cut_off(first, work, rules)) > matched_on


@given(earlier_day=DAYS, later=st.integers(0, 30), work=WORK, rules=RULES)
def test_who_matches_later_is_not_ready_earlier(
    earlier_day: date, later: int, work: MeterWork, rules: DeadlineRules
) -> None:
    assert earliest(earlier_day, work, rules) <= earliest(earlier_day + timedelta(days=later), work, rules)


@pytest.mark.parametrize(
    ("registered_on", "latest"),
    [
        (date(2026, 7, 16), date(2027, 1, 16)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 6, 30), date(2026, 12, 30)),
        (date(2026, 12, 31), date(2027, 6, 30)),
    ],
    ids=str,
)
def test_the_effective_date_is_at_most_six_months_away(registered_on: date, latest: date) -> None:
    assert deadlines.latest_effective_date(stored_on=registered_on, rules=DEADLINE_RULES[LOW]) == latest


def test_the_demos_rules_allow_a_switch_on_the_same_day() -> None:
    rules = DEADLINE_PROFILES["demo"][LOW]
    for today in (date(2026, 7, 16), date(2026, 7, 18), date(2027, 1, 1)):
        assert earliest(today, MeterWork.NEEDED, rules) == today
        assert cut_off(today, MeterWork.NEEDED, rules) == day(today.isoformat(), "24:00")


def test_every_profile_has_rules_for_every_segment() -> None:
    assert all(set(table) == set(Segment) for table in DEADLINE_PROFILES.values())
