"""What is done by the calendar: known to the server once, however often a worker begins, and seen in its UI."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from temporalio import activity
from temporalio.client import (
    Client,
    ScheduleActionExecutionStartWorkflow,
    ScheduleActionStartWorkflow,
    ScheduleDescription,
)
from temporalio.service import RPCError
from temporalio.worker import Worker

from temporal.schedules import SCHEDULED, ScheduledWork, daily_at, ensure_schedules
from tests.support.hub import Hub
from tests.support.sandbox import sandboxed_runner, with_patience
from tests.support.temporal import TestedWorker
from worker import scheduled_worker

COUNTING = ScheduledWork("count-for-the-test", "試しに数える", daily_at(9))


class Counted:
    """What an activity of the test has done."""

    def __init__(self) -> None:
        self.times = 0
        self.fails = 0

    @activity.defn(name=COUNTING.name)
    def count(self) -> str:
        self.times += 1
        if self.times <= self.fails:
            raise ConnectionError
        return f"{self.times} 回目"


@pytest.fixture
def counted(hub: Hub) -> Iterator[Counted]:
    """Run a worker of an activity that counts, and leave no schedule behind."""
    work = Counted()

    def make(client: Client) -> list[Worker]:
        return [with_patience(scheduled_worker(client, [work.count], runner=sandboxed_runner()))]

    hub.worker.stop()  # it knows nothing of such work
    worker = TestedWorker(hub.loop, make)
    worker.start()
    yield work
    worker.stop()
    with suppress(RPCError):
        hub.loop.ask(lambda client: client.get_schedule_handle(COUNTING.name).delete())


def ensure(hub: Hub, work: ScheduledWork = COUNTING) -> None:
    hub.loop.ask(lambda client: ensure_schedules(client, [work]))


def described(hub: Hub) -> ScheduleDescription:
    return hub.loop.ask(lambda client: client.get_schedule_handle(COUNTING.name).describe())


def result_of_a_run(hub: Hub, work: ScheduledWork = COUNTING) -> str:
    """Have a schedule run now, and wait for what came of it."""

    async def run(client: Client) -> str:
        handle = client.get_schedule_handle(work.name)
        before = (await handle.describe()).info.num_actions
        await handle.trigger()
        while (info := (await handle.describe()).info).num_actions == before:
            await asyncio.sleep(0.05)
        last = info.recent_actions[-1].action
        assert isinstance(last, ScheduleActionExecutionStartWorkflow)
        return str(await client.get_workflow_handle(last.workflow_id).result())

    return hub.loop.ask(run)


def test_a_run_does_the_work_and_says_what_came_of_it(hub: Hub, counted: Counted) -> None:
    ensure(hub)

    assert result_of_a_run(hub) == "1 回目"


def test_a_worker_that_begins_again_adds_no_second_one(hub: Hub, counted: Counted) -> None:
    for _ in range(3):
        ensure(hub)

    assert result_of_a_run(hub) == "1 回目"
    assert counted.times == 1


def test_work_that_fails_is_tried_until_it_is_done(hub: Hub, counted: Counted) -> None:
    ensure(hub)
    counted.fails = 2

    assert result_of_a_run(hub) == "3 回目"


def test_a_new_version_brings_the_schedule_up_to_date_and_leaves_a_pause_as_it_is(hub: Hub, counted: Counted) -> None:
    ensure(hub)
    hub.loop.ask(lambda client: client.get_schedule_handle(COUNTING.name).pause(note="障害対応"))

    ensure(hub, ScheduledWork(COUNTING.name, "数え直す", daily_at(18, 30)))

    found = described(hub).schedule
    assert (found.state.paused, found.state.note) == (True, "障害対応")
    assert isinstance(found.action, ScheduleActionStartWorkflow)
    (times,) = {upcoming.astimezone(ZoneInfo("Asia/Tokyo")).strftime("%H:%M") for upcoming in next_times(hub)}
    assert times == "18:30"


def next_times(hub: Hub) -> list[datetime]:
    return list(described(hub).info.next_action_times)


def test_the_hubs_workers_do_all_of_it(hub: Hub) -> None:
    hub.loop.ask(ensure_schedules)

    assert [work.name for work in SCHEDULED if not result_of_a_run(hub, work)] == []
