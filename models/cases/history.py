"""The 案件履歴 of a case: one line for each step, appended and never changed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.read_model import WrittenLine
from models.cases.tables import HistoryLineRow
from rules.procedure.outcomes import HistoryKind, HistoryLine, Party


def case_history(session: Session, *, case_number: str) -> list[WrittenLine]:
    """Read the history of a case, the first line first."""
    rows = session.scalars(
        select(HistoryLineRow).where(HistoryLineRow.case_number == case_number).order_by(HistoryLineRow.step)
    )
    return [
        WrittenLine(
            step=row.step,
            line=HistoryLine(HistoryKind(row.kind), Party(row.actor), row.details),
            cause=row.cause,
            at=row.at,
            state=row.state,
        )
        for row in rows
    ]
