"""What Temporal says is wrong is seen: cases that cannot go on, queues without a worker."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from temporalio import workflow
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from rules.procedure.events import CommandKind
from rules.steps import CaseStart
from schemas.codes import Area
from sweeper import figures
from sweeper.alarms import Alarms, look, watch_alarms
from temporal.names import CASE_QUEUE, SWITCHING_CASE, grid_queue
from temporal.questions import ask_temporal
from tests.support.hub import Hub
from tests.support.processes import wait_until
from tests.support.temporal import TestedWorker

_OTHER_AREAS = tuple(sorted(grid_queue(area) for area in Area if area is not Area.TOKYO))


@workflow.defn(name=SWITCHING_CASE)
class Broken:
    """A version of the workflow that cannot be carried out."""

    @workflow.run
    async def run(self, start: CaseStart) -> None:
        raise RuntimeError("髙橋")


@pytest.fixture
def broken_worker(hub: Hub) -> Iterator[TestedWorker]:
    """Run a worker with a broken version instead of the hub's own."""

    def make(client: Client) -> list[Worker]:
        runner = UnsandboxedWorkflowRunner()
        return [Worker(client, task_queue=CASE_QUEUE, workflows=[Broken], workflow_runner=runner)]

    hub.worker.stop()
    worker = TestedWorker(hub.loop, make)
    worker.start()
    yield worker
    worker.stop()
    hub.worker.start()


def alarms() -> Alarms:
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(ask_temporal, look, within=10.0).result()


def test_areas_that_no_worker_serves_are_named(hub: Hub) -> None:
    expected = Alarms(0, (), _OTHER_AREAS)  # the tests' worker makes the calls of Tokyo alone

    wait_until(lambda: alarms() == expected, what=f"the worker's first poll: {alarms()}")


def test_a_case_whose_workflow_fails_is_named_and_no_longer_once_it_goes_on(
    hub: Hub, broken_worker: TestedWorker
) -> None:
    case = hub.open()

    wait_until(lambda: alarms().cases_in_trouble, what="the alarm", within=60)
    assert alarms().some_cases == (case,)

    broken_worker.stop()
    hub.worker.start()
    wait_until(lambda: not alarms().cases_in_trouble, what="the end of the alarm", within=60)


def test_cases_that_wait_for_the_hub_operator_are_shown_in_the_figures(hub: Hub) -> None:
    case = hub.open()
    hub.intervene(case, CommandKind.SUSPEND)
    stop = threading.Event()
    watching = threading.Thread(target=watch_alarms, args=(stop,), kwargs={"database": hub.database, "every": 0.1})

    watching.start()

    shown = figures.FOR_OPERATOR.labels("suspended")
    wait_until(lambda: shown._value.get() == 1, what="the figure")
    stop.set()
    watching.join()
