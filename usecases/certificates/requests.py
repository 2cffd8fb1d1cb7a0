"""What the hub operator asks for of a client certificate."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from schemas.codes import CertificatePurpose


@dataclass(frozen=True, kw_only=True)
class CertificateFacts:
    """What is registered of a certificate."""

    issuer: str
    serial: str
    """Both as :mod:`runtime.client_certificates` writes them."""
    expires_at: datetime
    fingerprint: str | None = None
    """Where the certificate itself is there."""
    certificate_id: str | None = None
    source_addresses: tuple[str, ...] = ()
    device: str = ""
    holder: str = ""


@dataclass(frozen=True, kw_only=True)
class RegisterCertificateRequest:
    """A certificate that somebody is to come in with from now on."""

    retailer_code: str | None
    """None for one of the hub operator's own."""
    purpose: CertificatePurpose
    facts: CertificateFacts
    reason: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class WantedCertificate:
    """A certificate that is registered, by its serial, and by its issuer where several have issued it."""

    serial: str
    issuer: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReplaceCertificateRequest:
    """Another certificate in the place of one, for the same retailer and purpose."""

    old: WantedCertificate
    new: CertificateFacts
    beside: timedelta
    """How long both may be used."""
    reason: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class ChangeCertificateRequest:
    """Other facts of a certificate; None leaves what there is."""

    wanted: WantedCertificate
    certificate_id: str | None = None
    source_addresses: tuple[str, ...] | None = None
    device: str | None = None
    holder: str | None = None
    reason: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class RevokeCertificateRequest:
    """The end of a certificate."""

    wanted: WantedCertificate
    reason: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class AllCertificatesRequest:
    """All certificates of a retailer, to be stopped or allowed again."""

    retailer_code: str
    reason: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class ApiStartRequest:
    """The day from which a retailer uses the API."""

    retailer_code: str
    day: date
    reason: str = field(repr=False)
