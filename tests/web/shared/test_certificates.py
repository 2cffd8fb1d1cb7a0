"""Screens ask for a certificate of people's at every request, and show nothing to who has none."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from deploy.authority import read_issued
from deploy.front.places import front_of
from deploy.local_certificates import Certificates
from deploy.samples import Person
from deploy.stack.environment import socket_folder
from deploy.stack.probes import all_listen
from models.certificates.operations import note_successor, register_certificate, revoke_certificate
from models.database import Database
from runtime.client_certificates import ClientCertificate
from runtime.serving import PEER_CERTIFICATE
from schemas.codes import CertificatePurpose
from tests.support.cast import CURRENT, DECIDER, NEW, NEW_SIDE, OPERATOR, register_cast
from tests.support.certificates import client_certificate, register_issued
from tests.support.database import free_port
from tests.support.front import running_front
from tests.support.processes import running_module
from tests.support.settings import Settings, environment_for
from tests.support.small_front import context_of
from tests.web.conftest import Applications, Browsers

NOW = datetime.now(UTC)
OF_NEW = ClientCertificate(
    issuer="CN=Authority of the Field",
    serial="a1",
    subject="CN=1001",
    valid_from=NOW - timedelta(days=1),
    expires_at=NOW + timedelta(days=300),
)
Open = Callable[..., FlaskClient]


@pytest.fixture
def with_certificate(settings: Settings, database: Database, application: Applications) -> Open:
    """Give a browser that shows a certificate, where the screens ask for one, with a person logged in."""
    asked = settings.model_copy(update={"web_client_certificates": True, "web_public_url": "https://hub.example"})
    browsers = Browsers(application(asked), database)

    def opened(
        shown: ClientCertificate | None = OF_NEW, *, person: Person | None = None, address: str = "127.0.0.1"
    ) -> FlaskClient:
        client = browsers.of(person)
        client.environ_base[PEER_CERTIFICATE] = shown  # type: ignore[assignment]  # said to be text alone
        client.environ_base["REMOTE_ADDR"] = address
        return client

    return opened


@pytest.fixture
def cast(database: Database) -> Database:
    with database.transaction() as session:
        register_cast(session)
    return database


def register(
    database: Database,
    *,
    retailer: str | None = NEW,
    purpose: CertificatePurpose = CertificatePurpose.SCREENS,
    expires_at: datetime = OF_NEW.expires_at,
    addresses: tuple[str, ...] = (),
) -> None:
    with database.transaction() as session:
        register_certificate(
            session,
            issuer=OF_NEW.issuer,
            serial=OF_NEW.serial,
            retailer_code=retailer,
            expires_at=expires_at,
            purpose=purpose,
            source_addresses=addresses,
        )


@pytest.mark.parametrize("path", ["/", "/login", "/cases", "/no-such-page", "/cases/SW03L20260101000000017"])
def test_a_stranger_gets_the_same_page_everywhere(with_certificate: Open, cast: Database, path: str) -> None:
    for shown in (None, OF_NEW):
        answer = with_certificate(shown).get(path)
        elsewhere = with_certificate(shown).get("/somewhere")

        assert answer.status_code == elsewhere.status_code == 403
        assert answer.text == elsewhere.text
        assert ("HUB-A001" if shown is None else "HUB-A002") in answer.text


def test_nor_can_a_stranger_log_in(with_certificate: Open, cast: Database) -> None:
    answer = with_certificate().post("/login", data={"user_id": NEW_SIDE.user_id, "password": NEW_SIDE.password})

    assert (answer.status_code, "Set-Cookie" in answer.headers) == (403, False)


def test_whether_the_hub_works_and_how_its_pages_look_is_no_secret(with_certificate: Open) -> None:
    assert with_certificate(None).get("/healthz").status_code in (200, 503)
    assert with_certificate(None).get("/static/hub.css").status_code == 200


def test_who_comes_from_a_registered_machine_sees_the_screens(with_certificate: Open, cast: Database) -> None:
    register(cast)

    assert with_certificate().get("/login").status_code == 200
    assert with_certificate(person=NEW_SIDE).get("/cases").status_code == 200


def test_a_certificate_that_is_revoked_ends_a_login_at_the_next_request(with_certificate: Open, cast: Database) -> None:
    register(cast)
    browser = with_certificate(person=NEW_SIDE)
    assert browser.get("/cases").status_code == 200

    with cast.transaction() as session:
        revoke_certificate(session, issuer=OF_NEW.issuer, serial=OF_NEW.serial, at=datetime.now(UTC))

    refused = browser.get("/cases")
    assert (refused.status_code, "HUB-A003" in refused.text) == (403, True)
    assert NEW_SIDE.name not in refused.text


@pytest.mark.parametrize(
    ("registered", "code"),
    [
        ({"purpose": CertificatePurpose.API}, "HUB-A009"),
        ({"expires_at": NOW}, "HUB-A004"),
        ({"addresses": ("203.0.113.7",)}, "HUB-A005"),
    ],
)
def test_what_is_not_registered_for_it_is_refused(
    with_certificate: Open, cast: Database, registered: dict[str, object], code: str
) -> None:
    register(cast, **registered)  # type: ignore[arg-type]  # of many types

    answer = with_certificate().get("/login")

    assert (answer.status_code, code in answer.text) == (403, True)


def test_an_address_is_the_same_however_it_arrives(with_certificate: Open, cast: Database) -> None:
    register(cast, addresses=("203.0.113.0/24",))

    assert with_certificate(address="::ffff:203.0.113.9").get("/login").status_code == 200
    assert with_certificate(address="203.0.114.9").get("/login").status_code == 403


def test_after_the_time_beside_its_successor_it_is_refused(with_certificate: Open, cast: Database) -> None:
    register(cast)
    with cast.transaction() as session:
        register_certificate(
            session, issuer=OF_NEW.issuer, serial="b2", retailer_code=NEW, expires_at=OF_NEW.expires_at
        )
        note_successor(
            session,
            issuer=OF_NEW.issuer,
            serial=OF_NEW.serial,
            successor=(OF_NEW.issuer, "b2"),
            until=datetime.now(UTC),
            warned_days=None,
        )

    assert "HUB-A008" in with_certificate().get("/login").text


class TestAnothersMachine:
    @pytest.mark.parametrize(
        ("holder", "person"), [(NEW, DECIDER), (NEW, OPERATOR), (None, NEW_SIDE)], ids=["another", "hub", "retailer"]
    )
    def test_nobody_logs_in_there(
        self, with_certificate: Open, cast: Database, holder: str | None, person: Person
    ) -> None:
        register(cast, retailer=holder)
        browser = with_certificate()

        answer = browser.post("/login", data=form_of(browser, person))

        assert (answer.status_code, "この端末のクライアント証明書では" in answer.text) == (422, True)
        assert browser.get("/cases").location.startswith("/login")

    def test_whether_the_password_is_right_comes_first(self, with_certificate: Open, cast: Database) -> None:
        register(cast)
        browser = with_certificate()

        answer = browser.post("/login", data=form_of(browser, DECIDER) | {"password": "another"})

        assert "この端末" not in answer.text and "パスワードが違います" in answer.text

    def test_a_login_that_is_carried_there_is_none(self, with_certificate: Open, cast: Database) -> None:
        register(cast, retailer=CURRENT)

        assert with_certificate(person=DECIDER).get("/cases").status_code == 200
        assert with_certificate(person=NEW_SIDE).get("/cases").status_code == 303
        assert NEW_SIDE.name not in with_certificate(person=NEW_SIDE).get("/").text

    def test_the_hub_operators_people_come_with_its_own(self, with_certificate: Open, cast: Database) -> None:
        register(cast, retailer=None)

        assert with_certificate(person=OPERATOR).get("/cases").status_code == 200


def form_of(browser: FlaskClient, person: Person) -> dict[str, str]:
    """Fill in the login, as the browser was given it."""
    page = browser.get("/login").text
    token = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    return {"csrf_token": token, "user_id": person.user_id, "password": person.password}


@pytest.mark.parametrize(
    ("asked", "url", "sees"),
    [(False, "https://hub.example", 200), (True, "http://localhost:8080", 200), (True, "https://hub.example", 403)],
)
def test_who_turns_it_off_or_stays_on_one_machine_is_not_asked(
    settings: Settings, application: Applications, database: Database, asked: bool, url: str, sees: int
) -> None:
    chosen = settings.model_copy(update={"web_client_certificates": asked, "web_public_url": url})

    assert application(chosen).test_client().get("/login").status_code == sees


class TestThroughTheFront:
    @pytest.fixture
    def line(
        self, settings: Settings, certificates: Certificates, cast: Database, tmp_path: Path
    ) -> Iterator[HTTPSConnection]:
        """Connect to real screens behind the real front, from a machine of the new retailer's."""
        issued = client_certificate(certificates, "machine")
        register_issued(cast, issued, retailer=NEW, purpose=CertificatePurpose.SCREENS)
        port = free_port()
        chosen = settings.model_copy(
            update={
                "web_client_certificates": True,
                "web_public_url": f"https://localhost:{port}",
                "web_port": port,
                "soap_port": free_port(),
                "front_metrics_port": free_port(),
                "web_workers": 2,
                "socket_folder": socket_folder(tmp_path),
            }
        )
        front = front_of(chosen, folder=tmp_path / "front")
        variables = environment_for(chosen, folder=tmp_path) | {"PATH": os.environ["PATH"]}
        with (
            running_module(
                "web.server",
                port=lambda: all_listen(front.screens.processes),
                log=tmp_path / "web.log",
                environment=variables,
            ),
            running_front(front),
        ):
            context = context_of(certificates.folder, "machine")
            connection = HTTPSConnection("localhost", port, context=context, timeout=20)
            yield connection
            connection.close()

    def test_revocation_holds_at_the_next_request_of_a_kept_connection(
        self, line: HTTPSConnection, certificates: Certificates, cast: Database
    ) -> None:
        assert [ask(line) for _ in range(4)] == [200] * 4
        kept = line.sock.getsockname()
        issued = read_issued(certificates.folder / "machine.pem")

        with cast.transaction() as session:
            revoke_certificate(session, issuer=issued.issuer, serial=issued.serial, at=datetime.now(UTC))

        assert [ask(line) for _ in range(4)] == [403] * 4, "by every process"
        assert line.sock.getsockname() == kept


def ask(line: HTTPSConnection) -> int:
    line.request("GET", "/login")
    response = line.getresponse()
    response.read()
    return response.status
