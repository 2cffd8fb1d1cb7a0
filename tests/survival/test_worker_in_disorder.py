"""A worker that lives on half dead ends instead, so that it is started anew."""

import logging
import subprocess
import sys

import pytest

from schemas.codes import CasePhase
from temporal.core_logs import Listening
from tests.support import decisions
from tests.support.grid import GridServer
from tests.support.hub import Hub
from tests.support.processes import ROOT

_MACHINES = "temporalio-sdk_core::temporalio_sdk_core::worker::workflow::machines::workflow_machines"

_POLLS_ONCE = """
import runpy
from temporalio.bridge.worker import PollShutdownError, Worker

poll = Worker.poll_workflow_activation
polled = []

async def poll_once(self):
    if polled:
        raise PollShutdownError  # what a poller hears whose thread in the library has panicked
    polled.append(await poll(self))
    return polled[0]

Worker.poll_workflow_activation = poll_once
runpy.run_path("worker.py", run_name="__main__")
"""


@pytest.fixture
def environment(hub: Hub, grid_process: GridServer) -> dict[str, str]:
    return {**grid_process.environment, "TEMPORAL_ADDRESS": hub.server.address, "HUB_AREAS": "03"}


def test_a_worker_one_of_whose_pollers_has_ended_ends_with_an_error(hub: Hub, environment: dict[str, str]) -> None:
    case = hub.open()
    hub.stop_worker(case)
    stored = hub.store(case, decisions.decide)

    with subprocess.Popen(
        [sys.executable, "-c", _POLLS_ONCE], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL
    ) as process:
        try:
            hub.gateway.look_again(case)  # something to poll
            assert process.wait(60) == 1
        finally:
            process.kill()

    hub.worker.start()
    hub.hand_over(case)
    assert hub.answer(stored).phase is CasePhase.AWAITING_APPLICATIONS


@pytest.mark.parametrize(
    ("name", "level", "told"),
    [
        (_MACHINES, logging.ERROR, True),
        (_MACHINES, logging.WARNING, False),
        ("temporalio-sdk_core::temporalio_client::retry", logging.ERROR, False),
        ("temporalio.worker._worker", logging.ERROR, False),
    ],
)
def test_only_an_error_about_the_histories_it_holds_tells_of_disorder(name: str, level: int, told: bool) -> None:
    alarms: list[bool] = []
    listening = Listening(lambda: alarms.append(True))

    assert listening.filter(logging.LogRecord(name, level, "(sdk-core)", 0, "words", (), None))

    assert bool(alarms) is told
