"""Fixtures that several rooms share."""

from collections.abc import Iterator

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from deploy.stack import postgres
from deploy.stack.postgres import Cluster
from models.database import Database
from tests.support.database import Emptier, migrate, sqlalchemy_url, start_cluster

LONGEST_FIRST = (
    "browser",
    "deploy",
    "e2e",
    "soap_api",
    "delivery",
    "web",
    "workflows",
    "models",
    "grid_stub",
    "runtime",
)
"""Rooms whose tests take longest; the others follow."""

pytest_plugins = [
    "tests.support.exchanges",
    "tests.support.grid_fixtures",
    "tests.support.hub_fixtures",
    "tests.support.whole_system_fixtures",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The rooms whose tests take longest begin."""
    items.sort(key=lambda item: LONGEST_FIRST.index(room) if (room := _room(item.nodeid)) in LONGEST_FIRST else 99)


class ByRoom(LoadScopeScheduling):  # type: ignore[misc]
    """The tests of a room stay in one process, which starts what they need once."""

    def _split_scope(self, nodeid: str) -> str:
        return _room(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByRoom:
    """Several processes share the tests by their rooms."""
    return ByRoom(config, log)


def _room(nodeid: str) -> str:
    return nodeid.split("/")[1]


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A real PostgreSQL of its own for the session, migrated."""
    running = start_cluster(tmp_path_factory.mktemp("postgres"))
    try:
        migrate(running.url)
        yield running
    finally:
        postgres.stop(running)


@pytest.fixture(scope="session")
def emptier(cluster: Cluster) -> Iterator[Emptier]:
    """What empties the hub's database before a test."""
    made = Emptier(cluster.url)
    yield made
    made.close()


@pytest.fixture(scope="session")
def opened_database(cluster: Cluster) -> Iterator[Database]:
    """The hub's database, opened once: what has been prepared for one test serves the next."""
    opened = Database(sqlalchemy_url(cluster.url))
    yield opened
    opened.dispose()


@pytest.fixture
def database_url(cluster: Cluster, emptier: Emptier) -> str:
    """Address of the hub's database, with everything in it emptied for this test."""
    emptier.empty()
    return cluster.url


@pytest.fixture
def database(database_url: str, opened_database: Database) -> Database:
    """The hub's database, empty, the business clock at real time."""
    return opened_database
