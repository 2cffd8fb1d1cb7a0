"""What waits for a retailer and how its cases stand, counted from indexes alone, for the page its people begin on.

Each count is that of the list with the filter of the same name (:class:`models.cases.case_filter.CaseFilter`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select, union_all
from sqlalchemy.orm import Session

from models.cases.case_filter import DUTY_COLUMNS, OPEN_PHASES
from models.cases.phase_counts import counts_by_phase
from models.cases.read_model import SUSPENDED_RULE
from models.cases.scope import Scope
from models.cases.tables import CaseRow
from models.clock import business_now
from rules.calendar import JapaneseCalendar, day_of, start_of
from rules.procedure.alarms import DEADLINES
from rules.procedure.duties import Duty
from rules.remaining import RUNNING, TimeLeft, urgency
from rules.switching.visibility import Side
from schemas.codes import CasePhase


@dataclass(frozen=True)
class Waiting:
    """How many cases wait for a retailer, how many go on, and how many ended today."""

    duties: Mapping[Duty, Mapping[TimeLeft | None, int]]
    """By how urgent they are; None where no deadline runs."""
    open_cases: Mapping[CasePhase, int]
    ended_today: Mapping[CasePhase, int]


def count_waiting(session: Session, *, retailer_code: str) -> Waiting:
    """Count what a retailer has to do, and how its cases stand."""
    now, scope = business_now(session), Scope(retailer_code)
    ended = CaseRow.ended_at >= start_of(day_of(now))
    return Waiting(
        duties=_duties(session, scope, now),
        open_cases=counts_by_phase(session, (select(CaseRow.phase).where(part) for part in _open_parts(scope))),
        ended_today=counts_by_phase(session, (select(CaseRow.phase).where(part, ended) for part in scope.parts())),
    )


def _duties(session: Session, scope: Scope, now: datetime) -> dict[Duty, dict[TimeLeft | None, int]]:
    left = _time_left(now).label("left")
    parts = (
        select(DUTY_COLUMNS[side].label("duty"), left).where(part, DUTY_COLUMNS[side].is_not(None))
        for side, part in scope.by_side().items()
    )
    rows = union_all(*parts).subquery()
    counted: dict[Duty, dict[TimeLeft | None, int]] = {}
    for duty, how_urgent, count in session.execute(
        select(rows.c.duty, rows.c.left, func.count()).group_by(rows.c.duty, rows.c.left)
    ):
        counted.setdefault(Duty(duty), {})[None if how_urgent is None else TimeLeft(how_urgent)] = count
    return counted


def _open_parts(scope: Scope) -> Iterator[ColumnElement[bool]]:
    """Say which cases are open, to each side in the words of its index: that of 現小売 knows the state alone."""
    in_open_phase = CaseRow.phase.in_([phase.value for phase in OPEN_PHASES])
    for side, part in scope.by_side().items():
        yield part & in_open_phase if side is Side.CURRENT else part & in_open_phase & CaseRow.ended_at.is_(None)


def _time_left(now: datetime) -> ColumnElement[str | None]:
    moments = urgency(now, calendar=JapaneseCalendar())
    return case(
        (CaseRow.due_rule == SUSPENDED_RULE, TimeLeft.STANDS_STILL.value),
        (CaseRow.due_rule.not_in([rule.value for rule in DEADLINES]), None),
        *((CaseRow.due_at <= by, left.value) for left in RUNNING if (by := moments.period(left)[1]) is not None),
        else_=TimeLeft.LATER.value,
    )
