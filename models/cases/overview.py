"""What the hub's operator looks at: the cases as a whole."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models.cases.phase_counts import counts_by_phase
from models.cases.read_model import SUSPENDED_RULE
from models.cases.tables import CaseRow
from models.clock import business_now
from models.messages.tables import MessageRow
from models.participants.queries import retailers_gone
from rules.calendar import day_of, start_of
from rules.core import PHASES_WITH_DEADLINES, Procedure
from schemas.codes import CasePhase


@dataclass(frozen=True)
class CaseOverview:
    """How many cases there are, and what waits."""

    open_cases: dict[CasePhase, int]
    ended_today: dict[CasePhase, int]
    """Those that ended on the business day of today: all that ever ended are too many to count at each look."""
    unanswered: int
    """Commands that wait for their answer."""


def case_overview(session: Session) -> CaseOverview:
    """Count the open cases and those that ended today by phase, and what waits."""
    today = start_of(day_of(business_now(session)))
    waiting = session.scalar(
        select(func.count())
        .select_from(MessageRow)
        .where(MessageRow.answered_at.is_(None), MessageRow.case_number.is_not(None))
    )
    return CaseOverview(
        open_cases=counts_by_phase(session, [select(CaseRow.phase).where(CaseRow.ended_at.is_(None))]),
        ended_today=counts_by_phase(session, [select(CaseRow.phase).where(CaseRow.ended_at >= today)]),
        unanswered=waiting or 0,
    )


@dataclass(frozen=True)
class ForOperator:
    """How many cases wait for the hub operator to look at them or to decide."""

    one_side_done: int
    """片側完了: they end by its decision alone."""
    not_completed: int
    """Matched, their day is over, and the grid operator has completed neither side."""
    suspended: int
    """Their deadlines stand still until they are succeeded, resumed or closed."""
    retailer_left: int
    """One of their retailers takes part no longer, and they are not matched: theirs to succeed or to close."""


def cases_for_operator(session: Session) -> ForOperator:
    """Count the cases that are the hub operator's to look at."""
    today = day_of(business_now(session))
    waiting = CaseRow.phase.in_([phase.value for phase in PHASES_WITH_DEADLINES])
    departed = retailers_gone(session, today=today)
    matched = CaseRow.phase == CasePhase.MATCHED.value
    counted = session.execute(
        select(
            func.count().filter(CaseRow.phase == CasePhase.ONE_SIDE_DONE.value).label("one_side_done"),
            func.count().filter(matched, CaseRow.effective_date < today).label("not_completed"),
            func.count().filter(CaseRow.due_rule == SUSPENDED_RULE).label("suspended"),
            func.count()
            .filter(waiting, or_(CaseRow.new_retailer.in_(departed), CaseRow.current_retailer.in_(departed)))
            .label("retailer_left"),
        ).where(CaseRow.ended_at.is_(None))
    ).one()
    return ForOperator(counted.one_side_done, counted.not_completed, counted.suspended, counted.retailer_left)


def open_cases(session: Session) -> list[str]:
    """List the cases that have not ended, as moving the business clock concerns each of them."""
    return list(
        session.scalars(select(CaseRow.case_number).where(CaseRow.ended_at.is_(None)).order_by(CaseRow.case_number))
    )


def open_cases_of(session: Session, *, retailer_code: str) -> dict[str, Procedure]:
    """Give the cases of a retailer that have not ended, by their numbers in order."""
    own = or_(CaseRow.new_retailer == retailer_code, CaseRow.current_retailer == retailer_code)
    rows = session.execute(
        select(CaseRow.case_number, CaseRow.state).where(CaseRow.ended_at.is_(None), own).order_by(CaseRow.case_number)
    )
    return {row.case_number: row.state for row in rows}


def open_phases(session: Session) -> dict[str, CasePhase]:
    """Tell in which phase each case is that has not ended, by its number."""
    rows = session.execute(select(CaseRow.case_number, CaseRow.phase).where(CaseRow.ended_at.is_(None)))
    return {row.case_number: CasePhase(row.phase) for row in rows}


def all_cases(session: Session) -> list[str]:
    """List all cases there ever were, the oldest first."""
    return list(session.scalars(select(CaseRow.case_number).order_by(CaseRow.registered_at, CaseRow.case_number)))
