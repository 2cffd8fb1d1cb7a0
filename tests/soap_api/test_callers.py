"""From a client certificate to its retailer, and every reason why it may not come in."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from models.certificates.operations import note_successor, register_certificate, revoke_certificate
from models.clock import business_now, move_clock
from models.database import Database
from models.participants.operations import register_participant, set_api_start
from rules.calendar import day_of
from runtime.client_certificates import ClientCertificate
from schemas.codes import Area, CertificatePurpose, ParticipantRole
from schemas.findings import Refusal
from schemas.refusal_codes import RefusalCode
from soap_api.callers import identify
from tests.support.cast import NEW
from usecases.actors import RetailerSystem

NOW = datetime(2026, 8, 12, 1, 0, tzinfo=UTC)
PEER = ClientCertificate(
    issuer="CN=Authority of the Field",
    serial="a1b",
    subject="CN=1001",
    valid_from=datetime(2026, 8, 1, tzinfo=UTC),
    expires_at=datetime(2026, 9, 1, tzinfo=UTC),
)


@pytest.fixture
def registered(retailers: Database) -> Database:
    register(retailers)
    return retailers


def register(
    database: Database, *, retailer: str = NEW, expires_at: datetime | None = None, addresses: tuple[str, ...] = ()
) -> None:
    with database.transaction() as session:
        register_certificate(
            session,
            issuer=PEER.issuer,
            serial=PEER.serial,
            retailer_code=retailer,
            expires_at=expires_at or NOW + timedelta(days=20),
            source_addresses=addresses,
        )


def seen(
    database: Database,
    *,
    peer: ClientCertificate | None = PEER,
    source_address: str = "203.0.113.7",
    now: datetime = NOW,
) -> RetailerSystem | RefusalCode:
    caller = identify(peer, source_address=source_address, now=now, database=database)
    return caller.code if isinstance(caller, Refusal) else caller


def test_a_registered_certificate_names_its_retailer(registered: Database) -> None:
    assert seen(registered) == RetailerSystem(NEW, "203.0.113.7")


def test_no_certificate(registered: Database) -> None:
    assert seen(registered, peer=None) is RefusalCode.NO_CERTIFICATE


def test_a_certificate_that_is_not_registered(registered: Database) -> None:
    assert seen(registered, peer=replace(PEER, serial="a1c")) is RefusalCode.CERTIFICATE_NOT_REGISTERED


def test_a_registered_serial_of_another_authority_is_not_registered(registered: Database) -> None:
    other = replace(PEER, issuer="CN=Another Authority of the Field")

    assert seen(registered, peer=other) is RefusalCode.CERTIFICATE_NOT_REGISTERED


def test_another_of_the_same_names_is_not_the_one_that_was_registered(retailers: Database) -> None:
    ours, theirs = (replace(PEER, fingerprint=fingerprint) for fingerprint in ("aa", "bb"))
    with retailers.transaction() as session:
        register_certificate(
            session,
            issuer=PEER.issuer,
            serial=PEER.serial,
            retailer_code=NEW,
            expires_at=NOW + timedelta(days=20),
            fingerprint="aa",
        )

    assert isinstance(seen(retailers, peer=ours), RetailerSystem)
    assert seen(retailers, peer=theirs) is RefusalCode.CERTIFICATE_NOT_REGISTERED
    assert seen(retailers, peer=PEER) is RefusalCode.CERTIFICATE_NOT_REGISTERED


def test_a_revoked_certificate(registered: Database) -> None:
    with registered.transaction() as session:
        revoke_certificate(session, issuer=PEER.issuer, serial=PEER.serial, at=NOW)

    assert isinstance(seen(registered, now=NOW - timedelta(seconds=1)), RetailerSystem)
    assert seen(registered) is RefusalCode.CERTIFICATE_REVOKED


class TestExpiry:
    def test_by_its_registration(self, retailers: Database) -> None:
        register(retailers, expires_at=NOW)

        assert isinstance(seen(retailers, now=NOW - timedelta(seconds=1)), RetailerSystem)
        assert seen(retailers) is RefusalCode.CERTIFICATE_EXPIRED

    def test_by_its_own_word(self, registered: Database) -> None:
        expired = replace(PEER, expires_at=NOW)

        assert isinstance(seen(registered, peer=expired, now=NOW - timedelta(seconds=1)), RetailerSystem)
        assert seen(registered, peer=expired) is RefusalCode.CERTIFICATE_EXPIRED

    def test_before_it_begins(self, registered: Database) -> None:
        early = replace(PEER, valid_from=datetime(2026, 8, 13, tzinfo=UTC))

        assert seen(registered, peer=early) is RefusalCode.CERTIFICATE_NOT_YET_VALID
        assert isinstance(seen(registered, peer=early, now=early.valid_from), RetailerSystem)

    def test_the_business_clock_has_no_say(self, registered: Database) -> None:
        with registered.transaction() as session:
            move_clock(session, by=timedelta(days=3650))

        assert isinstance(seen(registered), RetailerSystem)


class TestReplaced:
    def test_it_comes_in_until_the_time_beside_its_successor_is_over(self, registered: Database) -> None:
        until = NOW + timedelta(days=14)
        with registered.transaction() as session:
            register_certificate(
                session, issuer=PEER.issuer, serial="b2c", retailer_code=NEW, expires_at=NOW + timedelta(days=400)
            )
            note_successor(
                session,
                issuer=PEER.issuer,
                serial=PEER.serial,
                successor=(PEER.issuer, "b2c"),
                until=until,
                warned_days=None,
            )

        assert isinstance(seen(registered, now=until - timedelta(seconds=1)), RetailerSystem)
        assert seen(registered, now=until) is RefusalCode.CERTIFICATE_REPLACED
        new_one = replace(PEER, serial="b2c", expires_at=NOW + timedelta(days=400))
        assert isinstance(seen(registered, peer=new_one, now=until), RetailerSystem)


@pytest.mark.parametrize("retailer", [NEW, None], ids=["a-retailers", "the-hub-operators"])
def test_a_certificate_of_people_is_no_systems(retailers: Database, retailer: str | None) -> None:
    with retailers.transaction() as session:
        register_certificate(
            session,
            issuer=PEER.issuer,
            serial=PEER.serial,
            retailer_code=retailer,
            expires_at=NOW + timedelta(days=20),
            purpose=CertificatePurpose.SCREENS,
        )

    assert seen(retailers) is RefusalCode.CERTIFICATE_PURPOSE


def test_nobody_comes_in_before_the_day_from_which_the_retailer_uses_the_api(registered: Database) -> None:
    with registered.transaction() as session:
        tomorrow = day_of(business_now(session)) + timedelta(days=1)
        set_api_start(session, code=NEW, day=tomorrow)
    assert seen(registered) is RefusalCode.API_NOT_STARTED

    with registered.transaction() as session:
        move_clock(session, by=timedelta(days=1))
    assert isinstance(seen(registered), RetailerSystem)


def test_from_an_address_that_is_not_registered_nothing_is_heard_of_how_it_stands(retailers: Database) -> None:
    register(retailers, expires_at=NOW - timedelta(days=1), addresses=("203.0.113.7",))
    with retailers.transaction() as session:
        revoke_certificate(session, issuer=PEER.issuer, serial=PEER.serial, at=NOW - timedelta(days=2))

    assert seen(retailers, source_address="203.0.113.8") is RefusalCode.SOURCE_ADDRESS
    assert seen(retailers, source_address="203.0.113.7") is RefusalCode.CERTIFICATE_REVOKED


@pytest.mark.parametrize(
    ("addresses", "source", "may"),
    [
        (("203.0.113.7",), "203.0.113.7", True),
        (("203.0.113.7",), "203.0.113.8", False),
        (("198.51.100.1", "203.0.113.0/24"), "203.0.113.200", True),
        (("203.0.113.0/24",), "203.0.114.1", False),
        (("2001:db8::/32",), "2001:db8::1", True),
        (("2001:db8::/32",), "203.0.113.7", False),
        ((), "192.0.2.1", True),
        (("203.0.113.7",), "::ffff:203.0.113.7", True),
        (("203.0.113.0/24",), "::ffff:203.0.114.1", False),
        (("::ffff:203.0.113.7",), "203.0.113.7", True),
        (("::ffff:203.0.113.0/120",), "203.0.113.200", True),
        (("2001:db8::1",), "2001:0db8:0:0::1", True),
    ],
)
def test_the_source_address_is_one_of_those_registered(
    retailers: Database, addresses: tuple[str, ...], source: str, may: bool
) -> None:
    register(retailers, addresses=addresses)

    caller = seen(retailers, source_address=source)

    assert isinstance(caller, RetailerSystem) if may else caller is RefusalCode.SOURCE_ADDRESS


class TestActive:
    def test_a_retailer_that_left_by_the_business_date(self, registered: Database) -> None:
        with registered.transaction() as session:
            today = day_of(business_now(session))
            register_participant(
                session,
                code=NEW,
                name="あおぞら電力株式会社",
                role=ParticipantRole.RETAILER,
                area=None,
                valid_from=date(2016, 4, 1),
                valid_to=today + timedelta(days=1),
            )
        assert isinstance(seen(registered), RetailerSystem)

        with registered.transaction() as session:
            move_clock(session, by=timedelta(days=2))
        assert seen(registered) is RefusalCode.RETAILER_NOT_ACTIVE

    def test_a_grid_operator_is_no_retailer(self, retailers: Database) -> None:
        with retailers.transaction() as session:
            register_participant(
                session,
                code="9103",
                name="東京電力パワーグリッド株式会社",
                role=ParticipantRole.GRID_OPERATOR,
                area=Area.TOKYO,
                valid_from=date(2016, 4, 1),
            )
        register(retailers, retailer="9103")

        assert seen(retailers) is RefusalCode.RETAILER_NOT_ACTIVE
