"""Writes on participants and certificates."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.participants.tables import CertificateRow, ParticipantRow
from schemas.codes import Area, ParticipantRole


class NoSuchRetailer(Exception):
    """No retailer takes part under the code."""


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
    """This function will register a participant, or bring what is known of it up to date."""
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
    """This function will set the last day on which a retailer takes part: nothing is registered on it afterwards.

    :raises NoSuchRetailer: when there is none of the code.
    """
    left = session.execute(
        update(ParticipantRow)
        .where(ParticipantRow.code == code, ParticipantRow.role == ParticipantRole.RETAILER.value)
        .values(valid_to=last_day)
        .returning(ParticipantRow.code)
    ).one_or_none()
    if left is None:
        raise NoSuchRetailer(code)


def register_certificate(
    session: Session, *, serial: str, retailer_code: str, expires_at: datetime, source_addresses: Iterable[str] = ()
) -> None:
    """This function will register a client certificate, or bring what is known of it up to date.

    A certificate that was revoked stays so.
    """
    values = {"retailer_code": retailer_code, "expires_at": expires_at, "source_addresses": list(source_addresses)}
    session.execute(
        insert(CertificateRow)
        .values(serial=serial, **values)
        .on_conflict_do_update(index_elements=[CertificateRow.serial], set_=values)
    )


def revoke_certificate(session: Session, *, serial: str, at: datetime) -> None:
    """This function will revoke a certificate; one that is revoked already keeps its time.

    :raises NoSuchCertificate: when it is not registered.
    """
    revoked = session.execute(
        update(CertificateRow)
        .where(CertificateRow.serial == serial)
        .values(revoked_at=func.coalesce(CertificateRow.revoked_at, at))
        .returning(CertificateRow.serial)
    ).one_or_none()
    if revoked is None:
        raise NoSuchCertificate(serial)
