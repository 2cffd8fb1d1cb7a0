"""Forgetting what the rows of bulk files say, personal data included. The file and its counts stay."""

from datetime import timedelta

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session

from models.bulk.tables import BulkFileRow, BulkRowRow

KEPT_UNCONFIRMED = timedelta(days=7)
"""After as long, a file that nobody confirmed is stopped, and what its rows say is forgotten."""
AT_ONCE = 5_000
"""Rows that are deleted in one transaction: some tenths of a second."""


def forget_rows(session: Session, *, number: str) -> None:
    """Forget all rows of a file at once."""
    session.execute(delete(BulkRowRow).where(BulkRowRow.number == number))
    _note_forgotten(session, number)


def forget_old_rows(session: Session, *, kept_for: timedelta) -> str | None:
    """Forget some rows of the file that ended longest ago, and give its number where that were its last.

    None where there is nothing to forget yet, or more of it. Several may do so at once: each takes a file of its own.

    :param kept_for: how long rows are kept from the end of their file, in real time.
    """
    number = session.scalar(
        select(BulkFileRow.number)
        .where(
            BulkFileRow.ended_at < func.clock_timestamp() - kept_for,
            BulkFileRow.ended_at.is_not(None),
            BulkFileRow.rows_forgotten_at.is_(None),
        )
        .order_by(BulkFileRow.ended_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if number is None:
        return None
    some = select(BulkRowRow.line).where(BulkRowRow.number == number).order_by(BulkRowRow.line).limit(AT_ONCE)
    session.execute(delete(BulkRowRow).where(BulkRowRow.number == number, BulkRowRow.line.in_(some)))
    if session.scalar(select(exists().where(BulkRowRow.number == number))):
        return None
    _note_forgotten(session, number)
    return number


def _note_forgotten(session: Session, number: str) -> None:
    session.execute(
        update(BulkFileRow).where(BulkFileRow.number == number).values(rows_forgotten_at=func.clock_timestamp())
    )
