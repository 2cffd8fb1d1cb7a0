"""What a stored message says: its typed request, personal data included."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.database import Database, Session
from models.messages.content import load_request
from models.messages.tables import MessageContentRow, MessageRow
from models.users.drafts import FormDraftRow


def content_of(session: Session, *, key: str) -> object:
    row = session.execute(
        select(MessageRow.interface_number, MessageContentRow.values)
        .join(MessageContentRow, MessageContentRow.key == MessageRow.key)
        .where(MessageRow.key == UUID(key))
    ).one()
    return load_request(row.values, interface_number=row.interface_number)


def all_contents(database: Database) -> list[dict[str, Any]]:
    """Give what all messages say, as it is stored before it is encrypted."""
    with database.transaction() as session:
        return list(session.scalars(select(MessageContentRow.values)))


def all_drafts(database: Database) -> list[dict[str, Any]]:
    """Give what people typed and have not sent."""
    with database.transaction() as session:
        return list(session.scalars(select(FormDraftRow.values)))
