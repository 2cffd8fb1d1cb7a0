"""A whole system whose processes look for armed fault points, started once for all tests in this folder.

``make faults`` (``HUB_TESTS_LONG=1``) runs them for longer and harder.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from deploy.demo.performance import DEMO_SETTINGS
from tests.faults.traffic import Traffic
from tests.support.whole_system import say_at_terminal, set_right, whole_system
from tests.support.world import World

SETTINGS = DEMO_SETTINGS | {
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
    """Make the folder in which a file arms a fault point."""
    return tmp_path_factory.mktemp("armed")


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory, fault_folder: Path) -> Iterator[World]:
    settings = SETTINGS | {"HUB_FAULT_FOLDER": str(fault_folder)}
    with whole_system(tmp_path_factory.mktemp("stack"), settings=settings) as world:
        yield world


@pytest.fixture
def world(running: World) -> World:
    """Have every part up and every grid operator as usual, in office hours."""
    return set_right(running)


@pytest.fixture
def traffic(world: World) -> Traffic:
    """Begin with nobody under way."""
    return Traffic(world, seed=next(_runs), today=world.today())


@pytest.fixture
def tell(capfd: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Say something to the person at the terminal, also where output is captured."""

    return partial(say_at_terminal, capfd=capfd)
