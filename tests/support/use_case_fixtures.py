"""What use cases work with in tests: a real database, and where they are wanted a real Temporal and the grid stub."""

from dataclasses import replace

import pytest

from deploy.local_certificates import Certificates
from grid_client.client import GridClient
from models.database import Database
from rules.maintenance import parse_windows
from temporal.handover import OutcomeOpen
from tests.support.cast import register_retailers
from tests.support.certificates import make_certificates
from tests.support.database import free_port
from tests.support.grid import Grid
from tests.support.hub import Hub
from tests.support.settings import Settings, settings_for
from usecases.hub import Hub as Parts


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def retailers(database: Database) -> Database:
    """Register the three retailers of the demo."""
    with database.transaction() as session:
        register_retailers(session)
    return database


@pytest.fixture
def settings(database_url: str, certificates: Certificates) -> Settings:
    """Set ports at which no grid operator can be reached."""
    nowhere = f"https://localhost:{free_port()}/grid/{{area}}/{{segment}}"
    return settings_for(database_url, certificates, grid_url=nowhere)


@pytest.fixture
def parts(retailers: Database, settings: Settings) -> Parts:
    """Make parts around the database alone: Temporal and the grid operators are away."""

    def away(case_number: str) -> None:
        raise OutcomeOpen

    return Parts(
        database=retailers,
        message_key=settings.message_key.get_secret_value().encode(),
        hand_over=away,
        grid=GridClient(settings),
        maintenance_windows=parse_windows(settings.maintenance_windows),
        deadline_profile=settings.deadline_profile,
    )


@pytest.fixture
def live_parts(parts: Parts, grid: Grid) -> Parts:
    """Make parts that reach the grid stub."""
    return replace(parts, grid=grid.client)


@pytest.fixture
def working_parts(parts: Parts, hub: Hub) -> Parts:
    """Make parts that reach Temporal, where a worker works."""
    return replace(parts, hand_over=hub.hand_over)
