"""What people look for in the list of cases: numbers, states, areas, dates and sides, never names."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import InstrumentedAttribute

from models.cases.read_model import SUSPENDED_RULE
from models.cases.scope import Scope
from models.cases.tables import ApplicationRow, CaseRow
from rules.calendar import JapaneseCalendar, day_of, start_of
from rules.numbers import is_of_application
from rules.procedure.alarms import DEADLINES
from rules.procedure.duties import Duty
from rules.remaining import TimeLeft, urgency
from rules.switching.visibility import Side
from schemas.codes import ENDED_PHASES, ApplicationKind, Area, CasePhase, Decision, Segment

DUTY_COLUMNS = {
    Side.NEW: CaseRow.new_duty,
    Side.CURRENT: CaseRow.current_duty,
    Side.OPERATOR: CaseRow.operator_duty,
}
OPEN_PHASES = tuple(phase for phase in CasePhase if phase not in ENDED_PHASES)


class Standing(Enum):
    """Whether procedures go on or are over."""

    OPEN = "open"
    ENDED = "ended"


class Switching(Enum):
    """Stands beside the kinds of applications for what is none on its own."""

    CASE = "switching"


@dataclass(frozen=True, kw_only=True)
class CaseFilter:
    """One set of filters; what is None does not count."""

    number: str | None = None
    """A 廃止取次番号, a 供給地点特定番号 or an application number of one's own, whole."""
    phase: CasePhase | None = None
    standing: Standing | None = None
    kind: ApplicationKind | Switching | None = None
    segment: Segment | None = None
    area: Area | None = None
    registered_from: date | None = None
    registered_to: date | None = None
    """The last day, itself included."""
    ended_from: date | None = None
    ended_to: date | None = None
    decision: Decision | None = None
    """取次判断の結果."""
    time_left: TimeLeft | None = None
    """Of the deadline that people must keep now."""
    side: Side | None = None
    """The side on which the retailer stands; says nothing to the hub operator."""
    duties: tuple[Duty, ...] = ()
    """要対応: only what the viewer has to do one of these about."""
    since: datetime | None = None
    """Where set, only cases registered from then on are looked through (:func:`models.cases.case_list.horizon`)."""

    @property
    def walks(self) -> bool:
        """True where no index knows which cases are wanted, so that they are found by looking through them."""
        known = self.number or self.duties or self.time_left or self.ended_from or self.standing is Standing.OPEN
        return not known and (self.phase is None or self.phase in ENDED_PHASES)

    @property
    def narrows(self) -> bool:
        """True where a case that is looked through may not be wanted."""
        return self != CaseFilter(
            side=self.side, registered_from=self.registered_from, registered_to=self.registered_to
        )

    def without_phase(self) -> "CaseFilter":
        """Give the filter that counts by state are made with."""
        return replace(self, phase=None, standing=None)

    def parts(self, scope: Scope, *, now: datetime, by_phase: bool = False) -> tuple[ColumnElement[bool], ...]:
        """Give what a case's row must fulfil, its being in the scope included: one of these,
        which share no case, so that each can go along an index.

        :param by_phase: of open cases, a part for each phase: the indexes by deadline begin with it.
        """
        conditions, whose = self._conditions(scope, now), scope.by_side(self.side)
        if self.duties:
            due = with_duties(self.duties, today=day_of(now))
            parts = [and_(whose[side], condition, *conditions) for side, condition in due if side in whose]
        else:
            parts = [and_(part, *conditions) for part in whose.values()]
        if by_phase and self.phase is None:
            in_phase = [and_(CaseRow.ended_at.is_(None), CaseRow.phase == phase.value) for phase in OPEN_PHASES]
            return tuple(and_(part, condition) for part in parts for condition in in_phase)
        return tuple(parts)

    def _conditions(self, scope: Scope, now: datetime) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = []
        if self.number is not None:
            conditions.append(_of_number(self.number, scope))
        if self.standing is Standing.OPEN or (self.phase is not None and self.phase not in ENDED_PHASES):
            # of a phase it follows; leads to the index of open cases
            conditions.append(CaseRow.ended_at.is_(None))
        if self.standing is not None:
            is_open = self.standing is Standing.OPEN
            phases = [phase.value for phase in CasePhase if (phase in OPEN_PHASES) is is_open]
            conditions.append(CaseRow.phase.in_(phases))
        if self.since is not None:
            # the second follows from the first; it bounds an index by change too
            conditions += [CaseRow.registered_at >= self.since, CaseRow.changed_at >= self.since]
        for column, code in (
            (CaseRow.application_kind, None if isinstance(self.kind, Switching) else self.kind),
            (CaseRow.phase, self.phase),
            (CaseRow.segment, self.segment),
            (CaseRow.area, self.area),
            (CaseRow.decision, self.decision),
        ):
            if code is not None:
                conditions.append(column == code.value)
        if self.kind is Switching.CASE:
            conditions.append(CaseRow.application_kind.is_(None))
        conditions += _between(CaseRow.registered_at, self.registered_from, self.registered_to)
        conditions += _between(CaseRow.ended_at, self.ended_from, self.ended_to)
        if self.time_left is not None:
            conditions += _so_urgent(self.time_left, now)
        return conditions


def until_day(last: date | None) -> list[ColumnElement[bool]]:
    """Say which cases were registered up to a day."""
    return list(_between(CaseRow.registered_at, None, last))


def _between(
    column: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None],
    first: date | None,
    last: date | None,
) -> Iterator[ColumnElement[bool]]:
    if first is not None:
        yield column >= start_of(first)
    if last is not None:
        yield column < start_of(last + timedelta(days=1))


def _so_urgent(left: TimeLeft, now: datetime) -> Iterator[ColumnElement[bool]]:
    if left is TimeLeft.STANDS_STILL:
        yield CaseRow.due_rule == SUSPENDED_RULE
        yield CaseRow.ended_at.is_(None)
        return
    after, by = urgency(now, calendar=JapaneseCalendar()).period(left)
    yield CaseRow.due_rule.in_([rule.value for rule in DEADLINES])
    yield CaseRow.ended_at.is_(None)
    if after is not None:
        yield CaseRow.due_at > after
    if by is not None:
        yield CaseRow.due_at <= by


def with_duties(duties: tuple[Duty, ...], *, today: date) -> Iterator[tuple[Side, ColumnElement[bool]]]:
    """Say which rows await one of some duties of a side, in parts that share no case."""
    for side, column in DUTY_COLUMNS.items():
        yield side, and_(column.is_not(None), column.in_([duty.value for duty in duties]))
    if Duty.LOOK_AFTER in duties:
        overdue = and_(CaseRow.phase == CasePhase.MATCHED.value, CaseRow.effective_date < today)
        yield Side.OPERATOR, and_(overdue, CaseRow.operator_duty.is_(None))


def _of_number(number: str, scope: Scope) -> ColumnElement[bool]:
    """Find by what the number's form says it is: the other side's application number would tell whose case it is."""
    if number.isdigit():
        return CaseRow.point_number == number
    if not is_of_application(number):
        return CaseRow.case_number == number
    numbers = select(ApplicationRow.case_number).where(ApplicationRow.number == number)
    if scope.retailer_code is not None:
        numbers = numbers.where(ApplicationRow.retailer_code == scope.retailer_code)
    return CaseRow.case_number.in_(numbers)
