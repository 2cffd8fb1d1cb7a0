"""Writes on client certificates. A certificate is named by its issuer and its serial, and never bound anew."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from models.certificates.tables import CertificateChangeRow, CertificateRow
from models.outbox import note_certificate
from models.participants.operations import NoSuchRetailer
from models.participants.tables import ParticipantRow
from rules.access.use_cases import UseCase
from rules.certificates.notices import CertificateNotice
from runtime.addresses import canonical
from schemas.codes import CertificatePurpose, ParticipantRole


class NoSuchCertificate(Exception):
    """The certificate is not registered."""


class CertificateTaken(Exception):
    """The certificate is registered for another retailer; the text says for which, and what to do."""

    def __init__(self, *, issuer: str, serial: str, taken_by: str | None) -> None:
        owner = "広域機関" if taken_by is None else f"事業者 {taken_by} "
        super().__init__(
            f"証明書（発行者 {issuer}、シリアル番号 {serial}）は、{owner}のものとして登録されています。"
            "ほかの事業者には登録できません。発行者とシリアル番号を確かめ、その事業者の新しい証明書を登録してください。"
        )
        self.taken_by = taken_by


def register_certificate(
    session: Session,
    *,
    issuer: str,
    serial: str,
    retailer_code: str | None,
    expires_at: datetime,
    purpose: CertificatePurpose = CertificatePurpose.API,
    fingerprint: str | None = None,
    certificate_id: str | None = None,
    source_addresses: Iterable[str] = (),
    device: str = "",
    holder: str = "",
    warned_days: int | None = None,
) -> None:
    """Register a client certificate, or bring what is known of it up to date.

    A certificate that was revoked stays so. Issuer and serial are as :mod:`runtime.client_certificates` writes them.

    :param retailer_code: None for one of the hub operator's own.
    :param fingerprint: of the whole certificate; None lets in whatever bears issuer and serial.
    :param source_addresses: addresses and networks it may be used from; none for any.
    :param warned_days: which warnings of its end are needless.
    :raises CertificateTaken: when it is registered for another retailer.
    :raises ValueError: when a source address is none.
    """
    _take_over_unnamed(session, issuer=issuer, serial=serial, retailer_code=retailer_code)
    values = {
        "retailer_code": retailer_code,
        "expires_at": expires_at,
        "purpose": purpose.value,
        "fingerprint": fingerprint,
        "certificate_id": certificate_id,
        "source_addresses": [canonical(text) for text in source_addresses],
        "device": device,
        "holder": holder,
        "warned_days": warned_days,
    }
    registered = session.execute(
        postgresql.insert(CertificateRow)
        .values(issuer=issuer, serial=serial, **values)
        .on_conflict_do_update(
            index_elements=[CertificateRow.issuer, CertificateRow.serial],
            set_=values,
            where=CertificateRow.retailer_code.is_not_distinct_from(retailer_code),
        )
        .returning(CertificateRow.serial)
    ).one_or_none()
    if registered is None:
        taken_by = session.scalars(select(CertificateRow.retailer_code).where(*_named(issuer, serial))).one()
        raise CertificateTaken(issuer=issuer, serial=serial, taken_by=taken_by)


def change_certificate(
    session: Session,
    *,
    issuer: str,
    serial: str,
    source_addresses: Iterable[str] | None = None,
    certificate_id: str | None = None,
    device: str | None = None,
    holder: str | None = None,
) -> None:
    """Change what is known of a certificate; None leaves it as it is.

    :raises NoSuchCertificate: when it is not registered.
    :raises ValueError: when a source address is none.
    """
    addresses = None if source_addresses is None else [canonical(text) for text in source_addresses]
    given = {
        "source_addresses": addresses,
        "certificate_id": certificate_id,
        "device": device,
        "holder": holder,
    }
    _update(session, issuer, serial, {name: value for name, value in given.items() if value is not None})


def note_successor(
    session: Session, *, issuer: str, serial: str, successor: tuple[str, str], until: datetime, warned_days: int | None
) -> None:
    """Note that another certificate takes the place of one, which may be used beside it for a time.

    :param successor: issuer and serial of the one that does.
    :raises NoSuchCertificate: when the one whose place is taken is not registered.
    """
    successor_issuer, successor_serial = successor
    values = {
        "successor_issuer": successor_issuer,
        "successor_serial": successor_serial,
        "replaced_until": until,
        "warned_days": warned_days,
    }
    _update(session, issuer, serial, values)


def revoke_certificate(session: Session, *, issuer: str, serial: str, at: datetime) -> None:
    """Revoke a certificate; one that is revoked already keeps its time.

    :raises NoSuchCertificate: when it is not registered.
    """
    _update(session, issuer, serial, {"revoked_at": func.coalesce(CertificateRow.revoked_at, at)})


def note_warned(session: Session, *, issuer: str, serial: str, days: int) -> None:
    """Note which warning of its end a certificate's retailer was sent.

    :raises NoSuchCertificate: when it is not registered.
    """
    _update(session, issuer, serial, {"warned_days": days})


def note_change(
    session: Session,
    *,
    issuer: str = "",
    serial: str = "",
    retailer_code: str | None,
    use_case: UseCase,
    by_user: str,
    source_address: str,
    reason: str,
    details: str,
) -> None:
    """Put on record what was done to a certificate, or to all of a retailer's, by whom and why."""
    session.execute(
        insert(CertificateChangeRow).values(
            issuer=issuer,
            serial=serial,
            retailer_code=retailer_code,
            use_case=use_case.value,
            by_user=by_user,
            source_address=source_address,
            reason=reason,
            details=details,
        )
    )


def note_notice(session: Session, notice: CertificateNotice, *, retailer_code: str | None) -> None:
    """Note that a retailer is to be told of a certificate by mail; the hub operator is told nothing of its own."""
    if retailer_code is not None:
        session.execute(note_certificate(notice, retailer_code=retailer_code))


def lock_retailer(session: Session, *, code: str) -> None:
    """Have whoever changes a retailer's certificates go one after the other, until the transaction ends.

    :raises NoSuchRetailer: when there is none of the code.
    """
    mine = (ParticipantRow.code == code, ParticipantRow.role == ParticipantRole.RETAILER.value)
    if session.scalar(select(ParticipantRow.code).where(*mine).with_for_update(key_share=True)) is None:
        raise NoSuchRetailer(code)


def _update(session: Session, issuer: str, serial: str, values: dict[str, object]) -> None:
    updated = session.execute(
        update(CertificateRow).where(*_named(issuer, serial)).values(values).returning(CertificateRow.serial)
    ).one_or_none()
    if updated is None:
        raise NoSuchCertificate(serial)


def _take_over_unnamed(session: Session, *, issuer: str, serial: str, retailer_code: str | None) -> None:
    """Name the issuer of one registered before issuers were noted; it keeps its row, and with it its revocation."""
    unnamed = (*_named("", serial), CertificateRow.retailer_code == retailer_code)
    if session.scalars(select(CertificateRow.serial).where(*_named(issuer, serial))).one_or_none() is None:
        session.execute(update(CertificateRow).where(*unnamed).values(issuer=issuer))


def _named(issuer: str, serial: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return CertificateRow.issuer == issuer, CertificateRow.serial == serial
