"""The tests' own worker: what happens to it in one test, or on a busy machine, does not fail those that follow."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.client import Client
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import _runner

from rules.procedure.outcomes import HistoryKind
from temporal import watchdog
from tests.support import case_applications, decisions
from tests.support.hub import Hub
from tests.support.processes import wait_until
from tests.support.temporal import TestedWorker


def elsewhere(hub: Hub, made: list[Worker]) -> TestedWorker:
    """Make one that has nothing to do with the hub's cases; each start adds what it runs to ``made``."""

    def make(client: Client) -> list[Worker]:
        activities = [hub.grid.call_grid]
        made.append(
            Worker(client, task_queue="elsewhere", activities=activities, activity_executor=ThreadPoolExecutor(1))
        )
        return made[-1:]

    return TestedWorker(hub.loop, make)


def test_one_that_ended_unasked_is_named_and_works_again(hub: Hub) -> None:
    made: list[Worker] = []
    worker = elsewhere(hub, made)
    worker.start()
    hub.loop.run(made[0].shutdown())
    wait_until(lambda: not worker.runs, what="its end")

    with pytest.raises(AssertionError, match="ended unasked"):
        worker.start()

    assert worker.runs
    worker.start()
    worker.stop()
    assert (len(made), worker.runs) == (2, False)


def test_one_that_did_not_stop_in_time_is_followed_by_another(hub: Hub) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.grid.at_work.clear()
    hub.give(case, case_applications.file_start)
    wait_until(lambda: hub.grid.tries, what="a call that keeps it")

    with pytest.raises(TimeoutError):
        hub.worker.stop(within=0.2)
    hub.grid.at_work.set()
    hub.worker.start()

    hub.give(case, case_applications.file_end)
    hub.wait_for_line(case, HistoryKind.RECEIVED, times=2)


def test_a_young_one_does_not_take_the_end_of_another_for_its_own(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "LOOK_EVERY", 0.05)
    young, other = elsewhere(hub, []), elsewhere(hub, [])
    young.start()
    other.start()
    time.sleep(0.5)  # some looks

    other.stop()

    time.sleep(0.5)
    assert young.runs
    young.stop()


def test_a_turn_of_a_workflow_that_waits_long_for_a_core_fails_no_task(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_turn, slow = _runner._Instance.activate, list[str]()

    def wait_and_take(instance: _runner._Instance, turn: WorkflowActivation) -> WorkflowActivationCompletion:
        if not slow:
            slow.append(turn.run_id)
            time.sleep(2.5)
        return take_turn(instance, turn)

    monkeypatch.setattr(_runner._Instance, "activate", wait_and_take)
    case = hub.open()

    assert hub.give(case, decisions.decide).refusal is None

    assert slow == [hub.run_of(case)]
    assert hub.count(case, EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED) == 0
