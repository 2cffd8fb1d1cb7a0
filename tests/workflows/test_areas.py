"""Each area by itself: what holds up the calls of one takes nothing from another; rates change while all runs."""

from collections.abc import Callable, Iterator

import pytest
from temporalio.client import Client
from temporalio.worker import Worker

from rules.procedure.outcomes import HistoryKind
from schemas.codes import Area, CasePhase
from temporal.grid_rates import rate_set, set_rate
from tests.support import case_applications, decisions
from tests.support.hub import Hub
from tests.support.processes import wait_until
from tests.support.scripted_grid import ScriptedGrid
from tests.support.temporal import TestedWorker
from worker import area_worker

SLOTS = 2
SLOW, QUICK = Area.KANSAI, Area.KYUSHU
FEW = 0.01
"""Calls a second: the next but one comes after minutes."""

File = Callable[[Area, int], str]


@pytest.fixture
def grids(hub: Hub) -> Iterator[dict[Area, ScriptedGrid]]:
    """Run the grid operators of two areas, called by workers as ``worker.py`` makes them."""
    grids = {area: ScriptedGrid(hub.now) for area in (SLOW, QUICK)}

    def make(client: Client) -> list[Worker]:
        return [area_worker(client, grid, area, slots=SLOTS, rate=50) for area, grid in grids.items()]  # type: ignore[arg-type]

    workers = TestedWorker(hub.loop, make)
    workers.start()
    yield grids
    for area, grid in grids.items():
        grid.at_work.set()
        limit(hub, area, None)
    workers.stop()


def limit(hub: Hub, area: Area, rate: float | None) -> None:
    """Set an area's rate on the server; None takes it off."""
    hub.loop.ask(lambda client: set_rate(client, area=area, rate=rate, reason="test"))


def limited_to(hub: Hub, area: Area) -> float | None:
    return hub.loop.ask(lambda client: rate_set(client, area=area))


@pytest.fixture
def file(hub: Hub) -> File:
    """Have a case of an area file its start application; by the area and a number."""

    def filed(area: Area, number: int) -> str:
        case = hub.open(point_number=f"{area.value}{number:020d}")
        assert hub.give(case, decisions.decide).phase is CasePhase.AWAITING_APPLICATIONS
        assert hub.give(case, case_applications.file_start).refusal is None
        return case

    return filed


def test_an_area_that_does_not_answer_takes_no_capacity_of_another(
    hub: Hub, grids: dict[Area, ScriptedGrid], file: File
) -> None:
    grids[SLOW].at_work.clear()
    waiting = [file(SLOW, number) for number in range(SLOTS + 2)]
    wait_until(lambda: grids[SLOW].tries == SLOTS, what="all slots of the slow area to be taken")

    for number in range(SLOTS + 2):
        hub.wait_for_line(file(QUICK, number), HistoryKind.RECEIVED)

    assert (grids[SLOW].tries, grids[SLOW].calls) == (SLOTS, [])
    grids[SLOW].at_work.set()
    for case in waiting:
        hub.wait_for_line(case, HistoryKind.RECEIVED)


def test_a_changed_rate_holds_without_a_restart_and_for_its_area_alone(
    hub: Hub, grids: dict[Area, ScriptedGrid], file: File
) -> None:
    limit(hub, SLOW, FEW)
    slow_cases = [file(SLOW, number) for number in range(3)]
    for number in range(3):
        hub.wait_for_line(file(QUICK, number), HistoryKind.RECEIVED)
    assert grids[SLOW].tries <= 1, "as many calls as the others have had made"

    limit(hub, SLOW, 20)

    for case in slow_cases:
        hub.wait_for_line(case, HistoryKind.RECEIVED)


def test_a_rate_that_is_taken_off_leaves_the_workers_own(hub: Hub, grids: dict[Area, ScriptedGrid], file: File) -> None:
    limit(hub, SLOW, FEW)
    slow_cases = [file(SLOW, number) for number in range(3)]
    assert limited_to(hub, SLOW) == pytest.approx(FEW)

    limit(hub, SLOW, None)

    assert limited_to(hub, SLOW) is None
    for case in slow_cases:
        hub.wait_for_line(case, HistoryKind.RECEIVED)
