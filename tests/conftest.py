"""Fixtures that several rooms share."""

from collections.abc import Iterator

import pytest

from deploy.stack import postgres
from deploy.stack.postgres import Cluster
from models.database import Database
from tests.support.database import empty, migrate, sqlalchemy_url, start_cluster

pytest_plugins = ["tests.support.grid_fixtures", "tests.support.hub_fixtures"]


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A real PostgreSQL of its own for the session, migrated."""
    running = start_cluster(tmp_path_factory.mktemp("postgres"))
    try:
        migrate(running.url)
        yield running
    finally:
        postgres.stop(running)


@pytest.fixture
def database_url(cluster: Cluster) -> str:
    """Address of the hub's database, with everything in it emptied for this test."""
    empty(cluster.url)
    return cluster.url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The hub's database, empty, the business clock at real time."""
    opened = Database(sqlalchemy_url(database_url))
    yield opened
    opened.dispose()
