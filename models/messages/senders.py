"""Who sent the messages on a case: a company's system, or a person at a screen."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.messages.tables import MessageRow
from models.users.tables import UserRow


@dataclass(frozen=True)
class Sender:
    """Who sent a message."""

    retailer_code: str
    """The hub operator's word for itself stands here too."""
    person: str | None
    """Name of the person; None for a retailer's system."""


def senders_of(session: Session, *, case_number: str) -> dict[str, Sender]:
    """Tell who sent each message on a case, by the key of the message."""
    rows = session.execute(
        select(MessageRow.key, MessageRow.retailer_code, MessageRow.user_id, UserRow.name)
        .outerjoin(UserRow, UserRow.user_id == MessageRow.user_id)
        .where(MessageRow.case_number == case_number)
    )
    return {str(row.key): Sender(row.retailer_code, row.name or row.user_id) for row in rows}
