"""The bare case has the outer steps of a switch, and no more."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

import psycopg2
import pytest
from temporalio.api.enums.v1 import EventType

from deploy.stack.postgres import Cluster
from deploy.stack.supervisor import ROOT
from tests.support.polling import until
from tests.support.temporal import LoopThread, TemporalServer
from tools.bench.cases.bare_case import NEWS, RELAY, RELAYED, WRITE
from tools.bench.cases.bare_side import BareSide
from tools.bench.cases.database import BARE_DATABASE, make_bare_database
from tools.bench.cases.histories import HistoryCost, cost_of_histories
from tools.bench.cases.side import MESSAGES, UPDATES


@pytest.fixture(scope="module")
def url(cluster: Cluster, temporal_server: TemporalServer) -> Iterator[str]:
    """Make the database of the bare cases, and have their worker run."""
    address = make_bare_database(cluster.url)
    command = [sys.executable, "-m", "tools.bench.cases.bare_worker"]
    worker = subprocess.Popen(command, cwd=ROOT, env=os.environ | {BARE_DATABASE: address})
    yield address
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0


def test_it_has_the_messages_relays_news_and_steps_of_a_switch(url: str, temporal_loop: LoopThread) -> None:
    side = BareSide(dict(os.environ), database_url=url, processes={}, news_after=(0.1, 0.1, 0.1))

    async def play() -> tuple[HistoryCost, Counter[str], Counter[str]]:
        for message in MESSAGES:
            await side.send(message, 1)
        client = await side.client()
        (workflow_id,) = side.workflow_ids()
        cost = await cost_of_histories(client, [workflow_id])
        events = (await client.get_workflow_handle(workflow_id).fetch_history()).events
        activities = Counter(
            event.activity_task_scheduled_event_attributes.activity_type.name
            for event in events
            if event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
        )
        return cost, Counter(EventType.Name(event.event_type) for event in events), activities

    cost, happened, activities = temporal_loop.run(play())

    until(side.completed)
    assert side.completed() == 1
    assert happened["EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED"] == len(UPDATES) == 3
    assert happened["EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED"] == len(NEWS) == 3
    assert happened["EVENT_TYPE_TIMER_STARTED"] == happened["EVENT_TYPE_TIMER_CANCELED"] == 1
    assert activities == {WRITE: 9, RELAY: len(RELAYED)}
    assert (cost.events, cost.activities) == (happened.total(), 11)
    assert cost.actions == 1 + 3 + 3 + 1 + 11
    assert cost.size > 0


def test_each_step_is_one_line(url: str) -> None:
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT number, kind FROM steps WHERE case_number = 'BARE-1' ORDER BY number")
        numbers, kinds = zip(*cursor.fetchall(), strict=True)

    assert numbers == tuple(range(9))
    assert set(kinds) == {*MESSAGES, *NEWS, *(f"received-{number}" for number in RELAYED)}
