"""Fixtures of the hub with a real Temporal. One server and one worker serve all tests of a session."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from deploy.stack.postgres import Cluster
from models.cases.queries import open_cases
from models.clock import business_now
from models.database import Database
from temporal.gateway import TemporalGateway
from temporal.time_limits import TimeLimits, use_time_limits
from tests.support.fingerprints import difference, fingerprint, store_fingerprint
from tests.support.histories import keep_new_history
from tests.support.hub import Hub, make_workers
from tests.support.scripted_grid import ScriptedGrid
from tests.support.temporal import LoopThread, TemporalServer, TestedWorker, end_cases

UNHURRIED = TimeLimits(at_once=timedelta(seconds=7))
"""What a case does within a task and what beside it is no matter of how many tests share the cores. No longer than
Temporal leaves a task alone (8 s)."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take ``pytest tests/workflows --record-histories``: keep histories of paths that are new or have changed."""
    parser.addoption("--record-histories", action="store_true", help="keep what is new of this run in tests/histories")


@pytest.fixture(scope="session")
def temporal_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TemporalServer]:
    """Run a real Temporal server for the session."""
    server = TemporalServer(tmp_path_factory.mktemp("temporal"))
    server.start()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("TEMPORAL_PROFILE", "TEMPORAL_NAMESPACE", "TEMPORAL_API_KEY"):
            patch.delenv(name, raising=False)
        patch.setenv("TEMPORAL_ADDRESS", server.address)
        yield server
    server.stop()


@pytest.fixture(scope="session")
def temporal_loop() -> Iterator[LoopThread]:
    """Run the loop of the tests' own workers and questions."""
    loop = LoopThread()
    yield loop
    loop.close()


@pytest.fixture(scope="session")
def worker_database(cluster: Cluster) -> Iterator[Database]:
    """Open the worker's own connections."""
    database = Database(cluster.url)
    yield database
    database.dispose()


@pytest.fixture(scope="session")
def scripted_grid(worker_database: Database) -> ScriptedGrid:
    """Give the grid operator of all tests of the session."""

    def now() -> datetime:
        with worker_database.transaction() as session:
            return business_now(session)

    return ScriptedGrid(now)


@pytest.fixture(scope="session")
def tested_worker(
    temporal_server: TemporalServer,
    temporal_loop: LoopThread,
    worker_database: Database,
    scripted_grid: ScriptedGrid,
    gateway: TemporalGateway,
) -> Iterator[TestedWorker]:
    """Run the hub's workers; a test may stop and start them."""
    use_time_limits(UNHURRIED)
    worker = TestedWorker(temporal_loop, make_workers(worker_database, scripted_grid, gateway))
    yield worker
    worker.stop()
    use_time_limits(TimeLimits())


@pytest.fixture
def usual_time_limits(tested_worker: TestedWorker) -> Iterator[None]:
    """Have steps go on as activities as soon as they do outside of tests."""
    use_time_limits(TimeLimits())
    yield
    use_time_limits(UNHURRIED)


@pytest.fixture(scope="session")
def gateway(temporal_server: TemporalServer) -> Iterator[TemporalGateway]:
    """Open the bridge to Temporal, as the faces have it."""
    bridge = TemporalGateway()
    yield bridge
    bridge.close()


@pytest.fixture
def hub(
    database: Database,
    temporal_server: TemporalServer,
    temporal_loop: LoopThread,
    tested_worker: TestedWorker,
    scripted_grid: ScriptedGrid,
    gateway: TemporalGateway,
) -> Iterator[Hub]:
    """Give the hub with an empty database, a working worker, and a grid operator that takes everything."""
    scripted_grid.be_as_new()
    tested_worker.start()
    yield Hub(database, temporal_server, temporal_loop, gateway, tested_worker, scripted_grid)
    scripted_grid.at_work.set()

    with database.transaction() as session:
        left_open = open_cases(session)
    temporal_loop.ask(lambda client: end_cases(client, left_open))


@pytest.fixture
def keep_history(hub: Hub, request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Hold a case's run to the committed commands of its path; ``--record-histories`` writes what is new."""

    def keep(case_number: str, path: str) -> None:
        hub.wait_idle(case_number)  # what follows from the last step has to stand in the history too
        history = hub.history(case_number)
        commands = fingerprint(history)
        if request.config.getoption("--record-histories"):
            keep_new_history(history, path)
            store_fingerprint(path, commands)
        assert not (words := difference(path, commands)), words

    return keep
