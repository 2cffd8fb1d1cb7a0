"""``python -m tools.bench.cases.bare_worker``: the worker of the bare cases, as strong as the hub's.

Its database is in the environment, where no list of processes shows the password.
"""

import asyncio
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg2
from temporalio import activity
from temporalio.worker import Worker

from temporal.connection import connect, leave
from tools.bench.cases.bare_case import QUEUE, RELAY, RELAY_QUEUE, WRITE, BareCase
from tools.bench.cases.database import BARE_DATABASE
from worker import STEP_THREADS, WORKFLOW_TASKS

_CACHED = 500
_WRITTEN = "INSERT INTO steps (case_number, number, kind) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"


class Steps:
    """Writes steps, on one connection for each thread."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._of_thread = threading.local()

    @activity.defn(name=WRITE, no_thread_cancel_exception=True)
    def write(self, step: list[str]) -> None:
        """Write a line: one statement, which is a transaction of its own."""
        with self._connection().cursor() as cursor:
            cursor.execute(_WRITTEN, step)

    def _connection(self) -> "psycopg2.extensions.connection":
        connection = getattr(self._of_thread, "connection", None)
        if connection is None:
            connection = psycopg2.connect(self._url)
            connection.autocommit = True
            self._of_thread.connection = connection
        return connection


@activity.defn(name=RELAY)
async def relay(message: str) -> None:
    """Stand for a call to a grid operator that is answered at once."""


async def _run(url: str) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    client = await connect()
    cases = Worker(
        client,
        task_queue=QUEUE,
        workflows=[BareCase],
        activities=[Steps(url).write],
        activity_executor=ThreadPoolExecutor(STEP_THREADS, thread_name_prefix="step"),
        max_concurrent_workflow_tasks=WORKFLOW_TASKS,
        max_concurrent_activities=STEP_THREADS,
        max_cached_workflows=_CACHED,
    )
    async with cases, Worker(client, task_queue=RELAY_QUEUE, activities=[relay]):
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(_run(os.environ[BARE_DATABASE]))
    leave(0)
