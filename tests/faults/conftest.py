"""A whole system whose processes look for armed fault points, started once for all tests in this folder.

``make faults`` (``HUB_TESTS_LONG=1``) runs them for longer and harder.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from deploy.demo.clock import office_hour
from deploy.demo.running import DEMO_SETTINGS
from deploy.samples import ANOTHER_RETAILER, CURRENT_RETAILER, NEW_RETAILER, load_samples
from deploy.stack.environment import sqlalchemy_url
from deploy.stack.ports import Ports
from deploy.stack.supervisor import Stack
from models.clock import business_now
from models.database import Database
from rules.calendar import JapaneseCalendar
from schemas.codes import Area
from tests.faults.traffic import Traffic
from tests.support.retailers import Retailer
from tests.support.world import World

_SETTINGS = DEMO_SETTINGS | {
    "HUB_GRID_STUB_STEP_SECONDS": "0.5",
    "HUB_WATCH_EVERY": "0.5",
    "HUB_SWEEP_EVERY": "0.3",
    "HUB_SWEEP_AFTER": "1",
    "HUB_ANSWER_WITHIN": "2.5",
    "HUB_STEP_WITHIN": "2",
    "HUB_CALL_WITHIN": "5",
    "HUB_GRID_CONNECT_TIMEOUT": "1",
    "HUB_GRID_READ_TIMEOUT": "1.5",
}
_runs = count(1)


@pytest.fixture(scope="session")
def fault_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file in it arms a fault point."""
    return tmp_path_factory.mktemp("armed")


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory, fault_folder: Path) -> Iterator[World]:
    """The whole system, started once."""
    settings = _SETTINGS | {"HUB_FAULT_FOLDER": str(fault_folder)}
    stack = Stack(tmp_path_factory.mktemp("stack"), ports=Ports.free(), settings=settings, durable=False)
    with stack:
        database = Database(sqlalchemy_url(stack.environment))
        load_samples(database, stack.certificates)

        def retailer(code: str) -> Retailer:
            url = f"https://localhost:{stack.ports.soap}"
            return Retailer(code, url, stack.certificates.authority, stack.certificates.retailer(code))

        yield World(stack, database, retailer(NEW_RETAILER), retailer(CURRENT_RETAILER), retailer(ANOTHER_RETAILER))
        database.dispose()


@pytest.fixture
def world(running: World) -> World:
    """The whole system with every part up and every grid operator as usual, in office hours."""
    for name in running.stack.parts:
        if not running.stack.running(name):
            running.stack.start(name)
    for area in Area:
        running.control("DELETE", area.value)
    with running.database.transaction() as session:
        now = business_now(session)
    ahead = office_hour(now, JapaneseCalendar()) - now
    if ahead > timedelta(0):
        running.move_clock(ahead)
    return running


@pytest.fixture
def traffic(world: World) -> Traffic:
    """Nobody is under way yet."""
    return Traffic(world, seed=next(_runs), today=world.today())


@pytest.fixture
def tell(capfd: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Says something to the person at the terminal, also where output is captured."""

    def say(words: str) -> None:
        with capfd.disabled():
            sys.stdout.write(f"\n{words}\n")
            sys.stdout.flush()

    return say
