"""The hub as retailers' systems find it, started once for all kinds of clients."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from deploy.demo.performance import DEMO_SETTINGS
from deploy.samples import load_samples
from deploy.stack.ports import Ports
from deploy.stack.supervisor import Stack
from models.clock import business_now
from models.database import Database
from rules.calendar import day_of
from tests.clients.hub import ReachableHub
from tests.support.whole_system import say_at_terminal

_PARTS = ("worker", "soap", "sweeper")


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReachableHub]:
    """Run the hub with its sample retailers, without grid operators, mail and screens."""
    stack = Stack(
        tmp_path_factory.mktemp("stack"), ports=Ports.free(), settings=DEMO_SETTINGS, hub=_PARTS, durable=False
    )
    with stack:
        database = Database(stack.environment["DATABASE_URL"])
        load_samples(database, stack.certificates)
        with database.transaction() as session:
            today = day_of(business_now(session))
        database.dispose()
        yield ReachableHub(f"https://localhost:{stack.ports.soap}", stack.certificates, today)


@pytest.fixture
def tell(capfd: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Say something to the person at the terminal, also where output is captured."""

    return partial(say_at_terminal, capfd=capfd)
