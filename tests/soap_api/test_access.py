"""Who may come in: a real server, real mutual TLS, each reason its own fault, and nothing happens."""

import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models.certificates.operations import revoke_certificate
from models.database import Database
from models.participants.operations import register_participant
from schemas.codes import ParticipantRole
from schemas.interfaces.referral import REFERRAL
from schemas.reading import RawValue
from tests.soap_support.answers import Answer
from tests.support.cast import NEW
from tests.support.certificates import (
    YESTERDAY,
    client_certificate,
    foreign_certificate,
    register_issued,
)
from tests.support.database_contents import all_of_cases, rows
from tests.support.raw_requests import registration
from tests.support.soap_server import SoapServer

REPLACED = "replaced_until = clock_timestamp(), successor_issuer = issuer, successor_serial = serial"


@pytest.fixture
def values(retailers: Database) -> Mapping[str, RawValue]:
    """Fill in a registration that would open a case."""
    return registration(retailers)


def assert_refused(answer: Answer, code: str, words: str, database: Database) -> None:
    assert (answer.status, answer.fault_code, answer.code) == (500, "Client", code)
    assert answer.fault is not None and words in answer.fault.message
    assert all_of_cases(database)["cases"] == all_of_cases(database)["messages"] == []


def ask(soap: SoapServer, certificate: Path | None, values: Mapping[str, RawValue]) -> Answer:
    with soap.connect(certificate) as connection:
        return connection.call(REFERRAL, values)


def test_a_registered_certificate_comes_in(
    soap_process: SoapServer, retailers: Database, values: Mapping[str, RawValue]
) -> None:
    issued = client_certificate(soap_process.certificates, "sound")
    register_issued(retailers, issued, retailer=NEW)

    assert ask(soap_process, issued.path, values).status == 200


def test_a_second_authoritys_certificate_with_a_registered_serial_is_another_one(
    soap_process_of_two_authorities: SoapServer, retailers: Database, values: Mapping[str, RawValue]
) -> None:
    server = soap_process_of_two_authorities
    ours = client_certificate(server.certificates, "ours")
    register_issued(retailers, ours, retailer=NEW)
    theirs = foreign_certificate(server.certificates, serial=ours.serial)
    assert theirs.serial == ours.serial

    assert_refused(ask(server, theirs.path, values), "HUB-A002", "登録されていません", retailers)
    assert ask(server, ours.path, values).status == 200


def test_no_certificate(soap_process: SoapServer, retailers: Database, values: Mapping[str, RawValue]) -> None:
    assert_refused(ask(soap_process, None, values), "HUB-A001", "提示されていません", retailers)


def test_a_certificate_of_ours_that_is_not_registered(
    soap_process: SoapServer, retailers: Database, values: Mapping[str, RawValue]
) -> None:
    issued = client_certificate(soap_process.certificates, "unregistered")

    assert_refused(ask(soap_process, issued.path, values), "HUB-A002", "登録されていません", retailers)


def test_a_certificate_that_is_revoked_while_its_connection_is_kept(
    soap_process: SoapServer, retailers: Database, values: Mapping[str, RawValue]
) -> None:
    issued = client_certificate(soap_process.certificates, "revoked")
    register_issued(retailers, issued, retailer=NEW)
    with soap_process.connect(issued.path) as connection:
        assert connection.get("/soap/low_voltage?wsdl")[0] == 200
        with retailers.transaction() as session:
            revoke_certificate(session, issuer=issued.issuer, serial=issued.serial, at=datetime.now(UTC))

        answer = connection.call(REFERRAL, values)

        assert connection.opened == 1
    assert_refused(answer, "HUB-A003", "失効しています", retailers)


@pytest.mark.parametrize(
    ("what_happens", "code", "words"),
    [
        ("UPDATE client_certificates SET expires_at = clock_timestamp()", "HUB-A004", "有効期限が切れています"),
        (f"UPDATE client_certificates SET {REPLACED}", "HUB-A008", "更新後の証明書"),
        ("UPDATE client_certificates SET source_addresses = '{203.0.113.7}'", "HUB-A005", "接続元"),
        ("UPDATE client_certificates SET purpose = 'screens'", "HUB-A009", "用途"),
        ("UPDATE participants SET api_from = current_date + 2", "HUB-A010", "API利用開始日"),
        ("UPDATE participants SET certificates_stopped_at = clock_timestamp()", "HUB-A011", "停止しています"),
        ("UPDATE participants SET valid_to = current_date - 2", "HUB-A006", "利用できません"),
    ],
)
def test_whatever_ends_a_certificate_holds_at_the_next_request_of_a_kept_connection(
    soap_process: SoapServer,
    retailers: Database,
    values: Mapping[str, RawValue],
    what_happens: str,
    code: str,
    words: str,
) -> None:
    issued = client_certificate(soap_process.certificates, "kept")
    register_issued(retailers, issued, retailer=NEW)
    with soap_process.connect(issued.path) as connection:
        assert connection.get("/soap/low_voltage?wsdl")[0] == 200
        rows(retailers, what_happens + " RETURNING 1")

        answer = connection.call(REFERRAL, values)

        assert connection.opened == 1
    assert_refused(answer, code, words, retailers)


def test_an_expired_certificate(soap_process: SoapServer, retailers: Database, values: Mapping[str, RawValue]) -> None:
    issued = client_certificate(soap_process.certificates, "expired", expires_at=YESTERDAY)
    register_issued(retailers, issued, retailer=NEW)

    assert_refused(ask(soap_process, issued.path, values), "HUB-A004", "有効期限が切れています", retailers)


def test_another_source_address(soap_process: SoapServer, retailers: Database, values: Mapping[str, RawValue]) -> None:
    issued = client_certificate(soap_process.certificates, "elsewhere")
    register_issued(retailers, issued, retailer=NEW, source_addresses=("203.0.113.7",))

    assert_refused(ask(soap_process, issued.path, values), "HUB-A005", "接続元", retailers)


def test_a_retailer_that_has_left(
    soap_process: SoapServer, retailers: Database, values: Mapping[str, RawValue]
) -> None:
    issued = client_certificate(soap_process.certificates, "left", common_name="1009")
    with retailers.transaction() as session:
        register_participant(
            session,
            code="1009",
            name="ゆうぎり電力株式会社",
            role=ParticipantRole.RETAILER,
            area=None,
            valid_from=YESTERDAY.date() - timedelta(days=30),
            valid_to=YESTERDAY.date() - timedelta(days=1),
        )
    register_issued(retailers, issued, retailer="1009")

    assert_refused(ask(soap_process, issued.path, values), "HUB-A006", "利用できません", retailers)


def test_a_certificate_of_an_unknown_authority_ends_in_the_handshake(
    soap_process: SoapServer, values: Mapping[str, RawValue]
) -> None:
    foreign = foreign_certificate(soap_process.certificates)

    with pytest.raises((ssl.SSLError, ConnectionError)):
        ask(soap_process, foreign.path, values)


def test_the_servers_own_certificate_is_no_clients(soap_process: SoapServer, values: Mapping[str, RawValue]) -> None:
    with pytest.raises((ssl.SSLError, ConnectionError)):
        ask(soap_process, soap_process.certificates.soap_server, values)


def test_who_may_not_come_in_is_told_so_before_the_message_is_looked_at(soap_process: SoapServer) -> None:
    with soap_process.connect(None) as connection:
        assert connection.post(b"<not XML").code == "HUB-A001"
