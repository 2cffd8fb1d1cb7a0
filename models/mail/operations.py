"""Writes on mails that are to be sent."""

from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import Interval, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.cases.read_model import WrittenLine
from models.mail.tables import MailIntentRow
from rules.application.notices import lone_notices_for
from rules.case.state import CaseState
from rules.core import State
from rules.notices import Notice, notices_for

LONGEST_BACKOFF = timedelta(minutes=10)
_LONGEST_ERROR = 200


def note_intents(session: Session, *, before: State | None, written: WrittenLine) -> None:
    """Note who is to be told by mail of a line, in the transaction that writes it."""
    notices = _notices(before, written)
    if not notices:
        return
    session.execute(
        insert(MailIntentRow)
        .values(
            [
                {
                    "id": uuid4(),
                    "case_number": written.state.case_number,
                    "step": written.step,
                    "kind": notice.kind.value,
                    "retailer_code": notice.to_retailer,
                }
                for notice in notices
            ]
        )
        .on_conflict_do_nothing()
    )


def _notices(before: State | None, written: WrittenLine) -> tuple[Notice, ...]:
    after = written.state
    if isinstance(after, CaseState):
        assert before is None or isinstance(before, CaseState), "a procedure stays what it is"
        return notices_for(before, written.line, after)
    assert before is None or not isinstance(before, CaseState), "a procedure stays what it is"
    return lone_notices_for(before, written.line, after)


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
