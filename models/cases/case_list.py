"""The list of cases as each viewer may see it, the newest first.

The rows of a page are chosen first, part by part along an index each, and looked up then.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Row, SQLColumnExpression, case, func, select, union_all
from sqlalchemy.orm import Session, aliased

from models.cases.case_filter import DUTY_COLUMNS, CaseFilter, Standing, until_day
from models.cases.case_line import LINES, CaseLine, UnreadableLine, line_of
from models.cases.phase_counts import counts_by_phase
from models.cases.scope import Scope
from models.cases.tables import CaseRow
from models.clock import business_now
from models.messages.tables import MessageContentRow
from models.paging import FIRST_PAGE, DayOrder, Order, Page, Turn, turn_to
from models.reads import ReadRecorder
from rules.calendar import day_of
from rules.procedure.duties import Duty
from rules.switching.visibility import Side
from schemas.codes import CasePhase

LOOKED_THROUGH = 10_000
"""Cases of one side that a search without an index reads at most."""
_DECISION = aliased(MessageContentRow)


class CaseSort(Enum):
    """By what the list of cases is sorted."""

    REGISTERED = "registered"
    CHANGED = "changed"
    DUE = "due"
    """By the deadline, which only open cases have: goes with a filter for those."""
    EFFECTIVE = "effective"
    """By the 異動日."""

    @property
    def rises_first(self) -> bool:
        """True where the smallest comes first unless somebody wants it otherwise."""
        return self in (CaseSort.DUE, CaseSort.EFFECTIVE)

    def order(self, rising: bool | None) -> Order:
        """Give the order, in the direction that is wanted or the one that is usual."""
        rises = self.rises_first if rising is None else rising
        if self is CaseSort.EFFECTIVE:
            return DayOrder(CaseRow.effective_date, CaseRow.case_number, newest_first=not rises)
        return Order(_SORTED_BY[self], CaseRow.case_number, newest_first=not rises)


_SORTED_BY = {
    CaseSort.REGISTERED: CaseRow.registered_at,
    CaseSort.CHANGED: CaseRow.changed_at,
    CaseSort.DUE: CaseRow.due_at,
}


def find_cases(
    session: Session,
    *,
    scope: Scope,
    case_filter: CaseFilter,
    sort: CaseSort = CaseSort.REGISTERED,
    rising: bool | None = None,
    turn: Turn = FIRST_PAGE,
    limit: int = 50,
) -> Page[CaseLine | UnreadableLine]:
    """List a page of the cases that are wanted, the newest first unless sorted otherwise.

    :param rising: the direction; None for the one that is usual.
    :raises Refused: HUB-F001 when the cursor is none of ours.
    """
    parts = case_filter.parts(scope, now=business_now(session), by_phase=sort is CaseSort.DUE)
    return page_of_lines(session, parts, scope=scope, order=sort.order(rising), turn=turn, limit=limit)


def horizon(session: Session, *, scope: Scope, case_filter: CaseFilter) -> datetime | None:
    """Tell from which registration on cases are looked through, so that no search reads more than so many of a side.

    None where that is all there are, and where an index knows which are wanted. A day up to which cases are wanted
    (登録日) leads to older ones.
    """
    if not case_filter.walks:
        return None
    first_beyond = [
        session.scalar(
            select(CaseRow.registered_at)
            .where(part, *until_day(case_filter.registered_to))
            .order_by(CaseRow.registered_at.desc(), CaseRow.case_number.desc())
            .offset(LOOKED_THROUGH)
            .limit(1)
        )
        for part in scope.parts(case_filter.side)
    ]
    return max((moment for moment in first_beyond if moment is not None), default=None)


def looked_through(case_filter: CaseFilter, *, sort: CaseSort, since: datetime | None) -> CaseFilter:
    """Keep a search within the :func:`horizon`, where it would read more than it shows."""
    by_day = case_filter.registered_from is not None or case_filter.registered_to is not None
    reads_more = case_filter.narrows or (by_day and sort is not CaseSort.REGISTERED)
    return replace(case_filter, since=since) if case_filter.walks and reads_more else case_filter


@dataclass(frozen=True)
class CaseCounts:
    """How many cases there are in each state."""

    by_phase: dict[CasePhase, int]
    since: datetime | None
    """Where set, of the ended cases only those registered from then on were counted: there may be more."""


def count_cases(session: Session, *, scope: Scope, case_filter: CaseFilter) -> CaseCounts:
    """Count by state the cases that the other filters leave: all that are open, and of the ended those within the
    :func:`horizon`."""
    others = case_filter.without_phase()
    since, now = horizon(session, scope=scope, case_filter=others), business_now(session)
    parts = [
        *replace(others, standing=Standing.OPEN).parts(scope, now=now),
        *replace(others, standing=Standing.ENDED, since=since).parts(scope, now=now),
    ]
    counted = counts_by_phase(session, (select(CaseRow.phase).where(part) for part in parts))
    return CaseCounts({phase: counted.get(phase, 0) for phase in CasePhase}, since)


def count_duties(session: Session, *, scope: Scope, case_filter: CaseFilter) -> dict[Duty, int]:
    """Count by 要対応 the cases that the other filters leave; what nobody has to do is absent."""
    ours = replace(case_filter, duties=tuple(Duty)).parts(scope, now=business_now(session))
    awaited = func.coalesce(_own_duty(scope), Duty.LOOK_AFTER.value).label("duty")
    duties = union_all(*(select(awaited).where(part) for part in ours)).subquery()
    counted = {
        Duty(duty): count for duty, count in session.execute(select(duties.c.duty, func.count()).group_by("duty"))
    }
    return {duty: counted[duty] for duty in Duty if duty in counted}


def _own_duty(scope: Scope) -> SQLColumnExpression[str | None]:
    if scope.retailer_code is None:
        return DUTY_COLUMNS[Side.OPERATOR]
    return case((CaseRow.new_retailer == scope.retailer_code, CaseRow.new_duty), else_=CaseRow.current_duty)


def page_of_lines(
    session: Session, parts: Sequence[ColumnElement[bool]], *, scope: Scope, order: Order, turn: Turn, limit: int
) -> Page[CaseLine | UnreadableLine]:
    """List a page of the cases that one of some parts holds, which share none.

    :raises Refused: HUB-F001 when the cursor is none of ours.
    """
    today = day_of(business_now(session))

    def fetch(turn: Turn, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
        numbers = (order.next_rows(select(CaseRow.case_number).where(part), turn, limit=limit) for part in parts)
        lines = LINES.where(CaseRow.case_number.in_(union_all(*numbers)))
        return session.execute(order.next_rows(lines, turn, limit=limit)).all()

    page = turn_to(fetch, turn=turn, order=order, limit=limit)
    return Page([line_of(row, scope, today=today) for row in page.items], before=page.before, after=page.after)


@dataclass(frozen=True)
class Neighbours:
    """The cases before and after one in a list, by number; None where there is none."""

    before: str | None
    after: str | None


def neighbours(session: Session, parts: Sequence[ColumnElement[bool]], *, order: Order, case_number: str) -> Neighbours:
    """Give the cases beside one in the list that some parts make, which share none; it need not be in it itself."""
    here = place_in(session, order=order, case_number=case_number)
    if here is None:
        return Neighbours(None, None)
    return Neighbours(
        *(nearest(session, parts, order=order, turn=turn) for turn in (Turn(before=here), Turn(after=here)))
    )


def place_in(session: Session, *, order: Order, case_number: str) -> str | None:
    """Give the cursor of a case in an order; None where there is no such case."""
    row = session.execute(order.keys_of(CaseRow.case_number == case_number)).one_or_none()
    return None if row is None else order.place(row).cursor()


def nearest(session: Session, parts: Sequence[ColumnElement[bool]], *, order: Order, turn: Turn) -> str | None:
    """Give the number of the case that a turn leads to first; None where there is none."""
    numbers = (order.next_rows(select(CaseRow.case_number).where(part), turn, limit=1) for part in parts)
    beside = select(CaseRow.case_number).where(CaseRow.case_number.in_(union_all(*numbers)))
    return session.scalar(order.next_rows(beside, turn, limit=1))


def rejection_texts(
    session: Session, *, scope: Scope, case_numbers: Sequence[str], recorder: ReadRecorder
) -> dict[str, str]:
    """Give the words of the NG理由（詳細） of cases, where there are some, and put on record that they were read.

    They are personal data.
    """
    rows = session.execute(
        select(CaseRow.case_number, _DECISION.values)
        .join(_DECISION, _DECISION.key == CaseRow.decision_key)
        .where(CaseRow.case_number.in_(case_numbers), scope.condition)
    )
    texts = {row.case_number: text for row in rows if (text := row.values.get("rejection_text")) is not None}
    recorder.record(session, sorted(texts))
    return texts
