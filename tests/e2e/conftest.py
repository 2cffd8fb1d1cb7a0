"""The whole system, started once for all tests in this folder."""

from collections.abc import Iterator
from datetime import timedelta

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
from tests.support.retailers import Retailer
from tests.support.world import World

_SETTINGS = DEMO_SETTINGS | {
    "HUB_GRID_STUB_STEP_SECONDS": "1",
    "HUB_WATCH_EVERY": "0.5",
    "HUB_SWEEP_EVERY": "0.3",
    "HUB_SWEEP_AFTER": "1",
    "HUB_ANSWER_WITHIN": "2.5",
}


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The whole system, started once."""
    stack = Stack(tmp_path_factory.mktemp("stack"), ports=Ports.free(), settings=_SETTINGS, durable=False)
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
