"""Answering a message: once, and for good."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Update, bindparam, update

from models.messages.tables import MessageRow
from models.prepared import Line, Prepared
from rules.steps import CommandAnswer

ANSWERED: Update = (
    update(MessageRow)
    .where(MessageRow.key == bindparam("answered_key"), MessageRow.answered_at.is_(None))
    .values(answer=bindparam("answer"), answered_at=bindparam("answered_at"))
)
"""A message gets its answer, where it has none."""

_ANSWERED = Prepared(ANSWERED)


def store_answer(line: Line, *, key: str, answer: CommandAnswer, at: datetime) -> None:
    """Store the one answer of a message; the caller holds the lock on its case."""
    _ANSWERED.run(line, answered_key=UUID(key), answer=answer, answered_at=at)
