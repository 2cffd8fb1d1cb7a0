"""Certificates of tests: of the local authority, as the stack has them, and of another one."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from deploy.authority import Authority, Issued, issue_client_certificate, make_authority
from deploy.local_certificates import Certificates
from models.certificates.operations import register_certificate
from models.database import Database
from schemas.codes import CertificatePurpose
from tests.support.cast import NEW

YESTERDAY = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)


def make_certificates(folder: Path) -> Certificates:
    """Make the certificates of a stack: authority, servers, the hub's own."""
    certificates = Certificates(folder)
    certificates.make_own()
    return certificates


def client_certificate(
    certificates: Certificates, name: str, *, common_name: str = NEW, expires_at: datetime | None = None
) -> Issued:
    """Issue a further client certificate of the stack's authority, not registered anywhere."""
    authority = Authority(certificates.authority, certificates.folder / "authority-key.pem")
    return issue_client_certificate(
        authority, certificates.folder / f"{name}.pem", common_name=common_name, expires_at=expires_at
    )


def foreign_certificate(certificates: Certificates, name: str = "foreign", *, serial: str | None = None) -> Issued:
    """Issue a client certificate of an authority that nobody here trusts by itself.

    :param serial: the one it bears, as it is registered.
    """
    authority = make_authority(certificates.folder / "other", name="Another Authority")
    number = None if serial is None else int(serial, 16)
    return issue_client_certificate(
        authority, certificates.folder / f"{name}.pem", common_name=NEW, serial_number=number
    )


def trust_the_foreign_authority(certificates: Certificates) -> None:
    """Have servers that start from now on trust both authorities."""
    other = make_authority(certificates.folder / "other", name="Another Authority")
    certificates.authority.write_bytes(certificates.authority.read_bytes() + other.certificate.read_bytes())


def register_issued(
    database: Database,
    issued: Issued,
    *,
    retailer: str,
    source_addresses: tuple[str, ...] = (),
    purpose: CertificatePurpose = CertificatePurpose.API,
) -> None:
    """Register a certificate for a retailer, who must be registered."""
    with database.transaction() as session:
        register_certificate(
            session,
            issuer=issued.issuer,
            serial=issued.serial,
            retailer_code=retailer,
            expires_at=issued.expires_at,
            source_addresses=source_addresses,
            purpose=purpose,
        )
