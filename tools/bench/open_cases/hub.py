"""A hub of its own with as many open cases as wanted, each a real workflow that waits for its decision."""

import asyncio
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from urllib.request import urlopen

from temporalio.client import Client, WorkflowExecutionDescription, WorkflowExecutionStatus

from deploy.samples import load_samples
from deploy.stack.ports import HOST, Ports
from deploy.stack.supervisor import Stack
from models.clock import business_now
from models.database import Database
from rules.calendar import day_of
from temporal.connection import connect
from temporal.gateway import TemporalAway, TemporalGateway
from temporal.handover import OutcomeOpen, hand_over_case
from temporal.questions import ask_temporal
from tools.bench.open_cases.decisions import Decider, deciding
from tools.bench.samples import register_case

SIDE_BY_SIDE = 16
"""How many cases are opened at the same time."""
_AT_ONCE = 200
"""So many are opened before the worker is waited for. One that lags behind meets a case again only when it has
forgotten it, and plays it once more."""
_DELIVERED_WITHIN = 30.0
_WAITING_WITHIN = 300.0
"""Seconds until those that were opened together must wait for their decision."""


class NotAllOpen(Exception):
    """Not every case came to wait for its decision; the text says among which."""


@dataclass
class OpenHub:
    """The hub, running."""

    stack: Stack
    decider: Decider
    _database: Database
    _gateway: TemporalGateway
    case_numbers: list[str] = field(default_factory=list)
    """The open cases, in the order in which they were opened."""

    def open_up_to(self, cases: int, *, on_opened: Callable[[int], None] = lambda opened: None) -> None:
        """Open cases until there are so many, and wait until all of them wait for their decision.

        :param on_opened: hears how many are open, after each of them.
        :raises NotAllOpen: when some do not come to that.
        """
        today = self._today()
        with ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="open") as threads:
            while (opened := len(self.case_numbers)) < cases:
                places = range(opened, min(opened + _AT_ONCE, cases))
                for number in threads.map(partial(self._open, today=today), places):
                    self.case_numbers.append(number)
                    on_opened(len(self.case_numbers))
                self._await(self.case_numbers[opened:])

    def _today(self) -> date:
        with self._database.transaction() as session:
            return day_of(business_now(session))

    def _open(self, number: int, *, today: date) -> str:
        with self._database.transaction() as session:
            case_number = register_case(session, number, today=today)
        with suppress(OutcomeOpen):  # the sweeper delivers it
            hand_over_case(
                database=self._database, gateway=self._gateway, case_number=case_number, timeout=_DELIVERED_WITHIN
            )
        return case_number

    def _await(self, case_numbers: list[str]) -> None:
        async def await_all(client: Client) -> None:
            for case_number in case_numbers:
                case = client.get_workflow_handle(case_number)
                while not _waits_for_its_decision(await case.describe()):
                    await asyncio.sleep(0.1)

        try:
            ask_temporal(await_all, within=_WAITING_WITHIN, environment=self.stack.environment)
        except TemporalAway as away:
            raise NotAllOpen(f"one of the cases {case_numbers[0]} to {case_numbers[-1]}") from away

    @property
    def worker_pid(self) -> int:
        pid = self.stack.parts["worker"].process.pid
        assert pid is not None, "nobody stops it"
        return pid

    def library_figure(self, name: str) -> int:
        """Read a figure of Temporal's library in the worker; 0 while it has none of that name."""
        with urlopen(f"http://{HOST}:{self.stack.ports.temporal_metrics}/metrics") as answer:
            figures = re.findall(rf"^{name}{{[^}}]*}} (\d+)", answer.read().decode(), re.MULTILINE)
        return sum(int(value) for value in figures)


def _waits_for_its_decision(case: WorkflowExecutionDescription) -> bool:
    """Tell whether nothing is left to do but to wait; from its start on a workflow has a task or a step before it."""
    raw = case.raw_description
    return (
        case.status is WorkflowExecutionStatus.RUNNING
        and not raw.HasField("pending_workflow_task")
        and not raw.pending_activities
    )


@contextmanager
def running_hub(folder: Path, *, cached_cases: int) -> Iterator[OpenHub]:
    """Run a hub without any case in an empty folder for a block.

    :param cached_cases: how many cases its worker keeps in memory.
    """
    settings = {"HUB_WORKER_CACHED_CASES": str(cached_cases), "HUB_SMTP_HOST": HOST}
    stack = Stack(folder, ports=Ports.free(), hub=("worker", "soap", "sweeper"), settings=settings, durable=False)
    with stack, ExitStack() as opened:
        database = Database(stack.environment["DATABASE_URL"], pool_size=SIDE_BY_SIDE)
        opened.callback(database.dispose)
        load_samples(database, stack.certificates)
        gateway = TemporalGateway(connecting=partial(connect, lazy=True, environment=stack.environment))
        opened.callback(gateway.close)
        yield OpenHub(stack, opened.enter_context(deciding(stack)), database, gateway)
