"""The tests' worker that ended by itself is told of once, and does not stay away from the tests that follow."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from temporalio.client import Client
from temporalio.worker import Worker

from tests.support.hub import Hub
from tests.support.processes import wait_until
from tests.support.temporal import TestedWorker


def test_one_that_ended_unasked_is_named_and_works_again(hub: Hub) -> None:
    made: list[Worker] = []

    def make(client: Client) -> list[Worker]:
        activities = [hub.grid.call_grid]
        made.append(
            Worker(client, task_queue="elsewhere", activities=activities, activity_executor=ThreadPoolExecutor(1))
        )
        return made[-1:]

    worker = TestedWorker(hub.loop, make)
    worker.start()
    hub.loop.run(made[0].shutdown())
    wait_until(lambda: not worker.runs, what="its end")

    with pytest.raises(AssertionError, match="ended unasked"):
        worker.start()

    assert worker.runs
    worker.start()
    worker.stop()
    assert (len(made), worker.runs) == (2, False)
