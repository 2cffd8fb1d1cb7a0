"""The web application of these tests: on the real database, its other parts as each test wants them."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr
from structlog.testing import capture_logs

from delivery.commanding import Deliver
from deploy.samples import Person
from deploy.stack.certificates import Certificates
from models.database import Database
from runtime.settings import Settings
from tests.support.database import free_port
from tests.support.hub import Hub
from tests.support.people import token_of
from tests.support.settings import settings_for
from tests.support.temporal import TemporalServer
from web.app import create_app


@pytest.fixture(autouse=True)
def quiet_logs() -> Iterator[None]:
    """Without this, structlog draws every exception at length."""
    with capture_logs():
        yield


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """The certificates of a local stack."""
    made = Certificates(tmp_path_factory.mktemp("tls"))
    made.make_own()
    return made


@pytest.fixture
def settings(database_url: str, certificates: Certificates, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings with a real database; nothing listens on the other ports."""
    monkeypatch.setenv("TEMPORAL_ADDRESS", f"127.0.0.1:{free_port()}")
    grid = f"https://localhost:{free_port()}/grid/{{area}}/{{segment}}"
    return settings_for(database_url, certificates, soap_port=free_port(), grid_url=grid)


@pytest.fixture
def client(settings: Settings) -> FlaskClient:
    """A browser."""
    return create_app(settings).test_client()


@pytest.fixture
def without_database(settings: Settings) -> FlaskClient:
    """A browser of a hub whose database is away."""
    away = SecretStr(f"postgresql://hub@127.0.0.1:{free_port()}/hub")
    return create_app(settings.model_copy(update={"database_url": away})).test_client()


class Browsers:
    """Browsers of people who are logged in to one web application."""

    def __init__(self, settings: Settings, database: Database, *, deliver: Deliver | None = None) -> None:
        self.app = create_app(settings, deliver=deliver)
        self._database = database

    def of(self, person: Person | None) -> FlaskClient:
        """This function will give a new browser in which a person is logged in, or nobody."""
        client = self.app.test_client()
        if person is not None:
            with client.session_transaction() as cookie:
                cookie["token"] = token_of(self._database, person)
        return client


@pytest.fixture
def browsers(settings: Settings, database: Database) -> Browsers:
    """Browsers of the cast in ``tests.support.people``."""
    return Browsers(settings, database)


@pytest.fixture
def working_browsers(
    hub: Hub, settings: Settings, database: Database, temporal_server: TemporalServer, monkeypatch: pytest.MonkeyPatch
) -> Browsers:
    """The same where decisions reach a real Temporal, and a worker works."""
    monkeypatch.setenv("TEMPORAL_ADDRESS", temporal_server.address)
    return Browsers(settings, database, deliver=hub.deliver)
