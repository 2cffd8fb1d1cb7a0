"""Writes on the rules on deadlines."""

from datetime import date

from sqlalchemy import insert
from sqlalchemy.orm import Session

from models.clock import business_now
from models.deadlines.queries import SetRule
from models.deadlines.tables import DeadlineRuleRow
from rules.calendar import day_of
from rules.deadlines import DeadlineTopic, Period, check_value
from schemas.codes import Segment


class NotToCome(ValueError):
    """A rule was to hold from a day on that is not to come; the text is today's date."""


def set_deadline_rule(
    session: Session,
    *,
    segment: Segment,
    topic: DeadlineTopic,
    value: Period | int,
    valid_from: date,
    citation: str,
    reason: str,
) -> SetRule:
    """Set a rule for what is registered from a day on; what is under way keeps its own.

    Of two rules for the same day, the one set last holds.

    :raises NotToCome: when the day is today or past, by business time: part of its cases would run under another rule.
    :raises WrongValue: when a period is given for a number, or the other way round.
    """
    check_value(topic, value)
    now = business_now(session)
    if valid_from <= day_of(now):
        raise NotToCome(day_of(now).isoformat())
    period = value if isinstance(value, Period) else None
    session.execute(
        insert(DeadlineRuleRow).values(
            segment=segment.value,
            what=topic.value,
            business_days=None if period is None else period.business_days,
            calendar_days=None if period is None else period.calendar_days,
            amount=None if period is not None else value,
            citation=citation,
            valid_from=valid_from,
            noted_at=now,
            reason=reason,
        )
    )
    return SetRule(segment, topic, value, citation, valid_from, now, reason)
