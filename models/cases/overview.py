"""What the hub's operator looks at: the cases as a whole."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.cases.tables import CaseRow
from models.messages.tables import MessageRow
from schemas.codes import CasePhase


@dataclass(frozen=True)
class CaseOverview:
    """How many cases there are, and what waits."""

    by_phase: dict[CasePhase, int]
    unanswered: int
    """Commands that wait for their answer."""

    @property
    def total(self) -> int:
        """All cases."""
        return sum(self.by_phase.values())


def case_overview(session: Session) -> CaseOverview:
    """This function will count the cases by phase, and what waits."""
    counted = session.execute(select(CaseRow.phase, func.count()).group_by(CaseRow.phase)).all()
    waiting = session.scalar(
        select(func.count())
        .select_from(MessageRow)
        .where(MessageRow.answered_at.is_(None), MessageRow.case_number.is_not(None))
    )
    return CaseOverview({CasePhase(phase): count for phase, count in counted}, waiting or 0)


def open_cases(session: Session) -> list[str]:
    """This function will list the cases that have not ended, as moving the business clock concerns each of them."""
    return list(
        session.scalars(select(CaseRow.case_number).where(CaseRow.ended_at.is_(None)).order_by(CaseRow.case_number))
    )
