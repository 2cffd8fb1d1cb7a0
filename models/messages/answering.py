"""Answering a message: once, and for good."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.messages.tables import MessageRow
from rules.steps import CommandAnswer


def store_answer(session: Session, *, key: str, answer: CommandAnswer, at: datetime) -> None:
    """Store the one answer of a message; the caller holds the lock on its case."""
    session.execute(
        update(MessageRow)
        .where(MessageRow.key == UUID(key), MessageRow.answered_at.is_(None))
        .values(answer=answer, answered_at=at)
    )
