"""Reads on client certificates."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, bindparam, func, select
from sqlalchemy.orm import Session

from models.certificates.tables import CertificateChangeRow, CertificateRow
from models.clock import NOW
from models.participants.queries import takes_part
from models.participants.tables import ParticipantRow
from models.prepared import Line, Prepared
from rules.access.use_cases import UseCase
from rules.calendar import day_of
from rules.certificates.registered import RegisteredCertificate, end_of
from schemas.codes import CertificatePurpose, ParticipantRole

_CERTIFICATE = Prepared(
    select(
        CertificateRow.serial,
        CertificateRow.retailer_code,
        CertificateRow.expires_at,
        CertificateRow.revoked_at,
        CertificateRow.replaced_until,
        CertificateRow.purpose,
        CertificateRow.fingerprint,
        CertificateRow.source_addresses,
        ParticipantRow.role,
        ParticipantRow.valid_from,
        ParticipantRow.valid_to,
        ParticipantRow.api_from,
        ParticipantRow.certificates_stopped_at,
        NOW.scalar_subquery().label("now"),
    )
    .outerjoin(ParticipantRow, ParticipantRow.code == CertificateRow.retailer_code)
    .where(CertificateRow.issuer == bindparam("issuer"), CertificateRow.serial == bindparam("serial"))
)


def find_certificate(line: Line, *, issuer: str, serial: str) -> RegisteredCertificate | None:
    """Find a certificate by what names it (:class:`runtime.client_certificates.ClientCertificate`)."""
    row = next(iter(_CERTIFICATE.rows(line, issuer=issuer, serial=serial)), None)
    if row is None:
        return None
    today = day_of(row.now)
    return RegisteredCertificate(
        serial=row.serial,
        retailer_code=row.retailer_code,
        purpose=CertificatePurpose(row.purpose),
        fingerprint=row.fingerprint,
        expires_at=row.expires_at,
        replaced_until=row.replaced_until,
        revoked_at=row.revoked_at,
        source_addresses=tuple(row.source_addresses),
        retailer_active=row.retailer_code is None
        or (row.role == ParticipantRole.RETAILER.value and takes_part(row, on=today)),
        stopped=row.certificates_stopped_at is not None,
        api_started=row.api_from is None or row.api_from <= today,
    )


@dataclass(frozen=True, kw_only=True)
class ListedCertificate:
    """A certificate with all that is known of it."""

    issuer: str
    serial: str
    fingerprint: str | None
    retailer_code: str | None
    purpose: CertificatePurpose
    certificate_id: str | None
    expires_at: datetime
    replaced_until: datetime | None
    successor_serial: str | None
    revoked_at: datetime | None
    source_addresses: tuple[str, ...]
    device: str
    holder: str
    registered_at: datetime
    warned_days: int | None
    stopped_at: datetime | None
    """Since when the use of all certificates of the retailer is stopped."""

    @property
    def ends_at(self) -> datetime:
        return end_of(self.expires_at, self.replaced_until)


_LISTED = select(
    CertificateRow.issuer,
    CertificateRow.serial,
    CertificateRow.fingerprint,
    CertificateRow.retailer_code,
    CertificateRow.purpose,
    CertificateRow.certificate_id,
    CertificateRow.expires_at,
    CertificateRow.replaced_until,
    CertificateRow.successor_serial,
    CertificateRow.revoked_at,
    CertificateRow.source_addresses,
    CertificateRow.device,
    CertificateRow.holder,
    CertificateRow.registered_at,
    CertificateRow.warned_days,
    ParticipantRow.certificates_stopped_at.label("stopped_at"),
).outerjoin(ParticipantRow, ParticipantRow.code == CertificateRow.retailer_code)


def certificates_of(session: Session, *, retailer_code: str | None = None) -> list[ListedCertificate]:
    """List the certificates of a retailer, or for None all there are, the one that ends first before the others."""
    query = _LISTED.order_by(CertificateRow.retailer_code, CertificateRow.expires_at, CertificateRow.serial)
    if retailer_code is not None:
        query = query.where(CertificateRow.retailer_code == retailer_code)
    return [_listed(row) for row in session.execute(query).mappings()]


def certificates_of_serial(session: Session, *, serial: str, for_change: bool = False) -> list[ListedCertificate]:
    """List the certificates of a serial: one of each authority that has issued it.

    :param for_change: nobody else changes them until the transaction ends.
    """
    query = _LISTED.where(CertificateRow.serial == serial).order_by(CertificateRow.issuer)
    if for_change:
        query = query.with_for_update(of=CertificateRow)
    return [_listed(row) for row in session.execute(query).mappings()]


def certificates_ending(session: Session, *, before: datetime) -> list[ListedCertificate]:
    """List those in use that end before a moment; nobody else changes them until the transaction ends."""
    ends_at = func.least(CertificateRow.expires_at, CertificateRow.replaced_until)  # takes no notice of NULL
    query = (
        _LISTED.where(CertificateRow.revoked_at.is_(None), ends_at < before, ends_at > func.clock_timestamp())
        .order_by(CertificateRow.issuer, CertificateRow.serial)
        .with_for_update(of=CertificateRow)
    )
    return [_listed(row) for row in session.execute(query).mappings()]


def _listed(row: RowMapping) -> ListedCertificate:
    values = {**row, "purpose": CertificatePurpose(row.purpose), "source_addresses": tuple(row.source_addresses)}
    return ListedCertificate(**values)


@dataclass(frozen=True)
class CertificateChange:
    """What was done to a certificate."""

    at: datetime
    use_case: UseCase
    by_user: str
    reason: str
    details: str


def changes_of(session: Session, *, issuer: str, serial: str) -> list[CertificateChange]:
    """List what was done to a certificate, the first first."""
    rows = session.execute(
        select(
            CertificateChangeRow.at,
            CertificateChangeRow.use_case,
            CertificateChangeRow.by_user,
            CertificateChangeRow.reason,
            CertificateChangeRow.details,
        )
        .where(CertificateChangeRow.issuer == issuer, CertificateChangeRow.serial == serial)
        .order_by(CertificateChangeRow.id)
    )
    return [CertificateChange(row.at, UseCase(row.use_case), row.by_user, row.reason, row.details) for row in rows]
