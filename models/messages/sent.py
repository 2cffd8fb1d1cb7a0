"""What became of what a retailer sent, by the message id it was sent with."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.messages.tables import MessageRow
from rules.procedure.events import Command
from rules.steps import CommandAnswer
from schemas.findings import Refusal


@dataclass(frozen=True)
class SentMessage:
    """A retailer's message, without its content."""

    interface_number: str
    stored_at: datetime
    case_number: str | None
    """None for a registration that was refused."""
    command: Command | None
    """None for a registration."""
    answer: CommandAnswer | Refusal | None
    """None while the outcome is open."""

    @property
    def refusal(self) -> Refusal | None:
        """Why it was not carried out."""
        if isinstance(self.answer, CommandAnswer):
            return self.answer.refusal
        return self.answer

    @property
    def receipt(self) -> CommandAnswer | None:
        """What was answered where it was carried out."""
        return self.answer if isinstance(self.answer, CommandAnswer) and self.answer.refusal is None else None


def sent_message(session: Session, *, retailer_code: str, message_id: str) -> SentMessage | None:
    """Find a message of a retailer; None where it has sent none under the id."""
    row = session.execute(
        select(
            MessageRow.interface_number,
            MessageRow.stored_at,
            MessageRow.case_number,
            MessageRow.command,
            MessageRow.answer,
        ).where(MessageRow.retailer_code == retailer_code, MessageRow.message_id == message_id)
    ).one_or_none()
    return None if row is None else SentMessage(*row)
