"""The whole system for a room of tests: started with the sample participants, and set right before each test."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from deploy.demo.clock import office_hour
from deploy.samples import ANOTHER_RETAILER, CURRENT_RETAILER, NEW_RETAILER, load_samples
from deploy.stack.parts import HUB_PARTS
from deploy.stack.ports import Ports
from deploy.stack.supervisor import Stack
from models.clock import business_now
from models.database import Database
from rules.calendar import JapaneseCalendar
from schemas.codes import Area
from tests.support.data_keys import leave_keys
from tests.support.retailers import Retailer
from tests.support.world import World

_UNHINDERED = {"HUB_MAINTENANCE_WINDOWS": "", "HUB_GRID_RATE": "* 1000"}
"""Tests move the clock to whatever day they need, and do in seconds what a day brings."""


@contextmanager
def whole_system(folder: Path, *, settings: Mapping[str, str], hub: Sequence[str] = HUB_PARTS) -> Iterator[World]:
    """Run the whole system in a folder, on free ports; nothing holds up its calls.

    :param hub: which of the hub's own parts it has, where some are in nobody's way.
    """
    leave_keys(folder)
    with Stack(folder, ports=Ports.free(), settings=_UNHINDERED | dict(settings), hub=hub, durable=False) as stack:
        database = Database(stack.owner_address)
        load_samples(database, stack.certificates)

        def retailer(code: str) -> Retailer:
            url = f"https://localhost:{stack.ports.soap}"
            return Retailer(code, url, stack.certificates.authority, stack.certificates.retailer(code))

        yield World(stack, database, retailer(NEW_RETAILER), retailer(CURRENT_RETAILER), retailer(ANOTHER_RETAILER))
        database.dispose()


def set_right(world: World) -> World:
    """Have every part up and every grid operator as usual, in office hours."""
    for name in world.stack.parts:
        if not world.stack.running(name):
            world.stack.start(name)
    for area in Area:
        world.control("DELETE", area.value)
    with world.database.transaction() as session:
        now = business_now(session)
    ahead = office_hour(now, JapaneseCalendar()) - now
    if ahead > timedelta(0):
        world.move_clock(ahead)
    return world


def say_at_terminal(words: str, *, capfd: pytest.CaptureFixture[str]) -> None:
    """Say something to the person at the terminal, also where output is captured."""
    with capfd.disabled():
        sys.stdout.write(f"\n{words}\n")
        sys.stdout.flush()
