"""What people have to see: workflows that cannot go on, queues that nobody works on, cases that wait for a decision."""

import asyncio
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.client import Client

from models.cases.queries import cases_for_operator
from models.database import Database
from runtime.logs import logger
from schemas.codes import Area
from sweeper import figures
from temporal.gateway import TemporalAway
from temporal.names import BULK_QUEUE, BULK_ROWS_QUEUE, CASE_QUEUE, SCHEDULED_QUEUE, grid_queue
from temporal.questions import ask_temporal, last_poll_of

EVERY = 15.0
"""Seconds between two looks."""
_WITHIN = 10.0
_SILENT_AFTER = timedelta(seconds=90)
"""A worker asks again at least every minute, or more often where there is work."""
_SHOWN = 20
"""How many cases are named in one line of the log."""

_IN_TROUBLE = "TemporalReportedProblems IS NOT NULL AND ExecutionStatus = 'Running'"
"""Set by the server once the task of a workflow has failed or timed out several times in a row."""

_ACTIVITIES = TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY
_QUEUES = (
    (CASE_QUEUE, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW),
    (CASE_QUEUE, _ACTIVITIES),
    *((grid_queue(area), _ACTIVITIES) for area in Area),
    (BULK_QUEUE, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW),
    (BULK_QUEUE, _ACTIVITIES),
    (BULK_ROWS_QUEUE, _ACTIVITIES),
    (SCHEDULED_QUEUE, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW),
    (SCHEDULED_QUEUE, _ACTIVITIES),
)
"""All that some worker must work on."""

_log = logger(__name__)


@dataclass(frozen=True)
class Alarms:
    """What is wrong at one moment."""

    cases_in_trouble: int
    some_cases: tuple[str, ...]
    """The first of them by name."""
    queues_without_worker: tuple[str, ...]


async def look(client: Client) -> Alarms:
    """Ask for the cases whose workflow cannot go on, and for the queues nobody asks for work."""
    counted = await client.count_workflows(_IN_TROUBLE)
    case_numbers = (
        [workflow.id async for workflow in client.list_workflows(_IN_TROUBLE, limit=_SHOWN)] if counted.count else []
    )
    polls = await asyncio.gather(*(last_poll_of(client, queue, kind) for queue, kind in _QUEUES))
    long_ago = datetime.now(UTC) - _SILENT_AFTER
    silent = {queue for (queue, _), poll in zip(_QUEUES, polls, strict=True) if poll is None or poll < long_ago}
    return Alarms(counted.count, tuple(case_numbers), tuple(sorted(silent)))


def watch_alarms(stop: threading.Event, *, database: Database, every: float = EVERY) -> None:
    """Look until ``stop`` is set, show figures, and log what is wrong as an error."""
    while not stop.wait(every):
        try:
            with database.transaction() as session:
                figures.show_for_operator(cases_for_operator(session))
        except Exception as error:
            _log.error("database-away", exc_info=error)
        try:
            alarms = ask_temporal(look, within=_WITHIN)
        except TemporalAway as away:
            _log.warning("alarms-unknown", reason=str(away))
            continue
        figures.IN_TROUBLE.set(alarms.cases_in_trouble)
        for queue, _ in _QUEUES:
            figures.WITHOUT_WORKER.labels(queue).set(queue in alarms.queues_without_worker)
        if alarms.cases_in_trouble:
            _log.error("cases-in-trouble", count=alarms.cases_in_trouble, cases=alarms.some_cases)
        if alarms.queues_without_worker:
            _log.error("queues-without-worker", queues=alarms.queues_without_worker)
