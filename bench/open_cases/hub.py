"""A hub of its own with as many open cases as wanted, each a real workflow that waits for its decision."""

import re
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from urllib.request import urlopen

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client

from bench.open_cases.deciding import Decider, deciding
from bench.samples import register_case
from contracts.names import CASE_QUEUE
from delivery.asking import ask_temporal
from delivery.connection import connect
from delivery.deliver import OutcomeOpen, deliver_case
from delivery.gateway import TemporalGateway
from deploy.samples import load_samples
from deploy.stack.environment import sqlalchemy_url
from deploy.stack.ports import HOST, Ports
from deploy.stack.supervisor import Stack
from models.clock import business_now
from models.database import Database
from rules.calendar import day_of

SIDE_BY_SIDE = 16
"""How many cases are opened at the same time."""
_DELIVERED_WITHIN = 30.0
_WAITING_WITHIN = 300.0
"""Seconds until all that were opened must wait for their decision."""
_ASKED_WITHIN = 10.0
_KINDS = (TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)


class NotAllOpen(Exception):
    """Not every case came to wait for its decision; the text says how many did."""


@dataclass
class OpenHub:
    """The hub, running."""

    stack: Stack
    decider: Decider
    _database: Database
    _gateway: TemporalGateway
    case_numbers: list[str] = field(default_factory=list)
    """The open cases, in the order in which they were opened."""

    def open_up_to(self, cases: int, *, told: Callable[[int], None] = lambda opened: None) -> None:
        """This function will open cases until there are so many, and wait until all of them wait for their decision.

        :param told: hears now and then how many are open.
        :raises NotAllOpen: when some do not come to that.
        """
        today = self._today()
        with ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="open") as threads:
            for number in threads.map(partial(self._open, today=today), range(len(self.case_numbers), cases)):
                self.case_numbers.append(number)
                told(len(self.case_numbers))
        self._await_all()

    def _today(self) -> date:
        with self._database.transaction() as session:
            return day_of(business_now(session))

    def _open(self, number: int, *, today: date) -> str:
        with self._database.transaction() as session:
            case_number = register_case(session, number, today=today)
        with suppress(OutcomeOpen):  # the sweeper delivers it
            deliver_case(
                database=self._database, gateway=self._gateway, case_number=case_number, timeout=_DELIVERED_WITHIN
            )
        return case_number

    def _await_all(self) -> None:
        end = time.monotonic() + _WAITING_WITHIN
        while (found := self._ask(_open_and_behind)) != (len(self.case_numbers), 0):
            if time.monotonic() > end:
                raise NotAllOpen(f"{found[0]} of {len(self.case_numbers)} are open, {found[1]} tasks wait for a worker")
            time.sleep(1.0)

    def _ask(self, question: Callable[[Client], Coroutine[None, None, tuple[int, int]]]) -> tuple[int, int]:
        return ask_temporal(question, within=_ASKED_WITHIN, environment=self.stack.environment)

    @property
    def worker_pid(self) -> int:
        """The process of the worker."""
        pid = self.stack.parts["worker"].process.pid
        assert pid is not None, "nobody stops it"
        return pid

    def library_figure(self, name: str) -> int:
        """This function will read a figure of Temporal's library in the worker; 0 while it has none of that name."""
        with urlopen(f"http://{HOST}:{self.stack.ports.temporal_metrics}/metrics") as answer:
            found = re.findall(rf"^{name}{{[^}}]*}} (\d+)", answer.read().decode(), re.MULTILINE)
        return sum(int(value) for value in found)


async def _open_and_behind(client: Client) -> tuple[int, int]:
    """How many workflows are open, and how many of their tasks no worker has taken yet."""
    counted = await client.count_workflows("ExecutionStatus = 'Running'")
    behind = 0
    for kind in _KINDS:
        described = await client.workflow_service.describe_task_queue(
            DescribeTaskQueueRequest(
                namespace=client.namespace,
                task_queue=TaskQueue(name=CASE_QUEUE),
                task_queue_type=kind,
                report_stats=True,
            )
        )
        behind += described.stats.approximate_backlog_count
    return counted.count, behind


@contextmanager
def running_hub(folder: Path, *, cached_cases: int) -> Iterator[OpenHub]:
    """This function will run a hub without any case in an empty folder for a block.

    :param cached_cases: how many cases its worker keeps in memory.
    """
    settings = {"HUB_WORKER_CACHED_CASES": str(cached_cases), "HUB_SMTP_HOST": HOST}
    stack = Stack(folder, ports=Ports.free(), hub=("worker", "soap", "sweeper"), settings=settings, durable=False)
    with stack, ExitStack() as opened:
        database = Database(sqlalchemy_url(stack.environment), pool_size=SIDE_BY_SIDE)
        opened.callback(database.dispose)
        load_samples(database, stack.certificates)
        gateway = TemporalGateway(connecting=partial(connect, lazy=True, environment=stack.environment))
        opened.callback(gateway.close)
        yield OpenHub(stack, opened.enter_context(deciding(stack)), database, gateway)
