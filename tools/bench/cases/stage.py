"""What whole cases are played on: the demonstration's hub, and on the same servers the bare case's worker."""

import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from deploy.demo.clock import office_hour
from deploy.demo.performance import DEMO_SETTINGS
from deploy.samples import load_samples
from deploy.stack.parts import HUB_PARTS, POSTGRES, TEMPORAL
from deploy.stack.ports import Ports
from deploy.stack.processes import Process
from deploy.stack.supervisor import ROOT, Stack
from models.clock import business_now, move_clock
from models.database import Database
from rules.calendar import JapaneseCalendar, day_of
from tools.bench.cases.bare_side import BareSide
from tools.bench.cases.database import BARE_DATABASE, make_bare_database
from tools.bench.cases.hub_side import HubSide

CONNECTIONS = 32
"""How many messages each retailer's system may have under way."""
_PARTS = tuple(part for part in HUB_PARTS if part != "web")
_ENDS_WITHIN = 30.0


@dataclass(frozen=True)
class Stage:
    """Both sides, running."""

    stack: Stack
    hub: HubSide
    bare: BareSide


@contextmanager
def running_stage(folder: Path, *, watch_every: float) -> Iterator[Stage]:
    """Run both sides in an empty folder for a block, with the demonstration's settings but for the status watch.

    PostgreSQL does not wait for the disk: one that is slow would make both sides alike.
    """
    settings = DEMO_SETTINGS | {"HUB_WATCH_EVERY": str(watch_every), "HUB_RETAILER_SHARE": "1"}
    with (
        Stack(folder, ports=Ports.free(), hub=_PARTS, settings=settings, durable=False) as stack,
        closing(HubSide(stack, today=in_office_hours(stack), connections=CONNECTIONS)) as hub,
        bare_side(stack, hub.processes()) as bare,
    ):
        yield Stage(stack, hub, bare)


def in_office_hours(stack: Stack) -> date:
    """Load the sample retailers and set the business clock as the demonstration does, while nobody waits for it."""
    database = Database(stack.environment["DATABASE_URL"])
    load_samples(database, stack.certificates)
    with database.transaction() as session:
        now = business_now(session)
        ahead = office_hour(now, JapaneseCalendar()) - now
        if ahead > timedelta(0):
            now = move_clock(session, by=ahead)
    database.dispose()
    return day_of(now)


@contextmanager
def bare_side(stack: Stack, of_stack: Mapping[str, int]) -> Iterator[BareSide]:
    url = make_bare_database(stack.owner_address)
    process = Process("bare_worker", run_folder=stack.folder / "run", log_folder=stack.folder / "log")
    command = (sys.executable, "-m", "tools.bench.cases.bare_worker")
    environment = stack.environment | {"PGAPPNAME": "worker", BARE_DATABASE: url}
    process.start(command, environment=environment, folder=ROOT)
    assert process.pid is not None, "it has just been started"
    stores = {name: of_stack[name] for name in (TEMPORAL, POSTGRES)}
    try:
        yield BareSide(stack.environment, database_url=url, processes={"worker": process.pid, **stores})
    finally:
        process.signal(signal.SIGTERM)
        if not process.wait(_ENDS_WITHIN):
            process.kill()
