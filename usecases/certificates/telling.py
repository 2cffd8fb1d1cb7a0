"""Telling a retailer by mail what becomes of a certificate of theirs."""

from datetime import datetime

from models.certificates.operations import note_notice
from models.certificates.queries import ListedCertificate
from models.database import Session
from rules.certificates.notices import CertificateNotice, NoticeKind


def tell_retailer(session: Session, certificate: ListedCertificate, kind: NoticeKind, *, at: datetime) -> None:
    """Note the mail, in the transaction that does what it tells of."""
    notice = CertificateNotice(
        kind=kind,
        serial=certificate.serial,
        certificate_id=certificate.certificate_id,
        purpose=certificate.purpose,
        at=at,
        successor=certificate.successor_serial,
    )
    note_notice(session, notice, retailer_code=certificate.retailer_code)
