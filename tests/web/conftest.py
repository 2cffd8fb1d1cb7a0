"""The web application of these tests: on the real database, its other parts as each test wants them."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from pydantic import SecretStr
from structlog.testing import capture_logs

from deploy.local_certificates import Certificates
from deploy.samples import Person
from deploy.stack.postgres import Cluster
from grid_client.grid import Grid
from models.database import Database
from temporal.gateway import TemporalGateway
from temporal.handover import OutcomeOpen, hand_over_case
from tests.support.database import free_port
from tests.support.hub import Hub
from tests.support.logins import token_of
from tests.support.settings import Settings, settings_for
from tests.support.temporal import TemporalServer
from usecases.hub import HandOver
from web.wsgi import create_app


@pytest.fixture(autouse=True)
def quiet_logs() -> Iterator[None]:
    """Keep structlog from drawing every exception at length."""
    with capture_logs():
        yield


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    stack_certificates = Certificates(tmp_path_factory.mktemp("tls"))
    stack_certificates.make_own()
    return stack_certificates


@pytest.fixture(scope="session")
def usual_settings(cluster: Cluster, certificates: Certificates) -> Settings:
    """Set a real database; nothing listens on the other ports."""
    grid = f"https://localhost:{free_port()}/grid/{{area}}/{{segment}}"
    return settings_for(cluster.url, certificates, soap_port=free_port(), grid_url=grid)


@pytest.fixture
def settings(usual_settings: Settings, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Empty the database; Temporal is away."""
    monkeypatch.setenv("TEMPORAL_ADDRESS", f"127.0.0.1:{free_port()}")
    return usual_settings


Applications = Callable[..., Flask]
"""Makes a web application from settings, and where they matter from what delivers decisions and what inquiries ask."""


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> BytecodeCache:
    """Compile the templates of all web applications of these tests, once."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="session")
def application(templates: BytecodeCache) -> Applications:
    def make(settings: Settings, *, hand_over: HandOver | None = None, grid: Grid | None = None) -> Flask:
        app = create_app(settings, hand_over=hand_over, grid=grid)
        app.jinja_env.bytecode_cache = templates
        return app

    return make


@pytest.fixture(scope="session")
def usual_application(usual_settings: Settings, application: Applications) -> Flask:
    """Make the application of all tests that leave it as it is: its connections and statements serve the next one."""
    return application(usual_settings)


@pytest.fixture
def client(settings: Settings, usual_application: Flask) -> FlaskClient:
    return usual_application.test_client()


@pytest.fixture
def without_database(settings: Settings, application: Applications) -> FlaskClient:
    """Give a browser of a hub whose database is away."""
    away = SecretStr(f"postgresql://hub@127.0.0.1:{free_port()}/hub")
    return application(settings.model_copy(update={"database_url": away})).test_client()


class Browsers:
    """Browsers of people who are logged in to one web application."""

    def __init__(self, app: Flask, database: Database) -> None:
        self.app = app
        self._database = database

    def of(self, person: Person | None) -> FlaskClient:
        """Give a new browser in which a person is logged in, or nobody."""
        client = self.app.test_client()
        if person is not None:
            with client.session_transaction() as cookie:
                cookie["token"] = token_of(self._database, person)
        return client


@pytest.fixture
def browsers(settings: Settings, database: Database, usual_application: Flask) -> Browsers:
    """Give browsers of the cast in ``tests.support.cast``."""
    return Browsers(usual_application, database)


@pytest.fixture
def open_browsers(settings: Settings, database: Database, application: Applications) -> Browsers:
    """Give browsers of a hub whose Temporal does not answer in time."""

    def away(case_number: str) -> None:
        raise OutcomeOpen

    return Browsers(application(settings, hand_over=away), database)


@pytest.fixture(scope="session")
def working_application(
    usual_settings: Settings, opened_database: Database, gateway: TemporalGateway, application: Applications
) -> Flask:
    """Let decisions reach a real Temporal."""

    def hand_over(case_number: str) -> None:
        hand_over_case(database=opened_database, gateway=gateway, case_number=case_number, timeout=20.0)

    return application(usual_settings, hand_over=hand_over)


@pytest.fixture
def working_browsers(
    hub: Hub,
    settings: Settings,
    database: Database,
    temporal_server: TemporalServer,
    working_application: Flask,
    monkeypatch: pytest.MonkeyPatch,
) -> Browsers:
    """Give browsers whose decisions reach a real Temporal, where a worker works."""
    monkeypatch.setenv("TEMPORAL_ADDRESS", temporal_server.address)
    return Browsers(working_application, database)
