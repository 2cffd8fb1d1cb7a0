"""Sample values of elements: the catalogue's examples, with days and moments that fit each other."""

from datetime import date, datetime, timedelta

from rules import deadlines
from rules.calendar import JapaneseCalendar, day_of
from rules.deadlines import DEADLINE_RULES
from schemas import fields
from schemas.codes import ApplicationState, MeterWork, Segment
from schemas.contract import Member
from schemas.fields import Form

_CALENDAR = JapaneseCalendar()
_WORK = MeterWork.NOT_NEEDED

SAMPLE_NOW = datetime.fromisoformat(fields.MOMENT.example)
"""The business time at which everything in a sample happens."""

_DAYS = {
    "obtained_on": SAMPLE_NOW.date(),
    "contracted_on": SAMPLE_NOW.date(),
    "procurement_ends_on": date(2046, 3, 31),
    "next_reading_date": date(2026, 9, 15),
    "valid_from": date(2016, 4, 1),
    "valid_to": date(2030, 3, 31),
    "usage_password_valid_to": date(2026, 9, 11),
    "half_hourly_from": date(2026, 7, 1),
    "half_hourly_to": date(2026, 7, 31),
    "day": date(2026, 7, 1),
}
"""Days that are neither wished for nor effective, by the element's name."""


def sample_text(member: Member, segment: Segment | None) -> str:
    """Give the text of a plain element in a sample message of a segment."""
    if member.field.form is Form.DATE:
        return (_DAYS.get(member.name) or _effective(segment)).isoformat()
    if member.field.form is Form.MOMENT:
        return _moment(member.name, segment).isoformat()
    if member.field.code is ApplicationState:
        return ApplicationState.RECEIVED.value
    return member.field.example


def _moment(name: str, segment: Segment | None) -> datetime:
    if name == "decision_due":
        return _decision_due(segment)
    if name == "application_cut_off":
        return _cut_off(segment)
    if name == "due":
        return min(_decision_due(segment), _cut_off(segment))
    if name == "changed_before":
        return SAMPLE_NOW + timedelta(days=1)
    return SAMPLE_NOW


def _effective(segment: Segment | None) -> date:
    """Give the catalogue's day, or where that is too early for the segment the first one that is not."""
    last_day = day_of(_decision_due(segment) - timedelta(seconds=1))
    earliest = deadlines.earliest_effective_date(
        matched_on=last_day, meter_work=_WORK, rules=_rules(segment), calendar=_CALENDAR
    )
    return max(earliest, date.fromisoformat(fields.WISHED_DATE.example))


def _decision_due(segment: Segment | None) -> datetime:
    return deadlines.decision_due(registered_at=SAMPLE_NOW, rules=_rules(segment), calendar=_CALENDAR)


def _cut_off(segment: Segment | None) -> datetime:
    return deadlines.cut_off(
        effective_date=_effective(segment), meter_work=_WORK, rules=_rules(segment), calendar=_CALENDAR
    )


def _rules(segment: Segment | None) -> deadlines.DeadlineRules:
    return DEADLINE_RULES[segment or Segment.LOW_VOLTAGE]
