"""Tables of the participants."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import MOMENT, Base


class ParticipantRow(Base):
    """A company in the list of participants (事業者一覧)."""

    __tablename__ = "participants"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    area: Mapped[str | None] = mapped_column(Text)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    """The last day on which it takes part."""
    result_mail: Mapped[str | None] = mapped_column(Text)


class CertificateRow(Base):
    """A client certificate of a retailer's system, bound to that one retailer: its issuer and its serial name it."""

    __tablename__ = "client_certificates"

    issuer: Mapped[str] = mapped_column(Text, primary_key=True, server_default="")
    """The authority's distinguished name (RFC 4514). Empty for one that was registered before issuers were noted: it
    lets nobody in until it is registered again."""
    serial: Mapped[str] = mapped_column(Text, primary_key=True)
    """Lowercase hexadecimal digits without leading zeros."""
    retailer_code: Mapped[str] = mapped_column(Text, ForeignKey("participants.code"), index=True)
    expires_at: Mapped[datetime] = mapped_column(MOMENT)
    revoked_at: Mapped[datetime | None] = mapped_column(MOMENT)
    source_addresses: Mapped[list[str]] = mapped_column(ARRAY(Text))
