"""Tables of the client certificates. Their times are real time, which certificates live by."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Identity, Index, Text, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import MOMENT, Base


class CertificateRow(Base):
    """A client certificate, bound to one retailer: its issuer and its serial name it."""

    __tablename__ = "client_certificates"
    __table_args__ = (
        CheckConstraint("retailer_code IS NOT NULL OR purpose = 'screens'", name="api_is_retailers"),
        CheckConstraint(
            "(replaced_until IS NULL) = (successor_issuer IS NULL) AND "
            "(successor_issuer IS NULL) = (successor_serial IS NULL)",
            name="replaced_as_a_whole",
        ),
        ForeignKeyConstraint(
            ["successor_issuer", "successor_serial"], ["client_certificates.issuer", "client_certificates.serial"]
        ),
    )

    issuer: Mapped[str] = mapped_column(Text, primary_key=True, server_default="")
    """The authority's distinguished name (RFC 4514). Empty for one that was registered before issuers were noted: it
    lets nobody in until it is registered again."""
    serial: Mapped[str] = mapped_column(Text, primary_key=True)
    """Lowercase hexadecimal digits without leading zeros."""
    fingerprint: Mapped[str | None] = mapped_column(Text)
    """SHA-256 in hexadecimal; None of one that was registered by what an application says of it."""
    retailer_code: Mapped[str | None] = mapped_column(Text, ForeignKey("participants.code"), index=True)
    """None for the hub operator's own."""
    purpose: Mapped[str] = mapped_column(Text, server_default="api")
    certificate_id: Mapped[str | None] = mapped_column(Text)
    """証明書ID (terms §6.1 ⑬)."""
    expires_at: Mapped[datetime] = mapped_column(MOMENT)
    source_addresses: Mapped[list[str]] = mapped_column(ARRAY(Text))
    device: Mapped[str] = mapped_column(Text, server_default="")
    """On which machine it is used (terms §10.4)."""
    holder: Mapped[str] = mapped_column(Text, server_default="")
    """Who answers for it, in the company or at a contractor (受託者)."""
    registered_at: Mapped[datetime] = mapped_column(MOMENT, server_default=func.clock_timestamp())
    replaced_until: Mapped[datetime | None] = mapped_column(MOMENT)
    successor_issuer: Mapped[str | None] = mapped_column(Text)
    successor_serial: Mapped[str | None] = mapped_column(Text)
    revoked_at: Mapped[datetime | None] = mapped_column(MOMENT)
    warned_days: Mapped[int | None]
    """The last warning of its end (:data:`rules.certificates.notices.WARNED_BEFORE`) that was noted, or that another
    notice made needless."""


class CertificateChangeRow(Base):
    """What was done to a certificate, by whom and why. Only ever added to."""

    __tablename__ = "certificate_changes"
    __table_args__ = (Index(None, "issuer", "serial", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    at: Mapped[datetime] = mapped_column(MOMENT, server_default=func.clock_timestamp())
    issuer: Mapped[str] = mapped_column(Text)
    serial: Mapped[str] = mapped_column(Text)
    """Both empty where it is about all of the retailer's (API利用開始日)."""
    retailer_code: Mapped[str | None] = mapped_column(Text)
    use_case: Mapped[str] = mapped_column(Text)
    by_user: Mapped[str] = mapped_column(Text)
    source_address: Mapped[str] = mapped_column(Text)
    """Empty at a command line."""
    reason: Mapped[str] = mapped_column(Text)
    details: Mapped[str] = mapped_column(Text)
    """What it was changed to, in Japanese."""
