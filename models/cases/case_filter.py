"""What people look for in the list of cases: numbers, states, areas, dates and sides, never names."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_

from models.cases.scope import Scope
from models.cases.tables import CaseRow
from rules.calendar import start_of
from rules.case.seeing import Side
from schemas.codes import Area, CasePhase


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
    cursor: str | None = None

    def without_phase(self) -> "CaseFilter":
        """This function will give the filter that counts by state are made with."""
        return replace(self, phase=None, cursor=None)

    def conditions(self, scope: Scope) -> ColumnElement[bool]:
        """This function will give what a case's row must fulfil, its being in the scope included."""
        found = [scope.condition]
        if self.number is not None:
            found.append(_of_number(self.number, scope))
        if self.phase is not None:
            found.append(CaseRow.phase == self.phase.value)
        if self.area is not None:
            found.append(CaseRow.area == self.area.value)
        if self.registered_from is not None:
            found.append(CaseRow.registered_at >= start_of(self.registered_from))
        if self.registered_to is not None:
            found.append(CaseRow.registered_at < start_of(self.registered_to + timedelta(days=1)))
        if self.side is not None and scope.retailer_code is not None:
            owner = CaseRow.new_retailer if self.side is Side.NEW else CaseRow.current_retailer
            found.append(owner == scope.retailer_code)
        return and_(*found)


def _of_number(number: str, scope: Scope) -> ColumnElement[bool]:
    start, end = CaseRow.start_number == number, CaseRow.end_number == number
    if scope.retailer_code is not None:  # the other side's number would tell whose case it is
        start = and_(start, CaseRow.new_retailer == scope.retailer_code)
        end = and_(end, CaseRow.current_retailer == scope.retailer_code)
    return or_(CaseRow.case_number == number, CaseRow.point_number == number, start, end)
