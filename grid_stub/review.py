"""Reviewing the content of an application: 不備, lateness, duplicates, and where it is sound, matching and work.

All kinds go the same way; what differs between them is a table (:data:`rules.lone_application.kinds.KINDS`).
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from grid_stub.applications import Application, others_standing, save
from grid_stub.control import Control, use_up
from grid_stub.examination import Content, change_of_basis, defects, lateness
from grid_stub.matching import are_pair
from grid_stub.patterns import Ending, ends_as
from grid_stub.progress import completion, completion_alone
from models.database import Cursor
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


def review(
    cursor: Cursor, application: Application, content: Content, *, control: Control, habits: Habits, now: datetime
) -> None:
    """Put the content into the application, judge it, and match it where it can.

    The caller holds the lock on the point, and saves the application.
    """
    rules, calendar = _deadlines(application.segment, control, habits), JapaneseCalendar()
    others = others_standing(cursor, application, now=now)
    elsewhere = [
        *defects(
            content,
            area=application.area,
            segment=application.segment,
            today=day_of(now),
            rules=rules,
            calendar=calendar,
        ),
        *change_of_basis(content),
        *_moved(application, content),
    ]
    application.effective_date = _day_for(application, content, control, others)
    application.completes_at = None
    application.meter_work = _meter_work(application, content, control)
    application.changed_at = now
    if control.defects_left and use_up(cursor, area=application.area, counted="defects_left"):
        elsewhere.append(GridFinding(field=None, rule="as-ordered", message="指示により不備としました。"))
    if elsewhere:
        _settle(application, ApplicationState.DEFECTIVE, elsewhere)
    elif late := _lateness(application, content, others, rules=rules, calendar=calendar, now=now):
        _settle(application, ApplicationState.UNMATCHED, late)
    elif one_at_a_time(application.kind) and _of_kind(others, application.kind):
        words = f"この地点には別の番号の{application.kind.label}があります。"
        _settle(
            application,
            ApplicationState.DEFECTIVE,
            [GridFinding(field="pointNumber", rule=DUPLICATE_RULE, message=words)],
        )
    else:
        _settle(application, ApplicationState.RECEIVED, ())
        application.received_at = now
        step = habits.step if control.step_seconds is None else timedelta(seconds=control.step_seconds)
        if KINDS[application.kind].matched:
            _match(cursor, application, others, step=step, now=now)
        else:
            application.completes_at = completion_alone(
                received_at=now, effective_date=application.effective_date, step=step
            )


def _of_kind(others: Sequence[Application], *kinds: ApplicationKind) -> list[Application]:
    return [other for kind in kinds for other in others if other.kind is kind]


def _day_for(
    application: Application, content: Content, control: Control, others: Sequence[Application]
) -> date | None:
    """Give a pair its one day: what comes second is not put off again."""
    wished = content.effective_date
    if wished is None or not control.postponed_days:
        return wished
    counterparts = (kind for kind in SWITCHING_APPLICATIONS if kind is not application.kind)
    if KINDS[application.kind].matched and _of_kind(others, *counterparts):
        return wished
    return wished + timedelta(days=control.postponed_days)


def _lateness(
    application: Application,
    content: Content,
    others: Sequence[Application],
    *,
    rules: DeadlineRules,
    calendar: Calendar,
    now: datetime,
) -> tuple[GridFinding, ...]:
    if not KINDS[application.kind].matched or content.effective_date is None:
        return ()
    return lateness(
        effective_date=content.effective_date,
        meter_work=application.meter_work or _partners_meter_work(others),
        today=day_of(now),
        rules=rules,
        calendar=calendar,
    )


def _settle(application: Application, state: ApplicationState, findings: Sequence[GridFinding]) -> None:
    application.state = state
    application.findings = [asdict(finding) for finding in findings]


def _moved(application: Application, content: Content) -> list[GridFinding]:
    if application.point_number == content.point_number:
        return []
    words = f"{POINT_NUMBER.in_segment(application.segment).label}は訂正できません。"
    return [GridFinding(field="pointNumber", rule="not-amendable", message=words)]


def _meter_work(application: Application, content: Content, control: Control) -> MeterWork | None:
    if not KINDS[application.kind].declares_meter_work:
        return None
    if ends_as(application.point_number, Ending.WORK_NEEDED):
        return MeterWork.NEEDED
    return control.meter_work or content.meter_work


def _partners_meter_work(others: Sequence[Application]) -> MeterWork:
    """Tell what the start says of the work, which its end shares; alone, an end is measured by the shorter period."""
    partner = next(iter(_of_kind(others, ApplicationKind.START)), None)
    return partner.meter_work if partner and partner.meter_work else MeterWork.NOT_NEEDED


def _deadlines(segment: Segment, control: Control, habits: Habits) -> DeadlineRules:
    return DEADLINE_PROFILES[control.deadline_profile or habits.deadline_profile][segment]


def _match(
    cursor: Cursor, application: Application, others: Sequence[Application], *, step: timedelta, now: datetime
) -> None:
    partners = _of_kind(others, *SWITCHING_APPLICATIONS)
    partner = next((other for other in partners if are_pair(application, other)), None)
    if partner is None or application.effective_date is None:  # a pair names its day
        return
    work = application.meter_work or partner.meter_work or MeterWork.NEEDED
    completed_at = completion(matched_at=now, effective_date=application.effective_date, meter_work=work, step=step)
    for side in (application, partner):
        side.state = ApplicationState.MATCHED
        side.matched_at = side.changed_at = now
        side.completes_at = completed_at
    save(cursor, partner)
