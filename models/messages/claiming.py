"""Claiming a message id: the one place where a message is stored, and where a repeat is known as one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert as plain_insert
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.messages.content import dump_request
from models.messages.identity import IncomingMessage
from models.messages.tables import MessageContentRow, MessageRow
from rules.procedure.events import Command
from rules.steps import CommandAnswer
from schemas.findings import Refusal, Refused, Rulebook
from schemas.refusal_codes import RefusalCode

RULES = Rulebook()
SAME_CONTENT = RULES.declare(
    "same-id-same-content", ("messageId", "メッセージID"), code=RefusalCode.SAME_ID_OTHER_CONTENT
)


@dataclass(frozen=True)
class Claimed:
    """A message that is stored already."""

    key: str
    case_number: str | None
    answer: CommandAnswer | Refusal | None


def find_repeat(session: Session, message: IncomingMessage) -> Claimed | None:
    """Find the message if it was stored before.

    :raises Refused: HUB-I001 when the retailer used the id for something else.
    """
    row = session.execute(
        select(
            MessageRow.key, MessageRow.case_number, MessageRow.answer, MessageRow.interface_number, MessageRow.digest
        ).where(MessageRow.retailer_code == message.retailer_code, MessageRow.message_id == message.message_id)
    ).one_or_none()
    if row is None:
        return None
    if (row.interface_number, row.digest) != (message.interface_number, message.digest):
        raise Refused(SAME_CONTENT.refusal(), message.message_id)
    return Claimed(key=str(row.key), case_number=row.case_number, answer=row.answer)


def store_message(
    session: Session,
    message: IncomingMessage,
    *,
    key: UUID,
    case_number: str | None,
    stored_at: datetime,
    command: Command | None = None,
    answer: CommandAnswer | Refusal | None = None,
) -> None:
    """Store the message, after the caller took the lock that all with equal content take.

    It waits for a transaction that is storing other content under the same id.

    :raises Refused: HUB-I001 when the retailer used the id for something else.
    """
    stored = session.execute(
        insert(MessageRow)
        .values(
            key=key,
            retailer_code=message.retailer_code,
            message_id=message.message_id,
            interface_number=message.interface_number,
            user_id=message.user_id,
            digest=message.digest,
            case_number=case_number,
            stored_at=stored_at,
            command=command,
            answer=answer,
            answered_at=None if answer is None else stored_at,
        )
        .on_conflict_do_nothing(index_elements=[MessageRow.retailer_code, MessageRow.message_id])
        .returning(MessageRow.key)
    ).one_or_none()
    if stored is None:
        repeat = find_repeat(session, message)
        raise AssertionError(f"the caller's lock keeps equal content apart, but not from {repeat}")
    session.execute(plain_insert(MessageContentRow).values(key=key, values=dump_request(message.values)))
