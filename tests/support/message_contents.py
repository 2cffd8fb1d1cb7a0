"""What a stored message says: its typed request, personal data included."""

from uuid import UUID

from sqlalchemy import select

from models.database import Session
from models.messages.content import load_request
from models.messages.tables import MessageContentRow, MessageRow


def content_of(session: Session, *, key: str) -> object:
    row = session.execute(
        select(MessageRow.interface_number, MessageContentRow.values)
        .join(MessageContentRow, MessageContentRow.key == MessageRow.key)
        .where(MessageRow.key == UUID(key))
    ).one()
    return load_request(row.values, interface_number=row.interface_number)
