"""Deadlines as data, and how they are counted.

A period is "n business days + m calendar days", business days first, counted from the day after the
event, and ends at 24:00 Japan time (ours where the terms are silent).

Which dates a message may name (how far back, the 標準処理期間, the latest day) is counted from the day on which the hub
stored that message: a 訂正 is held to what a 登録 of the same day is held to, and so is a 再開 or 承継 that names one.
What it was filed for first, and when, does not matter (ours).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from rules.calendar import Calendar, add_business_days, at_nine, day_of, end_of, previous_business_day
from rules.wording import business_days_words
from schemas.codes import Code, MeterWork, Segment


class DeadlineTopic(Code):
    """What a rule on deadlines says; the value is the name of its field in :class:`DeadlineRules`."""

    DECISION = "decision", "取次判断の期限"
    STANDARD_WITHOUT_WORK = "standard_without_work", "標準処理期間（計器工事なし）"
    STANDARD_WITH_WORK = "standard_with_work", "標準処理期間（計器工事あり）"
    CORRECTION = "correction", "不備の訂正期限"
    LATEST_EFFECTIVE_MONTHS = "latest_effective_months", "異動日の上限"
    DECISION_RESTARTS = "decision_restarts", "訂正による判断期限の数え直し"
    GIVING_WAY = "giving_way", "相手方のない単独申請が廃止取次に譲るまで"

    @property
    def is_period(self) -> bool:
        """True where the rule is a period; the others are a plain number."""
        return self not in (DeadlineTopic.LATEST_EFFECTIVE_MONTHS, DeadlineTopic.DECISION_RESTARTS)


@dataclass(frozen=True)
class Period:
    """So many business days, then so many calendar days."""

    business_days: int
    calendar_days: int = 0

    def after(self, day: date, calendar: Calendar) -> date:
        """Count the period forward from ``day``."""
        return add_business_days(day, self.business_days, calendar) + timedelta(days=self.calendar_days)

    @property
    def words(self) -> str:
        """In Japanese: 1営業日＋2暦日."""
        business = business_days_words(self.business_days) if self.business_days else ""
        calendar = f"{self.calendar_days}暦日" if self.calendar_days else ""
        return "＋".join(filter(None, (business, calendar))) or "当日"


@dataclass(frozen=True)
class Citation:
    """Where a rule stands that is not the one written in this module."""

    topic: DeadlineTopic
    text: str


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
    giving_way: Period = Period(10)
    """How long a start or end application without its counterpart holds a point against a referral (ours)."""
    citations: tuple[Citation, ...] = ()
    """Of the rules that were set otherwise than :data:`DEADLINE_RULES` has them."""

    def standard(self, meter_work: MeterWork) -> Period:
        """Give the 標準処理期間 that applies."""
        return self.standard_with_work if meter_work is MeterWork.NEEDED else self.standard_without_work

    def value(self, topic: DeadlineTopic) -> Period | int:
        """Give what the rules say on a topic."""
        value: Period | int = getattr(self, topic.value)
        return value

    def with_value(self, topic: DeadlineTopic, value: Period | int, *, citation: str) -> "DeadlineRules":
        """Give the same rules with another value on a topic, and where that stands.

        :raises WrongValue: when a period is given for a number, or the other way round.
        """
        check_value(topic, value)
        citations = tuple(entry for entry in self.citations if entry.topic is not topic)
        changed: dict[str, Any] = {topic.value: value}
        return replace(self, **changed, citations=(*citations, Citation(topic, citation)))

    def citation(self, topic: DeadlineTopic, *, segment: Segment) -> str:
        """Tell in Japanese where the rule on a topic stands."""
        own = _GRIDS if topic in _STANDARD and segment is not Segment.LOW_VOLTAGE_FIT else _OURS
        return next((entry.text for entry in self.citations if entry.topic is topic), own)


def standard_topic(meter_work: MeterWork) -> DeadlineTopic:
    """Name the 標準処理期間 that applies."""
    if meter_work is MeterWork.NEEDED:
        return DeadlineTopic.STANDARD_WITH_WORK
    return DeadlineTopic.STANDARD_WITHOUT_WORK


class WrongValue(ValueError):
    """A rule on deadlines was to have a value of another kind; the text is its topic."""


def check_value(topic: DeadlineTopic, value: Period | int) -> None:
    """See that a topic has a value of its kind: a period, or a number.

    :raises WrongValue: where it is of the other kind.
    """
    if isinstance(value, Period) is not topic.is_period:
        raise WrongValue(topic.value)


def value_words(topic: DeadlineTopic, value: Period | int) -> str:
    """Write in Japanese what a rule says."""
    if isinstance(value, Period):
        return value.words
    return f"登録・訂正の日から{value}か月" if topic is DeadlineTopic.LATEST_EFFECTIVE_MONTHS else f"{value}回まで"


_STANDARD = (DeadlineTopic.STANDARD_WITHOUT_WORK, DeadlineTopic.STANDARD_WITH_WORK)
_GRIDS = "一般送配電事業者の標準処理期間"
"""The field's practice, in official texts of its own: the terms do not say it."""
_OURS = "広域機関の規則"
"""Ours, where those texts are silent too."""

DEADLINE_RULES: dict[Segment, DeadlineRules] = {
    Segment.LOW_VOLTAGE: DeadlineRules(Period(2), Period(1, 2), Period(8, 2)),
    Segment.HIGH_VOLTAGE: DeadlineRules(Period(2), Period(8), Period(20)),
    Segment.LOW_VOLTAGE_FIT: DeadlineRules(Period(2), Period(1, 2), Period(8, 2)),
}
"""The field's own values; FIT as 低圧 (ours), the decision within two business days (ours)."""


def decision_due(*, registered_at: datetime, rules: DeadlineRules, calendar: Calendar) -> datetime:
    """Give the moment until which the current retailer may judge."""
    return end_of(rules.decision.after(day_of(registered_at), calendar))


def reminder_at(*, due: datetime, calendar: Calendar) -> datetime:
    """Give 09:00 of the last business day before a deadline ends."""
    last_day = day_of(due - timedelta(microseconds=1))
    if not calendar.is_business_day(last_day):
        last_day = previous_business_day(last_day, calendar)
    return at_nine(last_day)


def earliest_effective_date(
    *, matched_on: date, meter_work: MeterWork, rules: DeadlineRules, calendar: Calendar
) -> date:
    """Give the first day on which a pair matched on ``matched_on`` can take effect."""
    return rules.standard(meter_work).after(matched_on, calendar)


def latest_effective_date(*, stored_on: date, rules: DeadlineRules) -> date:
    """Give the last day that a message may name; month ends count as in the calendar.

    :param stored_on: the day on which the hub stored it, be it a 登録 or a 訂正.
    """
    month = stored_on.month - 1 + rules.latest_effective_months
    year, month = stored_on.year + month // 12, month % 12 + 1
    last_of_month = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(stored_on.day, last_of_month))


def cut_off(*, effective_date: date, meter_work: MeterWork, rules: DeadlineRules, calendar: Calendar) -> datetime:
    """Give the end of the last day on which matching still leaves the 標準処理期間.

    The inverse of :func:`earliest_effective_date`: a day counts although it is no business day.
    """
    day = effective_date
    while (
        earliest_effective_date(matched_on=day, meter_work=meter_work, rules=rules, calendar=calendar) > effective_date
    ):
        day -= timedelta(days=1)
    return end_of(day)


_SAME_DAY = DeadlineRules(
    decision=Period(2),
    standard_without_work=Period(0),
    standard_with_work=Period(0),
    citations=tuple(Citation(topic, "実演用の規則") for topic in _STANDARD),
)

DEADLINE_PROFILES: dict[str, dict[Segment, DeadlineRules]] = {
    "standard": DEADLINE_RULES,
    "demo": dict.fromkeys(Segment, _SAME_DAY),
}
"""Rules by the name of a profile: those that hold where the hub operator has set none (``models.deadlines``).

The demo's allow a same-day switch.
"""
