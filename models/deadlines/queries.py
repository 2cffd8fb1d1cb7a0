"""Reads on the rules on deadlines."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from models.deadlines.tables import DeadlineRuleRow
from models.prepared import Line, Prepared
from rules.deadlines import DEADLINE_PROFILES, DeadlineRules, DeadlineTopic, Period
from schemas.codes import Segment


@dataclass(frozen=True)
class SetRule:
    """A rule as the hub operator has set it."""

    segment: Segment
    topic: DeadlineTopic
    value: Period | int
    citation: str
    valid_from: date
    """Day of business time from which cases are registered under it."""
    noted_at: datetime
    reason: str


_RULES = Prepared(
    select(
        DeadlineRuleRow.what,
        DeadlineRuleRow.business_days,
        DeadlineRuleRow.calendar_days,
        DeadlineRuleRow.amount,
        DeadlineRuleRow.citation,
    )
    .where(DeadlineRuleRow.segment == bindparam("of_segment"), DeadlineRuleRow.valid_from <= bindparam("on_day"))
    .order_by(DeadlineRuleRow.valid_from, DeadlineRuleRow.id)
)


def deadline_rules(line: Line, *, segment: Segment, on: date, profile: str) -> DeadlineRules:
    """Give the rules that hold for what is registered on a day of business time.

    :param profile: whose values hold where none was set (:data:`rules.deadlines.DEADLINE_PROFILES`).
    """
    rules = DEADLINE_PROFILES[profile][segment]
    for row in _RULES.rows(line, of_segment=segment.value, on_day=on):
        rules = rules.with_value(DeadlineTopic(row.what), _value(row), citation=row.citation)
    return rules


def rules_to_come(session: Session, *, after: date) -> list[SetRule]:
    """List the rules that hold from a day after ``after`` on, in their order by day.

    Of several for the same day, the one that was set last.
    """
    rows = session.scalars(
        select(DeadlineRuleRow)
        .where(DeadlineRuleRow.valid_from > after)
        .order_by(DeadlineRuleRow.valid_from, DeadlineRuleRow.segment, DeadlineRuleRow.what, DeadlineRuleRow.id)
    )
    last = {(row.valid_from, row.segment, row.what): row for row in rows}
    return [
        SetRule(
            segment=Segment(row.segment),
            topic=DeadlineTopic(row.what),
            value=_value(row),
            citation=row.citation,
            valid_from=row.valid_from,
            noted_at=row.noted_at,
            reason=row.reason,
        )
        for row in last.values()
    ]


def _value(row: Any) -> Period | int:
    if row.amount is not None:
        amount: int = row.amount
        return amount
    return Period(row.business_days, row.calendar_days)
