"""Who read what, and when: on record for every read of a case or of personal data."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, Identity, Index, Text, func, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import MOMENT, Base, Record
from models.clock import business_now
from schemas.interfaces.common import Consent


class DataRead(Base):
    """One read by one retailer."""

    __tablename__ = "data_reads"
    __table_args__ = (Index(None, "subject", "at"), Index(None, "retailer_code", "at"))

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    at: Mapped[datetime] = mapped_column(MOMENT)
    """Business time."""
    at_real: Mapped[datetime] = mapped_column(MOMENT, server_default=func.clock_timestamp())
    retailer_code: Mapped[str] = mapped_column(Text)
    interface_number: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    """A case number, a point number or an application number; empty for a list."""
    message_id: Mapped[str] = mapped_column(Text)
    source_address: Mapped[str] = mapped_column(Text)
    consent: Mapped[Consent | None] = mapped_column(Record(Consent))
    """The customer's consent as it was declared, where the read needs one (terms §9.1)."""


def note_read(
    session: Session,
    *,
    retailer_code: str,
    interface_number: str,
    subject: str,
    message_id: str,
    source_address: str,
    consent: Consent | None = None,
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
    )


def note_reads(
    session: Session,
    *,
    retailer_code: str,
    interface_number: str,
    subjects: Sequence[str],
    message_id: str,
    source_address: str,
    consent: Consent | None = None,
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
    }
    session.execute(insert(DataRead), [{**same, "subject": subject} for subject in subjects])
