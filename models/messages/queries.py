"""Reads on messages."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, bindparam, cast, or_, select
from sqlalchemy.orm import Session

from models.base import MOMENT, adapter
from models.messages.tables import MessageRow
from models.participants.tables import ParticipantRow
from models.prepared import Line, Prepared
from rules.procedure.events import Command
from rules.steps import CommandAnswer
from schemas.findings import Refusal

_ANSWER = Prepared(select(cast(MessageRow.answer, Text).label("answer")).where(MessageRow.key == bindparam("wanted")))


def answer_of(line: Line, *, key: str) -> CommandAnswer | None:
    """Give the stored answer of a command; None while it has none."""
    (row,) = _ANSWER.rows(line, wanted=UUID(key))
    answer = None if row.answer is None else adapter(CommandAnswer | Refusal).validate_json(row.answer)
    return answer if isinstance(answer, CommandAnswer) else None


@dataclass(frozen=True)
class GivenCommand:
    """A retailer's command, as whoever gave it may look at it again."""

    command: Command
    stored_at: datetime
    answer: CommandAnswer | None
    """None while the outcome is open."""


def given_command(session: Session, *, retailer_code: str, case_number: str, message_id: str) -> GivenCommand | None:
    """Find a command of a retailer on a case by the message id it was given with."""
    row = session.execute(
        select(MessageRow.command, MessageRow.stored_at, MessageRow.answer).where(
            MessageRow.retailer_code == retailer_code,
            MessageRow.message_id == message_id,
            MessageRow.case_number == case_number,
            MessageRow.command.is_not(None),
        )
    ).one_or_none()
    if row is None:
        return None
    answer = row.answer if isinstance(row.answer, CommandAnswer) else None
    return GivenCommand(row.command, row.stored_at, answer)


def commands_given(session: Session, *, retailer_code: str, case_number: str) -> list[Command]:
    """List all that somebody has asked of a case, the hub itself under its own code, in the order it was stored."""
    commands = (
        select(MessageRow.command)
        .where(MessageRow.case_number == case_number, MessageRow.retailer_code == retailer_code)
        .order_by(MessageRow.seq)
    )
    return [command for command in session.scalars(commands) if command is not None]


_MOST_CASES = 20


def cases_of_message_id(session: Session, *, retailer_code: str | None, message_id: str) -> list[str]:
    """List cases of which a message has an id, of a retailer or for None of any; each retailer has ids of its own."""
    senders = select(ParticipantRow.code) if retailer_code is None else [retailer_code]
    rows = (
        select(MessageRow.case_number)
        .where(
            MessageRow.retailer_code.in_(senders),
            MessageRow.message_id == message_id,
            MessageRow.case_number.is_not(None),
        )
        .limit(_MOST_CASES)
    )
    return [number for number in session.scalars(rows) if number is not None]


_BEFORE = bindparam("stored_before", type_=MOMENT)
_UNANSWERED = Prepared(
    select(cast(MessageRow.command, Text).label("command"))
    .where(
        MessageRow.case_number == bindparam("case_number"),
        MessageRow.answered_at.is_(None),
        MessageRow.command.is_not(None),
        or_(_BEFORE.is_(None), MessageRow.stored_at < _BEFORE),
    )
    .order_by(MessageRow.seq)
)


def unanswered(line: Line, *, case_number: str, stored_before: datetime | None = None) -> list[Command]:
    """List the commands of a case that wait for their answer, in the order they were stored."""
    rows = _UNANSWERED.rows(line, case_number=case_number, stored_before=stored_before)
    return [adapter(Command).validate_json(row.command) for row in rows]


_MESSAGE_ID = Prepared(select(MessageRow.message_id).where(MessageRow.key == bindparam("wanted")))


def message_id_of(line: Line, *, key: str) -> str | None:
    """Give the id that the retailer gave a message; None where there is no such message."""
    return next((row.message_id for row in _MESSAGE_ID.rows(line, wanted=UUID(key))), None)
