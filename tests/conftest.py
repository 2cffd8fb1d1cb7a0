"""Fixtures that several rooms share."""

import gc
from collections.abc import Iterator

import pytest

from deploy.stack import postgres
from deploy.stack.postgres import Cluster
from models.database import Database
from models.encryption import use_keys
from runtime.data_keys import KeySource
from tests.support import left_running
from tests.support.data_keys import KEYS_OF_TESTS
from tests.support.database import Emptier, migrate, start_cluster

_NEW_BEFORE_A_SEARCH = 20_000

pytest_plugins = [
    "tests.support.exchanges",
    "tests.support.grid_fixtures",
    "tests.support.hub_fixtures",
    "tests.support.whole_system_fixtures",
]


def pytest_configure(config: pytest.Config) -> None:
    """Set up before anything is started."""
    left_running.watch()
    use_keys(KeySource(text=KEYS_OF_TESTS))


def pytest_collection_finish() -> None:
    """Leave what is imported and collected out of Python's search for garbage: it stays, and to search it takes time.

    What tests leave in circles is still found, less often.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_BEFORE_A_SEARCH)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Run a real PostgreSQL of its own for the session, migrated."""
    running = start_cluster(tmp_path_factory.mktemp("postgres"))
    try:
        migrate(running.url)
        yield running
    finally:
        postgres.stop(running)


@pytest.fixture(scope="session")
def emptier(cluster: Cluster) -> Iterator[Emptier]:
    """Make what empties the hub's database before a test."""
    new_emptier = Emptier(cluster.url)
    yield new_emptier
    new_emptier.close()


@pytest.fixture(scope="session")
def opened_database(cluster: Cluster) -> Iterator[Database]:
    """Open the hub's database once: what has been prepared for one test serves the next."""
    opened = Database(cluster.url)
    yield opened
    opened.dispose()


@pytest.fixture
def database_url(cluster: Cluster, emptier: Emptier) -> str:
    """Give the address of the hub's database, with everything in it emptied for this test."""
    emptier.empty()
    return cluster.url


@pytest.fixture
def database(database_url: str, opened_database: Database) -> Database:
    """Give the hub's database, empty, the business clock at real time."""
    return opened_database
