"""A client certificate as it is registered: its issuer and its serial name it."""

from dataclasses import dataclass
from datetime import datetime

from schemas.codes import CertificatePurpose


@dataclass(frozen=True, kw_only=True)
class RegisteredCertificate:
    """What is known of a certificate when somebody comes with it, and of who holds it."""

    serial: str
    retailer_code: str | None
    """The one that it is bound to; None for the hub operator's own."""
    purpose: CertificatePurpose
    fingerprint: str | None = None
    """SHA-256 of the whole certificate, where that was there when it was registered."""
    expires_at: datetime
    replaced_until: datetime | None = None
    """Until when it may be used beside the one that takes its place."""
    revoked_at: datetime | None = None
    source_addresses: tuple[str, ...] = ()
    """Addresses and networks it may be used from; empty for any."""
    retailer_active: bool
    """True where the retailer takes part on this day of business time, or where it is the hub operator's."""
    stopped: bool = False
    """True where the use of all certificates of the retailer is stopped (terms §10.4)."""
    api_started: bool = True
    """False before the retailer's API利用開始日."""

    @property
    def ends_at(self) -> datetime:
        return end_of(self.expires_at, self.replaced_until)


def end_of(expires_at: datetime, replaced_until: datetime | None) -> datetime:
    """Give when a certificate can be used no more, unless it is revoked before."""
    return expires_at if replaced_until is None else min(expires_at, replaced_until)
