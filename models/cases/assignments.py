"""Who of a company looks after a case (担当): shown, no lock, and without meaning once the case has ended."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Exists, ForeignKey, Text, delete, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from models.cases.tables import CaseRow
from models.users.tables import UserRow


class AssignmentRow(Base):
    """One case in one company's hands: each of its two sides has its own."""

    __tablename__ = "case_assignments"

    case_number: Mapped[str] = mapped_column(Text, primary_key=True)
    """No foreign key: the row of a case can be lost and made anew from its history."""
    retailer_code: Mapped[str] = mapped_column(Text, ForeignKey("participants.code"), primary_key=True)
    user_id: Mapped[str] = mapped_column(Text, ForeignKey("users.user_id"), index=True)
    given_by: Mapped[str] = mapped_column(Text)
    """The person who took it, or gave it."""


@dataclass(frozen=True)
class Assignee:
    """Who looks after a case."""

    user_id: str
    name: str


def assignees_of(session: Session, *, retailer_code: str, case_numbers: Sequence[str]) -> dict[str, Assignee]:
    """Tell who of a company looks after each of its open cases, where somebody does."""
    rows = session.execute(
        select(AssignmentRow.case_number, AssignmentRow.user_id, UserRow.name)
        .join(UserRow, UserRow.user_id == AssignmentRow.user_id)
        .join(CaseRow, CaseRow.case_number == AssignmentRow.case_number)
        .where(
            AssignmentRow.retailer_code == retailer_code,
            AssignmentRow.case_number.in_(case_numbers),
            CaseRow.ended_at.is_(None),
        )
    )
    return {row.case_number: Assignee(row.user_id, row.name) for row in rows}


def assign(session: Session, *, retailer_code: str, case_number: str, user_id: str | None, by: str) -> None:
    """Put a case into somebody's hands, or into nobody's; what the company's ended cases still had is cleared away."""
    ended = select(CaseRow.case_number).where(CaseRow.ended_at.is_not(None))
    own = AssignmentRow.retailer_code == retailer_code
    session.execute(delete(AssignmentRow).where(own, AssignmentRow.case_number.in_(ended)))
    if user_id is None:
        session.execute(delete(AssignmentRow).where(own, AssignmentRow.case_number == case_number))
        return
    values = {"user_id": user_id, "given_by": by}
    session.execute(
        insert(AssignmentRow)
        .values(case_number=case_number, retailer_code=retailer_code, **values)
        .on_conflict_do_update(index_elements=[AssignmentRow.case_number, AssignmentRow.retailer_code], set_=values)
    )


def is_with(*, retailer_code: str, user_id: str | None = None) -> Exists:
    """Say of a case's row that somebody of a company looks after it: a person, or whoever it be."""
    condition = (AssignmentRow.case_number == CaseRow.case_number) & (AssignmentRow.retailer_code == retailer_code)
    return exists().where(condition if user_id is None else condition & (AssignmentRow.user_id == user_id))
