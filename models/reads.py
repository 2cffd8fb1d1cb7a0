"""Who read or changed what, and when: on record for every read of a case or of personal data, and for every change.

The records are append-only, and sealed batch by batch (:mod:`models.records`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Identity, Index, Sequence, Text, bindparam, cast, func, insert, select, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import MOMENT, Base, Record, adapter
from models.clock import NOW, business_now
from models.prepared import Line, Prepared
from schemas.interfaces.common import Consent

RECORD_BATCH = Sequence("record_batch", metadata=Base.metadata)
"""Number of the batch that is open: what is recorded now is of it. The sealer closes it by taking the next."""
_OPEN_BATCH = text("open_record_batch()")
_OF_PERSON = text("user_id IS NOT NULL")


def _indexes() -> tuple[Index, ...]:
    """Give what records are searched by; the days, which they come in, cost next to nothing."""
    return (
        Index(None, "subject", "at"),
        Index(None, "retailer_code", "at"),
        Index(None, "user_id", "at", postgresql_where=_OF_PERSON),
        Index(None, "at", postgresql_using="brin"),
    )


class Recorded:
    """What a read and a change have in common. No row is ever changed or deleted: rights and a trigger hold that."""

    batch: Mapped[int] = mapped_column(BigInteger, server_default=_OPEN_BATCH, primary_key=True)
    """The one that was open, told once the transaction had its number: all of a batch have ended once those have that
    ran when it was closed."""
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    """Unique by itself; behind the batch it is what records are sealed along."""
    at: Mapped[datetime] = mapped_column(MOMENT)
    """Business time."""
    at_real: Mapped[datetime] = mapped_column(MOMENT, server_default=func.clock_timestamp())
    retailer_code: Mapped[str | None] = mapped_column(Text)
    """None for the hub operator."""
    interface_number: Mapped[str] = mapped_column(Text)
    """Empty for a screen."""
    subject: Mapped[str] = mapped_column(Text)
    """A case number, a point number or an application number; empty for a list."""
    message_id: Mapped[str] = mapped_column(Text)
    """Empty for a screen."""
    source_address: Mapped[str] = mapped_column(Text)
    user_id: Mapped[str | None] = mapped_column(Text)
    """The person at the screen."""
    purpose: Mapped[str | None] = mapped_column(Text)
    """What a person did it for: the screen's or the use case's name in Japanese."""


class DataRead(Recorded, Base):
    """One read, by a retailer's system or by a person at a screen."""

    __tablename__ = "data_reads"
    __table_args__ = _indexes()

    consent: Mapped[Consent | None] = mapped_column(Record(Consent))
    """The customer's consent as it was declared, where the read needs one (terms §9.1)."""


class DataChange(Recorded, Base):
    """One change. That of a case is recorded by the statement that stores its message."""

    __tablename__ = "data_changes"
    __table_args__ = _indexes()

    what: Mapped[str] = mapped_column(Text)
    """Of a message the HMAC over what it says, of a setting its new value in words; nothing personal."""


def _note() -> Prepared:
    columns = {
        DataRead.retailer_code: bindparam("retailer_code", type_=Text),
        DataRead.interface_number: bindparam("interface_number", type_=Text),
        DataRead.message_id: bindparam("message_id", type_=Text),
        DataRead.source_address: bindparam("source_address", type_=Text),
        DataRead.consent: cast(bindparam("consent", type_=Text), JSONB),
        DataRead.user_id: bindparam("user_id", type_=Text),
        DataRead.purpose: bindparam("purpose", type_=Text),
        DataRead.at: NOW.scalar_subquery(),
        DataRead.subject: func.unnest(bindparam("subjects", type_=ARRAY(Text))),
    }
    return Prepared(insert(DataRead).from_select(list(columns), select(*columns.values())))


_NOTE = _note()
"""One statement however many subjects there are, with the business time of its moment."""


def note_change(
    session: Session,
    *,
    retailer_code: str | None,
    source_address: str,
    user_id: str | None,
    purpose: str,
    subject: str,
    what: str,
) -> None:
    """Put on record a change that no message on a case makes, in the transaction that makes it."""
    change = DataChange(
        at=business_now(session),
        retailer_code=retailer_code,
        interface_number="",
        subject=subject,
        message_id="",
        source_address=source_address,
        user_id=user_id,
        purpose=purpose,
        what=what,
    )
    session.add(change)


@dataclass(frozen=True, kw_only=True)
class ReadRecorder:
    """Puts on record what one call reads. Whatever gives personal data of cases or points is reached through it."""

    retailer_code: str | None
    """None for the hub operator."""
    source_address: str
    interface_number: str = ""
    """Empty for a screen, as the message id mostly is."""
    message_id: str = ""
    consent: Consent | None = None
    """The customer's, where the read needs one."""
    user_id: str | None = None
    purpose: str | None = None
    """What a person reads it for: the screen's name."""

    def record(self, line: Line, subjects: Collection[str]) -> None:
        """Put on record that the call read some subjects; nothing where it found none."""
        if not subjects:
            return
        _NOTE.run(
            line,
            subjects=list(subjects),
            retailer_code=self.retailer_code,
            interface_number=self.interface_number,
            message_id=self.message_id,
            source_address=self.source_address,
            consent=None if self.consent is None else adapter(Consent).dump_json(self.consent).decode(),
            user_id=self.user_id,
            purpose=self.purpose,
        )
