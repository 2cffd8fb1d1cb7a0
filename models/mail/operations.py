"""Writes on mails that are to be sent."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, update
from sqlalchemy.orm import Session

from models.backoff import LONGEST_ERROR, pause_after
from models.outbox import MailIntentRow

LONGEST_BACKOFF = timedelta(minutes=10)


def note_sent(session: Session, *, intent: UUID, address: str) -> None:
    """Note that the mail server has taken a mail."""
    session.execute(
        update(MailIntentRow)
        .where(MailIntentRow.id == intent)
        .values(sent_at=func.clock_timestamp(), address=address, attempts=MailIntentRow.attempts + 1, last_error=None)
    )


def note_not_sent(session: Session, *, intent: UUID, address: str, error: str) -> int:
    """Put a mail off, each time twice as long, and give how often it was tried.

    ``error`` names what went wrong without saying what was in the mail.
    """
    return session.execute(
        update(MailIntentRow)
        .where(MailIntentRow.id == intent)
        .values(
            attempts=MailIntentRow.attempts + 1,
            address=address,
            next_try_at=func.clock_timestamp() + pause_after(MailIntentRow.attempts, longest=LONGEST_BACKOFF),
            last_error=error[:LONGEST_ERROR],
        )
        .returning(MailIntentRow.attempts)
    ).scalar_one()


def note_undeliverable(session: Session, *, intent: UUID) -> None:
    """Note that there is no address to send a mail to."""
    session.execute(
        update(MailIntentRow).where(MailIntentRow.id == intent).values(undeliverable_at=func.clock_timestamp())
    )
