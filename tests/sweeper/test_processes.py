"""The processes as they are started: they do their work, end cleanly when told to, and say so when they cannot."""

import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

import pytest
import requests

from models.handovers import is_started
from schemas.codes import CasePhase
from tests.support import decisions, referrals
from tests.support.data_keys import KEYS_OF_TESTS
from tests.support.database import free_port
from tests.support.grid import GridServer
from tests.support.hub import Hub
from tests.support.messages import KEY
from tests.support.processes import ROOT, listens, wait_until


@pytest.fixture
def environment(hub: Hub, grid_process: GridServer) -> dict[str, str]:
    """Give what the hub's processes are told."""
    return {
        **grid_process.environment,
        "TEMPORAL_ADDRESS": hub.server.address,
        "HUB_SWEEP_EVERY": "0.1",
        "HUB_SWEEP_AFTER": "0",
        "HUB_AREAS": "03",
        "HUB_DATA_KEYS": KEYS_OF_TESTS,
        "HUB_MESSAGE_KEY": KEY.decode(),
    }


@contextmanager
def running(*command: str, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Python program for a block."""
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=dict(environment), stdin=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait(10)


def test_the_worker_takes_commands_and_ends_when_told_to(hub: Hub, environment: dict[str, str]) -> None:
    case = hub.open()
    hub.stop_worker(case)
    stored = hub.store(case, decisions.decide)

    with running("worker.py", environment=environment) as process:
        hub.hand_over(case, timeout=60)
        process.send_signal(signal.SIGTERM)

        assert process.wait(40) == 0
    assert hub.answer(stored).phase is CasePhase.AWAITING_APPLICATIONS


def test_a_worker_without_its_server_ends_with_an_error(environment: dict[str, str]) -> None:
    with running("worker.py", environment={**environment, "TEMPORAL_ADDRESS": "127.0.0.1:1"}) as process:
        assert process.wait(60) == 1


def test_the_sweeper_delivers_and_ends_when_told_to(hub: Hub, environment: dict[str, str]) -> None:
    case = referrals.open_case(hub.database)

    def started() -> bool:
        with hub.database.transaction() as session:
            return is_started(session, case_number=case)

    with running("-m", "sweeper", environment=environment) as process:
        wait_until(started, what="the workflow")
        process.send_signal(signal.SIGTERM)

        assert process.wait(40) == 0


def test_the_sweeper_tells_what_waits_whenever_it_is_asked(hub: Hub, environment: dict[str, str]) -> None:
    port = free_port()
    patient = {"HUB_SWEEP_AFTER": "3600", "HUB_SWEEP_EVERY": "3600", "HUB_SWEEPER_METRICS_PORT": str(port)}

    with running("-m", "sweeper", environment=environment | patient):
        wait_until(lambda: listens(port), what="the figures")
        before = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=10).text
        referrals.open_case(hub.database)
        after = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=10).text

    assert ("hub_deliveries_open 0.0" in before, "hub_deliveries_open 1.0" in after) == (True, True)


def test_the_clock_is_moved_from_the_command_line(hub: Hub, environment: dict[str, str]) -> None:
    case = hub.open()
    by = hub.state(case).decision_due - hub.now() + timedelta(minutes=1)
    moving = ("-m", "upkeep", "wake", "--move-clock-by", f"{int(by.total_seconds())}s")

    with running(*moving, environment=environment) as process:
        assert process.wait(60) == 3, "there is no terminal to ask at"
    assert hub.state(case).phase is CasePhase.AWAITING_DECISION
    with running(*moving, "--yes", environment=environment) as process:
        assert process.wait(60) == 0

    hub.wait_for(case, CasePhase.DECISION_EXPIRED)
