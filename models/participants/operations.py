"""Writes on participants and certificates."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.participants.tables import CertificateRow, ParticipantRow
from runtime.addresses import canonical
from schemas.checks import is_in_reach
from schemas.codes import Area, ParticipantRole


class NoSuchRetailer(Exception):
    """No retailer takes part under the code."""


class DayOutOfReach(Exception):
    """A day lies too far off to be reckoned with."""


class NoSuchCertificate(Exception):
    """The certificate is not registered."""


def register_participant(
    session: Session,
    *,
    code: str,
    name: str,
    role: ParticipantRole,
    area: Area | None,
    valid_from: date,
    valid_to: date | None = None,
    result_mail: str | None = None,
) -> None:
    """Register a participant, or bring what is known of it up to date.

    :raises DayOutOfReach: when it would take part until a day that nothing can be reckoned from.
    """
    _require_reach(valid_to)
    values = {
        "name": name,
        "role": role.value,
        "area": None if area is None else area.value,
        "valid_from": valid_from,
        "valid_to": valid_to,
        "result_mail": result_mail,
    }
    session.execute(
        insert(ParticipantRow)
        .values(code=code, **values)
        .on_conflict_do_update(index_elements=[ParticipantRow.code], set_=values)
    )


def leave_market(session: Session, *, code: str, last_day: date) -> None:
    """Set the last day on which a retailer takes part: nothing is registered on it afterwards.

    :raises NoSuchRetailer: when there is none of the code.
    :raises DayOutOfReach: when nothing can be reckoned from the day.
    """
    _require_reach(last_day)
    left = session.execute(
        update(ParticipantRow)
        .where(ParticipantRow.code == code, ParticipantRow.role == ParticipantRole.RETAILER.value)
        .values(valid_to=last_day)
        .returning(ParticipantRow.code)
    ).one_or_none()
    if left is None:
        raise NoSuchRetailer(code)


class CertificateTaken(Exception):
    """The certificate is registered for another retailer; the text says for which, and what to do."""

    def __init__(self, *, issuer: str, serial: str, taken_by: str) -> None:
        super().__init__(
            f"証明書（発行者 {issuer}、シリアル番号 {serial}）は、事業者 {taken_by} のものとして登録されています。"
            "ほかの事業者には登録できません。発行者とシリアル番号を確かめ、その事業者の新しい証明書を登録してください。"
        )
        self.taken_by = taken_by


def register_certificate(
    session: Session,
    *,
    issuer: str,
    serial: str,
    retailer_code: str,
    expires_at: datetime,
    source_addresses: Iterable[str] = (),
) -> None:
    """Register a client certificate, or bring what is known of it up to date.

    A certificate that was revoked stays so. Issuer and serial are as :mod:`runtime.client_certificates` writes them.

    :param source_addresses: addresses and networks it may be used from; none for any.
    :raises CertificateTaken: when it is registered for another retailer.
    :raises ValueError: when a source address is none.
    """
    _take_over_unnamed(session, issuer=issuer, serial=serial, retailer_code=retailer_code)
    addresses = [canonical(text) for text in source_addresses]
    values = {"retailer_code": retailer_code, "expires_at": expires_at, "source_addresses": addresses}
    registered = session.execute(
        insert(CertificateRow)
        .values(issuer=issuer, serial=serial, **values)
        .on_conflict_do_update(
            index_elements=[CertificateRow.issuer, CertificateRow.serial],
            set_=values,
            where=CertificateRow.retailer_code == retailer_code,
        )
        .returning(CertificateRow.serial)
    ).one_or_none()
    if registered is None:
        taken_by = session.scalars(select(CertificateRow.retailer_code).where(*_named(issuer, serial))).one()
        raise CertificateTaken(issuer=issuer, serial=serial, taken_by=taken_by)


def revoke_certificate(session: Session, *, issuer: str, serial: str, at: datetime) -> None:
    """Revoke a certificate; one that is revoked already keeps its time.

    :raises NoSuchCertificate: when it is not registered.
    """
    revoked = session.execute(
        update(CertificateRow)
        .where(*_named(issuer, serial))
        .values(revoked_at=func.coalesce(CertificateRow.revoked_at, at))
        .returning(CertificateRow.serial)
    ).one_or_none()
    if revoked is None:
        raise NoSuchCertificate(serial)


def _require_reach(last_day: date | None) -> None:
    if not is_in_reach(last_day):
        raise DayOutOfReach(str(last_day))


def _take_over_unnamed(session: Session, *, issuer: str, serial: str, retailer_code: str) -> None:
    """Name the issuer of one registered before issuers were noted; it keeps its row, and with it its revocation."""
    unnamed = (*_named("", serial), CertificateRow.retailer_code == retailer_code)
    if session.scalars(select(CertificateRow.serial).where(*_named(issuer, serial))).one_or_none() is None:
        session.execute(update(CertificateRow).where(*unnamed).values(issuer=issuer))


def _named(issuer: str, serial: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return CertificateRow.issuer == issuer, CertificateRow.serial == serial
