"""Claiming a message id: the one place where a message is stored, and where a repeat is known as one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, bindparam, cast, func, select
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import insert

from models.base import adapter
from models.clock import NOW
from models.messages.content import dump_request
from models.messages.identity import IncomingMessage
from models.messages.intervention import HUB_OPERATOR
from models.messages.tables import MessageContentRow, MessageRow
from models.prepared import Line, Prepared
from models.reads import DataChange
from rules.calendar import JST
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


STORED = select(MessageRow.key).where(
    MessageRow.retailer_code == bindparam("sender"), MessageRow.message_id == bindparam("message_id")
)
"""The message of an id, where it is stored: whatever it says."""


def id_of(message: IncomingMessage) -> dict[str, object]:
    """Give what :data:`STORED` finds a message by."""
    return {"sender": message.retailer_code, "message_id": message.message_id}


_REPEAT = Prepared(
    STORED.add_columns(
        MessageRow.case_number,
        cast(MessageRow.answer, Text).label("answer"),
        MessageRow.interface_number,
        MessageRow.digest,
    )
)


def find_repeat(line: Line, message: IncomingMessage) -> Claimed | None:
    """Find the message if it was stored before.

    :raises Refused: HUB-I001 when the retailer used the id for something else.
    """
    for row in _REPEAT.rows(line, **id_of(message)):
        if (row.interface_number, row.digest) != (message.interface_number, message.digest):
            raise Refused(SAME_CONTENT.refusal(), message.message_id)
        answer = None if row.answer is None else _ANSWERS.validate_json(row.answer)
        return Claimed(key=str(row.key), case_number=row.case_number, answer=answer)
    return None


_ANSWERS = adapter(CommandAnswer | Refusal)
_NOW_UNLESS_STORED = Prepared(NOW.where(~STORED.exists()))


def now_unless_stored(line: Line, message: IncomingMessage) -> datetime | None:
    """Tell the business time, in Japan time; None where the message's id is stored already.

    Asked once the lock is held that all with equal content take: a twin may have held it before.
    """
    for row in _NOW_UNLESS_STORED.rows(line, **id_of(message)):
        now: datetime = row.now
        return now.astimezone(JST)
    return None


def _store() -> Prepared:
    columns = MessageRow.__table__.c
    names = (
        "key",
        "retailer_code",
        "message_id",
        "interface_number",
        "user_id",
        "digest",
        "case_number",
        "stored_at",
        "command",
        "answer",
        "answered_at",
    )
    stored = (
        insert(MessageRow)
        .values({name: bindparam(name, type_=columns[name].type) for name in names})
        .on_conflict_do_nothing(index_elements=[MessageRow.retailer_code, MessageRow.message_id])
        .returning(MessageRow.key)
        .cte("stored")
    )
    content = select(stored.c.key, bindparam("content", type_=MessageContentRow.__table__.c["values"].type))
    kept = plain_insert(MessageContentRow).from_select(["key", "values"], content).cte("kept")
    change = {
        DataChange.at: bindparam("stored_at", type_=columns["stored_at"].type),
        DataChange.retailer_code: func.nullif(bindparam("retailer_code", type_=Text), HUB_OPERATOR),
        DataChange.interface_number: bindparam("interface_number", type_=Text),
        DataChange.subject: func.coalesce(bindparam("case_number", type_=Text), ""),
        DataChange.message_id: bindparam("message_id", type_=Text),
        DataChange.source_address: bindparam("source_address", type_=Text),
        DataChange.user_id: bindparam("user_id", type_=Text),
        DataChange.what: bindparam("digest", type_=Text),
    }
    changed = plain_insert(DataChange).from_select(list(change), select(*change.values()).select_from(stored))
    return Prepared(select(stored.c.key).add_cte(kept).add_cte(changed.cte("changed")))


_STORE = _store()


def store_message(
    line: Line,
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
    stored = _STORE.rows(
        line,
        key=key,
        retailer_code=message.retailer_code,
        message_id=message.message_id,
        interface_number=message.interface_number,
        user_id=message.user_id,
        source_address=message.source_address,
        digest=message.digest,
        case_number=case_number,
        stored_at=stored_at,
        command=command,
        answer=answer,
        answered_at=None if answer is None else stored_at,
        content=dump_request(message.values),
    )
    if not stored:
        repeat = find_repeat(line, message)
        raise AssertionError(f"the caller's lock keeps equal content apart, but not from {repeat}")
