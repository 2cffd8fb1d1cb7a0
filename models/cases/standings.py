"""How cases stand beside their workflows."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.tables import CaseRow
from models.handovers import HandoverRow
from rules.procedure.calls import wanted_calls


@dataclass(frozen=True)
class Standing:
    """An open case, as far as its workflow should fit it."""

    phase: str
    started: bool
    run_id: str | None


def open_standings(session: Session) -> dict[str, Standing]:
    """Tell how each case stands that has not ended, by its number."""
    rows = session.execute(
        select(CaseRow.case_number, CaseRow.phase, HandoverRow.started_at_real, HandoverRow.run_id)
        .join(HandoverRow, HandoverRow.case_number == CaseRow.case_number)
        .where(CaseRow.ended_at.is_(None))
    )
    return {row.case_number: Standing(row.phase, row.started_at_real is not None, row.run_id) for row in rows}


def over_and_done(session: Session, *, case_numbers: list[str]) -> list[str]:
    """Name, of some numbers, those whose case has ended with no call left to make, or is not there."""
    rows = session.execute(select(CaseRow.case_number, CaseRow.state).where(CaseRow.case_number.in_(case_numbers)))
    busy = {row.case_number for row in rows if not row.state.ended or wanted_calls(row.state)}
    return [number for number in case_numbers if number not in busy]
