"""Rows of files give way to single requests: those that somebody waits for now."""

from datetime import timedelta

from sqlalchemy import func, not_, select

from models.bulk.numbering import PREFIX
from models.messages.tables import MessageRow
from models.prepared import Line, Prepared

_LATELY = timedelta(seconds=2)
"""Who waits for longer waits for something else than a row: a worker or a lock that is away."""
_WAITING = Prepared(
    select(MessageRow.key)
    .where(
        MessageRow.answered_at.is_(None),
        MessageRow.command.is_not(None),
        MessageRow.stored_at_real > func.clock_timestamp() - _LATELY,
        not_(func.starts_with(MessageRow.message_id, PREFIX)),
    )
    .limit(1)
)


def somebody_waits(line: Line) -> bool:
    """Tell whether a command that is no row of a file has been stored just now and is not answered."""
    return bool(_WAITING.rows(line))
