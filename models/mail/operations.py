"""Writes on mails that are to be sent."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import Interval, func, update
from sqlalchemy.orm import Session

from models.outbox import MailIntentRow

LONGEST_BACKOFF = timedelta(minutes=10)
_LONGEST_ERROR = 200


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
    seconds = func.least(func.power(2, func.least(MailIntentRow.attempts, 20)), LONGEST_BACKOFF.total_seconds())
    pause = func.make_interval(0, 0, 0, 0, 0, 0, seconds, type_=Interval)
    return session.execute(
        update(MailIntentRow)
        .where(MailIntentRow.id == intent)
        .values(
            attempts=MailIntentRow.attempts + 1,
            address=address,
            next_try_at=func.clock_timestamp() + pause,
            last_error=error[:_LONGEST_ERROR],
        )
        .returning(MailIntentRow.attempts)
    ).scalar_one()


def note_undeliverable(session: Session, *, intent: UUID) -> None:
    """Note that there is no address to send a mail to."""
    session.execute(
        update(MailIntentRow).where(MailIntentRow.id == intent).values(undeliverable_at=func.clock_timestamp())
    )
