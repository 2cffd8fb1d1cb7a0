"""What people look for in the list of cases: numbers, states, areas, dates and sides, never names."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, select

from models.cases.scope import Scope
from models.cases.tables import ApplicationRow, CaseRow
from rules.calendar import start_of
from rules.numbers import is_of_application
from rules.procedure.duties import Duty
from rules.switching.visibility import Side
from schemas.codes import ENDED_PHASES, Area, CasePhase

DUTY_COLUMNS = {
    Side.NEW: CaseRow.new_duty,
    Side.CURRENT: CaseRow.current_duty,
    Side.OPERATOR: CaseRow.operator_duty,
}


@dataclass(frozen=True, kw_only=True)
class CaseFilter:
    """One set of filters; what is None does not count."""

    number: str | None = None
    """A 廃止取次番号, a 供給地点特定番号 or an application number of one's own, whole."""
    phase: CasePhase | None = None
    area: Area | None = None
    registered_from: date | None = None
    registered_to: date | None = None
    """The last day, itself included."""
    side: Side | None = None
    """The side on which the retailer stands; says nothing to the hub operator."""
    duties: tuple[Duty, ...] = ()
    """要対応: only what the viewer has to do one of these about."""

    def without_phase(self) -> "CaseFilter":
        """Give the filter that counts by state are made with."""
        return replace(self, phase=None)

    def parts(self, scope: Scope, *, today: date) -> tuple[ColumnElement[bool], ...]:
        """Give what a case's row must fulfil, its being in the scope included: one of these,
        which share no case, so that each can go along an index."""
        conditions, whose = self._conditions(scope), scope.by_side(self.side)
        if not self.duties:
            return tuple(and_(part, *conditions) for part in whose.values())
        return tuple(
            and_(whose[side], due, *conditions) for side, due in with_duties(self.duties, today=today) if side in whose
        )

    def _conditions(self, scope: Scope) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = []
        if self.number is not None:
            conditions.append(_of_number(self.number, scope))
        if self.phase is not None:
            conditions.append(CaseRow.phase == self.phase.value)
            if self.phase not in ENDED_PHASES:
                # follows from the phase; leads to the index of open cases
                conditions.append(CaseRow.ended_at.is_(None))
        if self.area is not None:
            conditions.append(CaseRow.area == self.area.value)
        if self.registered_from is not None:
            conditions.append(CaseRow.registered_at >= start_of(self.registered_from))
        if self.registered_to is not None:
            conditions.append(CaseRow.registered_at < start_of(self.registered_to + timedelta(days=1)))
        return conditions


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
