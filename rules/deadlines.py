"""Deadlines as data, and how they are counted.

A period is "n business days + m calendar days", business days first, counted from the day after the
event, and ends at 24:00 Japan time (ours where the terms are silent).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rules.calendar import Calendar, add_business_days, at_nine, day_of, end_of, previous_business_day
from schemas.codes import MeterWork, Segment


@dataclass(frozen=True)
class Period:
    """So many business days, then so many calendar days."""

    business_days: int
    calendar_days: int = 0

    def after(self, day: date, calendar: Calendar) -> date:
        """This function will count the period forward from ``day``."""
        return add_business_days(day, self.business_days, calendar) + timedelta(days=self.calendar_days)


@dataclass(frozen=True)
class DeadlineRules:
    """The rules one case runs under. A case keeps those it started with."""

    decision: Period
    """How long the current retailer may take to judge."""
    standard_without_work: Period
    """標準処理期間 from matching to the effective date where no meter work is needed."""
    standard_with_work: Period
    """標準処理期間 where meter work is needed."""
    latest_effective_months: int = 6
    """How many months after registration the effective date may be at most."""
    decision_restarts: int = 1
    """How often an amendment lets the decision deadline start anew."""
    correction: Period = Period(5)
    """How long a 不備 can be corrected from when it is heard of, where no cut-off says it (ours)."""

    def standard(self, meter_work: MeterWork) -> Period:
        """This function will give the 標準処理期間 that applies."""
        return self.standard_with_work if meter_work is MeterWork.NEEDED else self.standard_without_work


DEADLINE_RULES: dict[Segment, DeadlineRules] = {
    Segment.LOW_VOLTAGE: DeadlineRules(Period(2), Period(1, 2), Period(8, 2)),
    Segment.HIGH_VOLTAGE: DeadlineRules(Period(2), Period(8), Period(20)),
    Segment.LOW_VOLTAGE_FIT: DeadlineRules(Period(2), Period(1, 2), Period(8, 2)),
}
"""The field's own values; FIT as 低圧 (ours), the decision within two business days (ours)."""


def decision_due(*, registered_at: datetime, rules: DeadlineRules, calendar: Calendar) -> datetime:
    """This function will give the moment until which the current retailer may judge."""
    return end_of(rules.decision.after(day_of(registered_at), calendar))


def reminder_at(*, due: datetime, calendar: Calendar) -> datetime:
    """This function will give 09:00 of the last business day before a deadline ends."""
    last_day = day_of(due - timedelta(microseconds=1))
    if not calendar.is_business_day(last_day):
        last_day = previous_business_day(last_day, calendar)
    return at_nine(last_day)


def earliest_effective_date(
    *, matched_on: date, meter_work: MeterWork, rules: DeadlineRules, calendar: Calendar
) -> date:
    """This function will give the first day on which a pair matched on ``matched_on`` can take effect."""
    return rules.standard(meter_work).after(matched_on, calendar)


def latest_effective_date(*, registered_on: date, rules: DeadlineRules) -> date:
    """This function will give the last day a new case may name; month ends count as in the calendar."""
    month = registered_on.month - 1 + rules.latest_effective_months
    year, month = registered_on.year + month // 12, month % 12 + 1
    last_of_month = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(registered_on.day, last_of_month))


def cut_off(*, effective_date: date, meter_work: MeterWork, rules: DeadlineRules, calendar: Calendar) -> datetime:
    """This function will give the end of the last day on which matching still leaves the 標準処理期間.

    The inverse of :func:`earliest_effective_date`: a day counts although it is no business day.
    """
    day = effective_date
    while (
        earliest_effective_date(matched_on=day, meter_work=meter_work, rules=rules, calendar=calendar) > effective_date
    ):
        day -= timedelta(days=1)
    return end_of(day)


_SAME_DAY = DeadlineRules(decision=Period(2), standard_without_work=Period(0), standard_with_work=Period(0))

DEADLINE_PROFILES: dict[str, dict[Segment, DeadlineRules]] = {
    "standard": DEADLINE_RULES,
    "demo": dict.fromkeys(Segment, _SAME_DAY),
}
"""Tables of rules by name: a new case runs under the one its hub is set to. The demo's allows a same-day switch."""
