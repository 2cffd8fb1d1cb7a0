"""The Temporal worker process: the cases' workflows and database steps, the calls of each area, the bulk files, the
calendar.

``python worker.py``. More of them share the work; a process that fails ends with status 1 to be started anew.
"""

import asyncio
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

from temporalio.client import Client
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.worker import (
    Interceptor,
    UnsandboxedWorkflowRunner,
    Worker,
    WorkerDeploymentConfig,
    WorkflowRunner,
)

from activities.bulk_files import BulkFileSteps
from activities.bulk_rows import BulkRows
from activities.call_grid import GridActivities
from activities.case_steps import CaseSteps
from activities.certificates import CertificateWork
from activities.log_context import CaseLogs
from activities.masking import MaskingWork
from activities.monitoring import library_figures, worker_monitoring
from activities.quiet_failures import QuietFailures
from activities.users import UserWork
from grid_client.client import GridClient
from models.database import Database
from models.encryption import use_keys
from rules.maintenance import parse_windows
from rules.rates import parse_rates
from runtime.logs import logger, set_up_logs
from runtime.settings.processes import WorkerSettings
from runtime.traces import set_up_traces, traces
from schemas.codes import Area
from temporal.connection import connect, leave
from temporal.core_logs import set_up_core_logs
from temporal.names import BULK_QUEUE, BULK_ROWS_QUEUE, CASE_QUEUE, SCHEDULED_QUEUE, grid_queue
from temporal.schedules import ensure_schedules
from temporal.search_attributes import ensure_search_attributes
from temporal.shrunk_histories import NoShrunkHistories
from temporal.time_limits import TimeLimits, use_time_limits
from temporal.watchdog import InDisorder, run_all
from usecases.hub import Hub, hub_of
from usecases.settings import areas_of, readable
from workflows.bulk_file import BulkFileWorkflow
from workflows.procedure import ProcedureWorkflow
from workflows.scheduled_work import ScheduledWorkflow

STEP_THREADS = 8
"""How many database steps run at the same time; the pool of connections is as large."""
WORKFLOW_TASKS = STEP_THREADS
"""A task waits for its database step. More at once would wait for a core, and starve each other after a restart."""
BULK_STEPS = 2
"""How many bulk files are checked, or looked at, at the same time."""
SCHEDULED_STEPS = 1
"""How many things are done by the calendar at the same time. Nobody waits for them."""
CACHED_FILES = 50
"""How many workflows of bulk files a worker keeps in memory."""
BULK_HEARTBEAT = timedelta(seconds=5)
"""How often the server hears that rows are being sent."""
STICKY_TIMEOUT = timedelta(seconds=3)
"""How long a case waits for a worker that died before another takes it."""
GRACE = timedelta(seconds=25)
"""How long calls under way may take to end when the process is told to stop."""

_log = logger(__name__)


def workflow_runner() -> WorkflowRunner:
    """Give what runs workflows: as they are. In tests they run in the SDK's sandbox, and every path is replayed."""
    return NoShrunkHistories(UnsandboxedWorkflowRunner())


def interceptors() -> list[Interceptor]:
    """Give what stands around activities and workflows, the outermost first."""
    return [CaseLogs(), *_traces(), QuietFailures()]


def _traces() -> list[Interceptor]:
    process_traces = traces()
    if process_traces is None:
        return []
    from temporal.traces import worker_traces

    return worker_traces(process_traces)


def deployment(configured: WorkerSettings) -> WorkerDeploymentConfig | None:
    """Tell Temporal which version of the software this worker is; None where no build is named.

    Cases outlive versions and keep their whole history, so they go on with the current version (AUTO_UPGRADE) and the
    workflow tells old ones by ``workflow.patched``.
    """
    if not configured.worker_build:
        return None
    version = WorkerDeploymentVersion(deployment_name=configured.worker_deployment, build_id=configured.worker_build)
    return WorkerDeploymentConfig(
        version=version, use_worker_versioning=True, default_versioning_behavior=VersioningBehavior.AUTO_UPGRADE
    )


def case_worker(
    client: Client,
    database: Database,
    *,
    cached_cases: int,
    version: WorkerDeploymentConfig | None = None,
    runner: WorkflowRunner | None = None,
) -> Worker:
    """Make the worker of the cases: workflows and their database steps.

    :param cached_cases: how many cases it keeps in memory; the others are played again from their history when needed.
    :param runner: what runs workflows, if not :func:`workflow_runner`.
    """
    return Worker(
        client,
        task_queue=CASE_QUEUE,
        workflows=[ProcedureWorkflow],
        activities=CaseSteps(database).activities(),
        activity_executor=ThreadPoolExecutor(STEP_THREADS, thread_name_prefix="step"),
        interceptors=interceptors(),
        workflow_runner=runner or workflow_runner(),
        max_concurrent_workflow_tasks=WORKFLOW_TASKS,
        max_concurrent_activities=STEP_THREADS,
        max_concurrent_local_activities=STEP_THREADS,
        max_cached_workflows=cached_cases,
        sticky_queue_schedule_to_start_timeout=STICKY_TIMEOUT,
        graceful_shutdown_timeout=GRACE,
        deployment_config=version,
    )


def bulk_workers(
    client: Client,
    hub: Hub,
    *,
    slots: int,
    version: WorkerDeploymentConfig | None = None,
    runner: WorkflowRunner | None = None,
) -> list[Worker]:
    """Make the workers of the bulk files: their workflows and checks, and with slots of their own their rows.

    :param hub: what the rows' use cases work with.
    :param slots: how many rows are sent side by side, of whatever files.
    """
    files = Worker(
        client,
        task_queue=BULK_QUEUE,
        workflows=[BulkFileWorkflow],
        activities=BulkFileSteps(hub).activities(),
        activity_executor=ThreadPoolExecutor(BULK_STEPS, thread_name_prefix="bulk-file"),
        interceptors=interceptors(),
        workflow_runner=runner or workflow_runner(),
        max_concurrent_workflow_tasks=BULK_STEPS,
        max_concurrent_activities=BULK_STEPS,
        max_cached_workflows=CACHED_FILES,
        sticky_queue_schedule_to_start_timeout=STICKY_TIMEOUT,
        graceful_shutdown_timeout=GRACE,
        deployment_config=version,
    )
    rows = Worker(
        client,
        task_queue=BULK_ROWS_QUEUE,
        activities=[BulkRows(hub).send_bulk_rows],
        activity_executor=ThreadPoolExecutor(slots, thread_name_prefix="bulk-rows"),
        interceptors=interceptors(),
        max_concurrent_activities=slots,
        max_concurrent_activity_task_polls=1,
        max_heartbeat_throttle_interval=BULK_HEARTBEAT,
        graceful_shutdown_timeout=GRACE,
    )
    return [files, rows]


def scheduled_activities(hub: Hub, *, unused_days: int, personal_data_days: int) -> list[Callable[..., Any]]:
    """List what is done by the calendar: the activities that :data:`temporal.schedules.SCHEDULED` names."""
    works = (
        CertificateWork(hub),
        UserWork(hub, unused_days=unused_days),
        MaskingWork(hub, kept_days=personal_data_days),
    )
    return [activity for work in works for activity in work.activities()]


def scheduled_worker(
    client: Client,
    activities: Sequence[Callable[..., Any]],
    *,
    version: WorkerDeploymentConfig | None = None,
    runner: WorkflowRunner | None = None,
) -> Worker:
    """Make the worker of what is done by the calendar."""
    return Worker(
        client,
        task_queue=SCHEDULED_QUEUE,
        workflows=[ScheduledWorkflow],
        activities=activities,
        activity_executor=ThreadPoolExecutor(SCHEDULED_STEPS, thread_name_prefix="scheduled"),
        interceptors=interceptors(),
        workflow_runner=runner or workflow_runner(),
        max_concurrent_activities=SCHEDULED_STEPS,
        graceful_shutdown_timeout=GRACE,
        deployment_config=version,
    )


def area_worker(client: Client, activities: GridActivities, area: Area, *, slots: int, rate: float) -> Worker:
    """Make the worker of one area's calls, with slots that no other area can take.

    :param rate: calls a second, for all workers together; the server holds to it. What :mod:`temporal.grid_rates` has
        set goes before it.
    """
    return Worker(
        client,
        task_queue=grid_queue(area),
        activities=[activities.call_grid],
        activity_executor=ThreadPoolExecutor(slots, thread_name_prefix=f"grid-{area.value}"),
        interceptors=interceptors(),
        max_concurrent_activities=slots,
        max_concurrent_activity_task_polls=1,
        max_task_queue_activities_per_second=rate,
        graceful_shutdown_timeout=GRACE,
    )


async def run(configured: WorkerSettings, stop: asyncio.Event, *, disorder: asyncio.Event | None = None) -> None:
    """Work until ``stop`` is set.

    :param disorder: set by whoever hears that Temporal's library has lost its way.
    :raises ValueError: when a setting cannot be read (:func:`usecases.settings.readable`).
    :raises Exception: what ended a worker for good, such as a server that is not there.
    """
    use_time_limits(
        TimeLimits(step=timedelta(seconds=configured.step_within), call=timedelta(seconds=configured.call_within))
    )
    use_keys(configured.key_source)
    client = await connect()
    await ensure_search_attributes(client)
    await ensure_schedules(client)
    database = Database(configured.database_address, pool_size=STEP_THREADS + SCHEDULED_STEPS + configured.bulk_slots)
    hub = hub_of(configured, database=database)
    windows, rates = parse_windows(configured.maintenance_windows), parse_rates(configured.grid_rate)
    calls = GridActivities(database=database, client=GridClient(configured), windows=windows)
    cached_cases = configured.worker_cached_cases
    version = deployment(configured)
    workers = [case_worker(client, database, cached_cases=cached_cases, version=version)]
    workers += bulk_workers(client, hub, slots=configured.bulk_slots, version=version)
    by_the_calendar = scheduled_activities(
        hub, unused_days=configured.unused_days, personal_data_days=configured.personal_data_days
    )
    workers += [scheduled_worker(client, by_the_calendar, version=version)]
    workers += [
        area_worker(client, calls, area, slots=configured.grid_slots, rate=rates[area])
        for area in areas_of(configured.areas)
    ]
    worker_monitoring(configured, database, workers).start()
    try:
        await run_all(workers, stop, disorder=disorder)
    finally:
        hub.gateway.close()
        database.dispose()


async def _main() -> int:
    configured = readable(WorkerSettings.from_environment())
    stop, disorder = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    metrics = library_figures(configured)
    set_up_core_logs(disorder=partial(loop.call_soon_threadsafe, disorder.set), metrics=metrics)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        _log.info("worker-started")
        await run(configured, stop, disorder=disorder)
    except InDisorder as error:
        _log.critical("worker-in-disorder", exc_info=error)
        leave(1)  # from here: the end of the loop would wait for what is wedged
    except Exception as error:
        _log.critical("worker-failed", exc_info=error)
        return 1
    _log.info("worker-stopped")
    return 0


if __name__ == "__main__":
    set_up_logs("worker")
    set_up_traces("worker")
    leave(asyncio.run(_main()))
