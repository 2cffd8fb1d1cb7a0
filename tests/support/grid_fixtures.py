"""Fixtures around the grid stub. What they need is imported when they are used: most tests need none of it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from deploy.stack.postgres import Cluster
from models.database import Database
from tests.support.database import free_port

if TYPE_CHECKING:
    from grid_client.client import GridClient
    from tests.support.grid import Grid, GridServer


@pytest.fixture(scope="session")
def grid_process(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> "Iterator[GridServer]":
    """Run the stub for the session."""
    from tests.support.grid import grid_server

    server = grid_server(cluster.url, tmp_path_factory.mktemp("grid"), port=free_port())
    with server.run():
        yield server


@pytest.fixture(scope="session")
def grid_client(grid_process: "GridServer") -> "GridClient":
    """Keep a client's connections from test to test."""
    from grid_client.client import GridClient

    return GridClient(grid_process.settings())


@pytest.fixture
def grid(grid_process: "GridServer", grid_client: "GridClient", database: Database) -> "Grid":
    """Give the stub knowing nothing yet, the business clock at real time."""
    from tests.support.grid import Grid

    return Grid(grid_process, grid_client, database)
