"""The Temporal worker process: the cases' workflows and database steps, and the calls of each area.

``python worker.py``. More of them share the work; a process that fails ends with status 1 to be started anew.
"""

import asyncio
import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from temporalio.client import Client
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.call_grid import GridActivities
from activities.case_steps import CaseSteps
from activities.failing import QuietFailures
from contracts.names import CASE_QUEUE, grid_queue
from delivery.connection import connect, leave
from delivery.search_attributes import ensure_search_attributes
from grid_client.client import GridClient
from models.database import Database
from runtime.logs import logger, set_up_logs
from runtime.settings import Settings, settings
from schemas.codes import Area
from workflows.switching_case import SwitchingCase

STEP_THREADS = 8
"""How many database steps run at the same time; the pool of connections is as large."""
WORKFLOW_TASKS = 4
"""Workflow code is for one core: more at once only wait for it, and starve each other after a restart."""
CACHED_CASES = 500
"""About 150 KiB each; must be more than the commands in flight."""
STICKY_TIMEOUT = timedelta(seconds=3)
"""How long a case waits for a worker that died before another takes it."""
GRACE = timedelta(seconds=25)
"""How long calls under way may take to end when the process is told to stop."""

_log = logger(__name__)


def workflow_runner() -> SandboxedWorkflowRunner:
    """This function will give the sandbox; our own rooms without I/O are shared, so a case costs no imports."""
    shared = ("schemas", "rules", "contracts", "jpholiday")
    return SandboxedWorkflowRunner(restrictions=SandboxRestrictions.default.with_passthrough_modules(*shared))


def case_worker(client: Client, database: Database) -> Worker:
    """This function will make the worker of the cases: workflows and their database steps."""
    steps = CaseSteps(database)
    return Worker(
        client,
        task_queue=CASE_QUEUE,
        workflows=[SwitchingCase],
        activities=[steps.look_at_case, steps.record_step],
        activity_executor=ThreadPoolExecutor(STEP_THREADS, thread_name_prefix="step"),
        interceptors=[QuietFailures()],
        workflow_runner=workflow_runner(),
        max_concurrent_workflow_tasks=WORKFLOW_TASKS,
        max_concurrent_activities=STEP_THREADS,
        max_cached_workflows=CACHED_CASES,
        sticky_queue_schedule_to_start_timeout=STICKY_TIMEOUT,
        graceful_shutdown_timeout=GRACE,
    )


def area_worker(client: Client, activities: GridActivities, area: Area, *, slots: int) -> Worker:
    """This function will make the worker of one area's calls, with slots that no other area can take."""
    return Worker(
        client,
        task_queue=grid_queue(area),
        activities=[activities.call_grid],
        activity_executor=ThreadPoolExecutor(slots, thread_name_prefix=f"grid-{area.value}"),
        interceptors=[QuietFailures()],
        max_concurrent_activities=slots,
        max_concurrent_activity_task_polls=1,
        graceful_shutdown_timeout=GRACE,
    )


async def run(configured: Settings, stop: asyncio.Event) -> None:
    """This function will work until ``stop`` is set.

    :raises Exception: what ended a worker for good, such as a server that is not there.
    """
    client = await connect()
    await ensure_search_attributes(client)
    areas = [Area(area.strip()) for area in configured.areas.split(",") if area.strip()]
    database = Database(configured.sqlalchemy_url, pool_size=STEP_THREADS)
    calls = GridActivities(database=database, client=GridClient(configured))
    workers = [case_worker(client, database)]
    workers += [area_worker(client, calls, area, slots=configured.grid_slots) for area in areas]
    try:
        await run_all(workers, stop)
    finally:
        database.dispose()


async def run_all(workers: list[Worker], stop: asyncio.Event) -> None:
    """This function will run workers until ``stop`` is set or one fails; then all end gracefully."""
    running = [asyncio.create_task(worker.run()) for worker in workers]
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait([*running, stopping], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    await asyncio.gather(*(worker.shutdown() for worker in workers), return_exceptions=True)
    ended = await asyncio.gather(*running, return_exceptions=True)
    for failure in ended:
        if isinstance(failure, BaseException):
            raise failure


async def _main() -> int:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    try:
        _log.info("worker-started")
        await run(settings(), stop)
    except Exception as error:
        _log.critical("worker-failed", exc_info=error)
        return 1
    _log.info("worker-stopped")
    return 0


if __name__ == "__main__":
    set_up_logs("worker")
    leave(asyncio.run(_main()))
