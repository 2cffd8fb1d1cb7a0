"""Reads on participants and certificates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ARRAY, Text, bindparam, func, select
from sqlalchemy.orm import Session

from models.clock import NOW
from models.participants.tables import CertificateRow, ParticipantRow
from models.prepared import Line, Prepared
from rules.calendar import day_of
from schemas.codes import Area, ParticipantRole
from schemas.interfaces.participants import Participant


@dataclass(frozen=True)
class RegisteredCertificate:
    """A client certificate as the hub knows it, and the retailer it is bound to."""

    serial: str
    retailer_code: str
    expires_at: datetime
    revoked_at: datetime | None
    source_addresses: tuple[str, ...]
    """Addresses it may be used from; empty for any."""
    retailer_active: bool
    """True where the retailer takes part on this day of business time."""


_CERTIFICATE = Prepared(
    select(
        CertificateRow.serial,
        CertificateRow.retailer_code,
        CertificateRow.expires_at,
        CertificateRow.revoked_at,
        CertificateRow.source_addresses,
        ParticipantRow.role,
        ParticipantRow.valid_from,
        ParticipantRow.valid_to,
        NOW.scalar_subquery().label("now"),
    )
    .join(ParticipantRow, ParticipantRow.code == CertificateRow.retailer_code)
    .where(CertificateRow.issuer == bindparam("issuer"), CertificateRow.serial == bindparam("serial"))
)


def find_certificate(line: Line, *, issuer: str, serial: str) -> RegisteredCertificate | None:
    """Find a certificate by what names it (:class:`runtime.client_certificates.ClientCertificate`)."""
    row = next(iter(_CERTIFICATE.rows(line, issuer=issuer, serial=serial)), None)
    if row is None:
        return None
    return RegisteredCertificate(
        serial=row.serial,
        retailer_code=row.retailer_code,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        source_addresses=tuple(row.source_addresses),
        retailer_active=row.role == ParticipantRole.RETAILER.value and takes_part(row, on=day_of(row.now)),
    )


_IS_RETAILER = ParticipantRow.role == ParticipantRole.RETAILER.value
_VALIDITY = Prepared(
    select(ParticipantRow.valid_from, ParticipantRow.valid_to).where(
        ParticipantRow.code == bindparam("wanted"), _IS_RETAILER
    )
)


def is_active_retailer(line: Line, *, code: str, on: date) -> bool:
    """Tell whether a retailer takes part on a day."""
    return any(takes_part(row, on=on) for row in _VALIDITY.rows(line, wanted=code))


_GONE = Prepared(select(ParticipantRow.code).where(_IS_RETAILER, ParticipantRow.valid_to < bindparam("today")))


def retailers_gone(line: Line, *, today: date) -> set[str]:
    """Give the codes of the retailers whose last day is past."""
    return {row.code for row in _GONE.rows(line, today=today)}


@dataclass(frozen=True)
class LastDay:
    """The end of a retailer's validity (事業者一覧)."""

    retailer_code: str
    day: date


_FIRST_LAST_DAY = Prepared(
    select(ParticipantRow.code, ParticipantRow.valid_to)
    .where(
        ParticipantRow.code == func.any(bindparam("codes", type_=ARRAY(Text))),
        _IS_RETAILER,
        ParticipantRow.valid_to.is_not(None),
    )
    .order_by(ParticipantRow.valid_to, ParticipantRow.code)
    .limit(1)
)


def first_last_day(line: Line, *, codes: Iterable[str | None]) -> LastDay | None:
    """Find which of some retailers is the first to take part no longer; None where all take part without end."""
    rows = _FIRST_LAST_DAY.rows(line, codes=[code for code in codes if code is not None])
    return next((LastDay(row.code, row.valid_to) for row in rows), None)


def takes_part(row: Any, *, on: date) -> bool:
    """Tell whether a day lies within ``valid_from`` and ``valid_to`` of a participant, or of its row."""
    return bool(row.valid_from <= on and (row.valid_to is None or on <= row.valid_to))


def participant_name(session: Session, *, code: str) -> str | None:
    """Give the name of a participant; None where there is none of that code."""
    return session.scalar(select(ParticipantRow.name).where(ParticipantRow.code == code))


def all_participants(session: Session) -> list[Participant]:
    """List the participants by code."""
    rows = session.execute(
        select(
            ParticipantRow.code,
            ParticipantRow.name,
            ParticipantRow.role,
            ParticipantRow.area,
            ParticipantRow.valid_from,
            ParticipantRow.valid_to,
        ).order_by(ParticipantRow.code)
    )
    return [
        Participant(
            code=row.code,
            name=row.name,
            role=ParticipantRole(row.role),
            area=None if row.area is None else Area(row.area),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in rows
    ]
