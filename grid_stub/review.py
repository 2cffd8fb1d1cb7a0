"""Reviewing the content of an application: 不備, lateness, duplicates, and where it is sound, matching and work.

All kinds go the same way; what differs between them is a table (:data:`rules.lone_application.kinds.KINDS`).
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from grid_stub.control import Control, control_of, use_up
from grid_stub.examination import Content, change_of_basis, defects, lateness
from grid_stub.matching import are_pair
from grid_stub.patterns import Ending, ends_as
from grid_stub.progress import IN_WORK, completion, completion_alone
from grid_stub.tables import ApplicationRow
from rules.calendar import Calendar, JapaneseCalendar, day_of
from rules.deadlines import DEADLINE_PROFILES, DeadlineRules
from rules.lone_application.kinds import KINDS
from rules.point_order import one_at_a_time
from schemas.codes import SWITCHING_APPLICATIONS, ApplicationKind, ApplicationState, MeterWork, Segment
from schemas.fields import POINT_NUMBER
from schemas.interfaces.common import GridFinding

DUPLICATE_RULE = "duplicate"
"""Rule that an application breaks whose purpose another one serves already."""


@dataclass(frozen=True)
class Habits:
    """How the stub behaves where an area was told nothing else."""

    step: timedelta
    """Business time each working step takes."""
    deadline_profile: str
    page_size: int = 500


def review(session: Session, row: ApplicationRow, content: Content, *, habits: Habits, now: datetime) -> None:
    """Put the content into the application, judge it, and match it where it can.

    The caller holds the lock on the point.
    """
    control = control_of(session, area=row.area)
    rules, calendar = _deadlines(row.segment, control, habits), JapaneseCalendar()
    elsewhere = [
        *defects(content, area=row.area, segment=row.segment, today=day_of(now), rules=rules, calendar=calendar),
        *change_of_basis(content),
        *_moved(row, content),
    ]
    row.effective_date = _day_for(session, row, content, control, now=now)
    row.completes_at = None
    row.meter_work = _meter_work(row, content, control)
    row.changed_at = now
    if use_up(session, area=row.area, counted="defects_left"):
        elsewhere.append(GridFinding(field=None, rule="as-ordered", message="指示により不備としました。"))
    if elsewhere:
        _settle(row, ApplicationState.DEFECTIVE, elsewhere)
    elif late := _lateness(session, row, content, rules=rules, calendar=calendar, now=now):
        _settle(row, ApplicationState.UNMATCHED, late)
    elif one_at_a_time(row.kind) and others_standing(session, row, kind=row.kind, now=now):
        words = f"この地点には別の番号の{row.kind.label}があります。"
        _settle(row, ApplicationState.DEFECTIVE, [GridFinding(field="pointNumber", rule=DUPLICATE_RULE, message=words)])
    else:
        _settle(row, ApplicationState.RECEIVED, ())
        row.received_at = now
        step = habits.step if control.step_seconds is None else timedelta(seconds=control.step_seconds)
        if KINDS[row.kind].matched:
            _match(session, row, step=step, now=now)
        else:
            row.completes_at = completion_alone(received_at=now, effective_date=row.effective_date, step=step)


def _day_for(
    session: Session, row: ApplicationRow, content: Content, control: Control, *, now: datetime
) -> date | None:
    """Give a pair its one day: what comes second is not put off again."""
    wished = content.effective_date
    if wished is None or not control.postponed_days:
        return wished
    if KINDS[row.kind].matched and any(
        others_standing(session, row, kind=kind, now=now) for kind in SWITCHING_APPLICATIONS if kind is not row.kind
    ):
        return wished
    return wished + timedelta(days=control.postponed_days)


def _lateness(
    session: Session,
    row: ApplicationRow,
    content: Content,
    *,
    rules: DeadlineRules,
    calendar: Calendar,
    now: datetime,
) -> tuple[GridFinding, ...]:
    if not KINDS[row.kind].matched or content.effective_date is None:
        return ()
    return lateness(
        effective_date=content.effective_date,
        meter_work=row.meter_work or _partners_meter_work(session, row),
        today=day_of(now),
        rules=rules,
        calendar=calendar,
    )


def _settle(row: ApplicationRow, state: ApplicationState, findings: Sequence[GridFinding]) -> None:
    row.state = state
    row.findings = [asdict(finding) for finding in findings]


def _moved(row: ApplicationRow, content: Content) -> list[GridFinding]:
    if row.point_number == content.point_number:
        return []
    words = f"{POINT_NUMBER.in_segment(row.segment).label}は訂正できません。"
    return [GridFinding(field="pointNumber", rule="not-amendable", message=words)]


def _meter_work(row: ApplicationRow, content: Content, control: Control) -> MeterWork | None:
    if not KINDS[row.kind].declares_meter_work:
        return None
    if ends_as(row.point_number, Ending.WORK_NEEDED):
        return MeterWork.NEEDED
    return control.meter_work or content.meter_work


def _partners_meter_work(session: Session, row: ApplicationRow) -> MeterWork:
    """Tell what the start says of the work, which its end shares; alone, an end is measured by the shorter period."""
    partner = next(iter(others_standing(session, row, kind=ApplicationKind.START, now=row.changed_at)), None)
    return partner.meter_work if partner and partner.meter_work else MeterWork.NOT_NEEDED


def _deadlines(segment: Segment, control: Control, habits: Habits) -> DeadlineRules:
    return DEADLINE_PROFILES[control.deadline_profile or habits.deadline_profile][segment]


def _match(session: Session, row: ApplicationRow, *, step: timedelta, now: datetime) -> None:
    partners = [other for kind in SWITCHING_APPLICATIONS for other in others_standing(session, row, kind=kind, now=now)]
    partner = next((other for other in partners if are_pair(row, other)), None)
    if partner is None or row.effective_date is None:  # a pair names its day
        return
    work = row.meter_work or partner.meter_work or MeterWork.NEEDED
    completed_at = completion(matched_at=now, effective_date=row.effective_date, meter_work=work, step=step)
    for application in (row, partner):
        application.state = ApplicationState.MATCHED
        application.matched_at = application.changed_at = now
        application.completes_at = completed_at


def others_standing(
    session: Session, row: ApplicationRow, *, kind: ApplicationKind, now: datetime
) -> Sequence[ApplicationRow]:
    """List those of a kind that stand at the row's point: 受付, or matched and not complete yet."""
    return session.scalars(
        select(ApplicationRow)
        .where(
            ApplicationRow.segment == row.segment,
            ApplicationRow.point_number == row.point_number,
            ApplicationRow.kind == kind,
            ApplicationRow.number != row.number,
            ApplicationRow.state.in_(IN_WORK),
            or_(ApplicationRow.completes_at.is_(None), ApplicationRow.completes_at > now),
        )
        .order_by(ApplicationRow.received_at)
    ).all()
