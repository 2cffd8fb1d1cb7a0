"""The web application of these tests: on the real database, its other parts as each test wants them."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache, FileSystemBytecodeCache
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


Applications = Callable[..., Flask]
"""Makes a web application from settings, and from what delivers decisions where that matters."""


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> BytecodeCache:
    """The templates of all web applications of these tests, compiled once."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def application(templates: BytecodeCache) -> Applications:
    """How these tests make a web application."""

    def make(settings: Settings, *, deliver: Deliver | None = None) -> Flask:
        app = create_app(settings, deliver=deliver)
        app.jinja_env.bytecode_cache = templates
        return app

    return make


@pytest.fixture
def client(settings: Settings, application: Applications) -> FlaskClient:
    """A browser."""
    return application(settings).test_client()


@pytest.fixture
def without_database(settings: Settings, application: Applications) -> FlaskClient:
    """A browser of a hub whose database is away."""
    away = SecretStr(f"postgresql://hub@127.0.0.1:{free_port()}/hub")
    return application(settings.model_copy(update={"database_url": away})).test_client()


class Browsers:
    """Browsers of people who are logged in to one web application."""

    def __init__(self, app: Flask, database: Database) -> None:
        self.app = app
        self._database = database

    def of(self, person: Person | None) -> FlaskClient:
        """This function will give a new browser in which a person is logged in, or nobody."""
        client = self.app.test_client()
        if person is not None:
            with client.session_transaction() as cookie:
                cookie["token"] = token_of(self._database, person)
        return client


@pytest.fixture
def browsers(settings: Settings, database: Database, application: Applications) -> Browsers:
    """Browsers of the cast in ``tests.support.people``."""
    return Browsers(application(settings), database)


@pytest.fixture
def working_browsers(
    hub: Hub,
    settings: Settings,
    database: Database,
    temporal_server: TemporalServer,
    application: Applications,
    monkeypatch: pytest.MonkeyPatch,
) -> Browsers:
    """The same where decisions reach a real Temporal, and a worker works."""
    monkeypatch.setenv("TEMPORAL_ADDRESS", temporal_server.address)
    return Browsers(application(settings, deliver=hub.deliver), database)
