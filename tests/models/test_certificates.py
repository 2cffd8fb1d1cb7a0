"""The registry of client certificates: by issuer and serial, never bound anew."""

from datetime import UTC, datetime, timedelta

import pytest

from models.certificates.operations import (
    CertificateTaken,
    NoSuchCertificate,
    register_certificate,
    revoke_certificate,
)
from models.certificates.queries import find_certificate
from models.certificates.tables import CertificateRow
from models.clock import business_now
from models.database import Database
from models.participants.operations import register_participant
from rules.calendar import day_of
from rules.certificates.registered import RegisteredCertificate
from schemas.codes import CertificatePurpose, ParticipantRole
from tests.support.cast import CURRENT, NEW, register_retailers

EXPIRES = datetime(2027, 4, 1, tzinfo=UTC)
ISSUER, OTHER_ISSUER = "CN=Authority of the Field", "CN=Another Authority of the Field"


def test_a_certificate_is_found_by_its_serial(database: Database) -> None:
    with database.transaction() as session:
        register_retailers(session)
        register_certificate(
            session, issuer=ISSUER, serial="1a2b", retailer_code=NEW, expires_at=EXPIRES, source_addresses=["192.0.2.1"]
        )
        assert find_certificate(session, issuer=ISSUER, serial="1a2b") == RegisteredCertificate(
            serial="1a2b",
            retailer_code=NEW,
            purpose=CertificatePurpose.API,
            expires_at=EXPIRES,
            revoked_at=None,
            source_addresses=("192.0.2.1",),
            retailer_active=True,
        )
        assert find_certificate(session, issuer=ISSUER, serial="1a2c") is None


@pytest.mark.parametrize(
    ("role", "first", "last", "active"),
    [
        pytest.param(ParticipantRole.RETAILER, 0, 0, True, id="today-alone"),
        pytest.param(ParticipantRole.RETAILER, 1, None, False, id="from-tomorrow"),
        pytest.param(ParticipantRole.RETAILER, -2, -1, False, id="until-yesterday"),
        pytest.param(ParticipantRole.GRID_OPERATOR, 0, None, False, id="no-retailer"),
    ],
)
def test_a_certificate_tells_whether_its_retailer_takes_part_today(
    database: Database, role: ParticipantRole, first: int, last: int | None, active: bool
) -> None:
    with database.transaction() as session:
        today = day_of(business_now(session))
        register_participant(
            session,
            code="1009",
            name="あかつき電力株式会社",
            role=role,
            area=None,
            valid_from=today + timedelta(days=first),
            valid_to=None if last is None else today + timedelta(days=last),
        )
        register_certificate(session, issuer=ISSUER, serial="1a2b", retailer_code="1009", expires_at=EXPIRES)
        certificate = find_certificate(session, issuer=ISSUER, serial="1a2b")

    assert certificate is not None and certificate.retailer_active is active


def test_a_certificate_is_never_bound_to_another_retailer(database: Database) -> None:
    with database.transaction() as session:
        register_retailers(session)
        register_certificate(session, issuer=ISSUER, serial="1a2b", retailer_code=NEW, expires_at=EXPIRES)
    with pytest.raises(CertificateTaken, match=f"事業者 {NEW} のもの"), database.transaction() as session:
        register_certificate(session, issuer=ISSUER, serial="1a2b", retailer_code=CURRENT, expires_at=EXPIRES)

    with database.transaction() as session:
        certificate = find_certificate(session, issuer=ISSUER, serial="1a2b")
    assert certificate is not None and certificate.retailer_code == NEW


def test_the_same_serial_of_another_authority_is_another_certificate(database: Database) -> None:
    with database.transaction() as session:
        register_retailers(session)
        register_certificate(session, issuer=ISSUER, serial="1a2b", retailer_code=NEW, expires_at=EXPIRES)
        assert find_certificate(session, issuer=OTHER_ISSUER, serial="1a2b") is None

        register_certificate(session, issuer=OTHER_ISSUER, serial="1a2b", retailer_code=CURRENT, expires_at=EXPIRES)
        certificates = [find_certificate(session, issuer=issuer, serial="1a2b") for issuer in (ISSUER, OTHER_ISSUER)]

    assert [certificate and certificate.retailer_code for certificate in certificates] == [NEW, CURRENT]


def test_what_was_registered_without_its_issuer_lets_nobody_in_until_it_is_registered_again(
    database: Database,
) -> None:
    revoked_at = datetime(2026, 8, 1, tzinfo=UTC)
    with database.transaction() as session:
        register_retailers(session)
        for serial, at in (("1a2b", None), ("3c4d", revoked_at)):
            session.add(
                CertificateRow(serial=serial, retailer_code=NEW, expires_at=EXPIRES, revoked_at=at, source_addresses=[])
            )
        session.flush()
        assert find_certificate(session, issuer=ISSUER, serial="1a2b") is None

        for serial in ("1a2b", "3c4d"):
            register_certificate(session, issuer=ISSUER, serial=serial, retailer_code=NEW, expires_at=EXPIRES)
        certificates = [find_certificate(session, issuer=ISSUER, serial=serial) for serial in ("1a2b", "3c4d")]

    assert [certificate and certificate.revoked_at for certificate in certificates] == [None, revoked_at]


@pytest.mark.parametrize(
    ("written", "stored"),
    [("::ffff:192.0.2.1", "192.0.2.1"), ("192.0.2.7/24", "192.0.2.0/24"), ("::ffff:192.0.2.0/120", "192.0.2.0/24")],
)
def test_source_addresses_are_kept_in_one_form(database: Database, written: str, stored: str) -> None:
    with database.transaction() as session:
        register_retailers(session)
        register_certificate(
            session, issuer=ISSUER, serial="1a2b", retailer_code=NEW, expires_at=EXPIRES, source_addresses=[written]
        )
        certificate = find_certificate(session, issuer=ISSUER, serial="1a2b")

    assert certificate is not None and certificate.source_addresses == (stored,)


def test_what_is_no_address_is_refused_when_it_is_registered(database: Database) -> None:
    with pytest.raises(ValueError, match="office"), database.transaction() as session:
        register_retailers(session)
        register_certificate(
            session, issuer=ISSUER, serial="1a2b", retailer_code=NEW, expires_at=EXPIRES, source_addresses=["office"]
        )


def test_a_revoked_certificate_keeps_its_first_time_and_stays_revoked(database: Database) -> None:
    first, second = datetime(2026, 8, 1, tzinfo=UTC), datetime(2026, 8, 2, tzinfo=UTC)
    with database.transaction() as session:
        register_retailers(session)
        register_certificate(session, issuer=ISSUER, serial="1a2b", retailer_code=NEW, expires_at=EXPIRES)
        for at in (first, second):
            revoke_certificate(session, issuer=ISSUER, serial="1a2b", at=at)
        register_certificate(session, issuer=ISSUER, serial="1a2b", retailer_code=NEW, expires_at=EXPIRES)
        certificate = find_certificate(session, issuer=ISSUER, serial="1a2b")

    assert certificate is not None and certificate.revoked_at == first


def test_what_is_not_registered_cannot_be_revoked(database: Database) -> None:
    with database.transaction() as session, pytest.raises(NoSuchCertificate):
        revoke_certificate(session, issuer=ISSUER, serial="dead", at=EXPIRES)
