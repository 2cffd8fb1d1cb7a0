"""Writes on mails that are to be sent."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Text, Uuid, bindparam, func, null, update
from sqlalchemy.dialects.postgresql import ARRAY

from models.backoff import LONGEST_ERROR, pause_after
from models.outbox import MailIntentRow
from models.prepared import Line, Prepared

LONGEST_BACKOFF = timedelta(minutes=10)

_TAKEN = (
    func.unnest(bindparam("intents", type_=ARRAY(Uuid)), bindparam("addresses", type_=ARRAY(Text)))
    .table_valued("id", "address")
    .render_derived(name="taken")
)
_SENT = Prepared(
    update(MailIntentRow)
    .where(MailIntentRow.id == _TAKEN.c.id)
    .values(
        sent_at=func.clock_timestamp(), address=_TAKEN.c.address, attempts=MailIntentRow.attempts + 1, last_error=null()
    )
)
_NOT_SENT = Prepared(
    update(MailIntentRow)
    .where(MailIntentRow.id == bindparam("intent"))
    .values(
        attempts=MailIntentRow.attempts + 1,
        address=bindparam("tried"),
        next_try_at=func.clock_timestamp() + pause_after(MailIntentRow.attempts, longest=LONGEST_BACKOFF),
        last_error=bindparam("error"),
    )
    .returning(MailIntentRow.attempts)
)
_UNDELIVERABLE = Prepared(
    update(MailIntentRow).where(MailIntentRow.id == bindparam("intent")).values(undeliverable_at=func.clock_timestamp())
)


def note_sent(line: Line, *, addresses: Mapping[UUID, str]) -> None:
    """Note that the mail server has taken mails, each for its address."""
    if addresses:
        _SENT.run(line, intents=list(addresses), addresses=list(addresses.values()))


def note_not_sent(line: Line, *, intent: UUID, address: str, error: str) -> int:
    """Put a mail off, each time twice as long, and give how often it was tried.

    ``error`` names what went wrong without saying what was in the mail.
    """
    (row,) = _NOT_SENT.rows(line, intent=intent, tried=address, error=error[:LONGEST_ERROR])
    tries: int = row.attempts
    return tries


def note_undeliverable(line: Line, *, intent: UUID) -> None:
    """Note that there is no address to send a mail to."""
    _UNDELIVERABLE.run(line, intent=intent)
