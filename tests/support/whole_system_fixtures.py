"""The whole system, started once for all tests of a room. What it needs is imported when it is used."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.trace_receiver import TraceReceiver
    from tests.support.world import World

_SETTINGS = {
    "HUB_GRID_STUB_STEP_SECONDS": "1",
    "HUB_SWEEP_EVERY": "0.5",
    "HUB_SWEEP_AFTER": "1",
    "HUB_ANSWER_WITHIN": "2.5",
}


@pytest.fixture(scope="session")
def traces() -> "Iterator[TraceReceiver]":
    """Receive the whole system's traces, started before it."""
    from tests.support.trace_receiver import trace_receiver

    with trace_receiver() as receiving:
        yield receiving


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory, traces: "TraceReceiver") -> "Iterator[World]":
    from deploy.demo.performance import DEMO_SETTINGS
    from tests.support.whole_system import whole_system

    settings = DEMO_SETTINGS | _SETTINGS | {"OTEL_EXPORTER_OTLP_ENDPOINT": traces.url, "OTEL_BSP_SCHEDULE_DELAY": "100"}
    with whole_system(tmp_path_factory.mktemp("stack"), settings=settings) as world:
        yield world


@pytest.fixture
def world(running: "World") -> "World":
    """Have every part up and every grid operator as usual, in office hours."""
    from tests.support.whole_system import set_right

    return set_right(running)
