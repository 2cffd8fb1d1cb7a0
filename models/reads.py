"""Who read what, and when: on record for every read of a case or of personal data."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, Identity, Index, Text, func, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import MOMENT, Base, Record
from models.clock import business_now
from schemas.interfaces.common import Consent


class DataRead(Base):
    """One read, by a retailer's system or by a person at a screen."""

    __tablename__ = "data_reads"
    __table_args__ = (Index(None, "subject", "at"), Index(None, "retailer_code", "at"))

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
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
    consent: Mapped[Consent | None] = mapped_column(Record(Consent))
    """The customer's consent as it was declared, where the read needs one (terms §9.1)."""
    user_id: Mapped[str | None] = mapped_column(Text)
    """The person at the screen."""
    purpose: Mapped[str | None] = mapped_column(Text)
    """What a person read it for: the screen's name in Japanese."""


def note_read(
    session: Session,
    *,
    retailer_code: str | None,
    interface_number: str,
    subject: str,
    message_id: str,
    source_address: str,
    consent: Consent | None = None,
    user_id: str | None = None,
    purpose: str | None = None,
) -> None:
    """This function will put a read on record."""
    note_reads(
        session,
        retailer_code=retailer_code,
        interface_number=interface_number,
        subjects=[subject],
        message_id=message_id,
        source_address=source_address,
        consent=consent,
        user_id=user_id,
        purpose=purpose,
    )


def note_reads(
    session: Session,
    *,
    retailer_code: str | None,
    interface_number: str,
    subjects: Sequence[str],
    message_id: str,
    source_address: str,
    consent: Consent | None = None,
    user_id: str | None = None,
    purpose: str | None = None,
) -> None:
    """This function will put on record that one request read several subjects; nothing where it found none."""
    if not subjects:
        return
    same = {
        "at": business_now(session),
        "retailer_code": retailer_code,
        "interface_number": interface_number,
        "message_id": message_id,
        "source_address": source_address,
        "consent": consent,
        "user_id": user_id,
        "purpose": purpose,
    }
    session.execute(insert(DataRead), [{**same, "subject": subject} for subject in subjects])
