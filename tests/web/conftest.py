"""The web application of these tests: on the real database, its other parts as each test wants them."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr
from structlog.testing import capture_logs

from deploy.stack.certificates import Certificates
from runtime.settings import Settings
from tests.support.database import free_port
from tests.support.settings import settings_for
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
