"""Tables of the messages. What tells who somebody is stands apart, so that it can be masked."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, Text, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import MOMENT, Base, Record
from models.encrypted import Encrypted
from rules.procedure.events import Command
from rules.steps import CommandAnswer
from schemas.findings import Refusal

CONTENT_COLUMN = "message_contents.values"


class MessageRow(Base):
    """A retailer's message: stored first, answered once."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("retailer_code", "message_id"),
        Index("ix_messages_unanswered", "case_number", "seq", postgresql_where=text("answered_at IS NULL")),
        Index(None, "case_number", "retailer_code"),
    )

    key: Mapped[UUID] = mapped_column(primary_key=True)
    retailer_code: Mapped[str] = mapped_column(Text)
    message_id: Mapped[str] = mapped_column(Text)
    """The retailer's own; unique for the retailer."""
    interface_number: Mapped[str] = mapped_column(Text)
    user_id: Mapped[str | None] = mapped_column(Text)
    """Of the person who sent it at a screen; None for what a retailer's system sent."""
    digest: Mapped[str] = mapped_column(Text)
    """HMAC over interface and parsed values: the same id with another digest is another message."""
    seq: Mapped[int] = mapped_column(BigInteger, Identity())
    """Order in which messages of one case were stored."""
    case_number: Mapped[str | None] = mapped_column(
        Text, ForeignKey("cases.case_number", deferrable=True, initially="DEFERRED")
    )
    """None for a registration that was refused."""
    stored_at: Mapped[datetime] = mapped_column(MOMENT)
    """Business time; decides what is in time."""
    stored_at_real: Mapped[datetime] = mapped_column(MOMENT, server_default=func.clock_timestamp())
    command: Mapped[Command | None] = mapped_column(Record(Command))
    """What the core is asked; None for a registration, which was decided when it was stored."""
    answer: Mapped[CommandAnswer | Refusal | None] = mapped_column(Record(CommandAnswer | Refusal))
    """A refusal alone where no case came of a registration."""
    answered_at: Mapped[datetime | None] = mapped_column(MOMENT)


class MessageContentRow(Base):
    """What a message says, personal data included."""

    __tablename__ = "message_contents"

    key: Mapped[UUID] = mapped_column(ForeignKey("messages.key"), primary_key=True)
    values: Mapped[dict[str, Any]] = mapped_column(Encrypted(CONTENT_COLUMN, dict[str, Any]))
    masked_at: Mapped[datetime | None] = mapped_column(MOMENT)
    """Business time from which it names nobody any more."""
