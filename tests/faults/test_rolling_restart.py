"""The hub's processes are exchanged one after the other under a stream of switches, and callers notice nothing.

As docs/changing-workflows.md has it: the new one is well before the old one is told to stop.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from deploy.stack.supervisor import Stack
from schemas.refusal_codes import RefusalCode
from tests.faults.invariants import everything_holds
from tests.faults.length import LONG
from tests.faults.machines import PARTS, BalancedRetailer, Balancer, make_current, second_machine
from tests.faults.traffic import Traffic
from tests.faults.workflow_tasks import workflow_tasks
from tests.support.retailers import Retailer
from tests.support.world import World

_A_CASE_EVERY = 0.3 if LONG else 0.8
_AROUND = 5.0 if LONG else 1.0
"""Seconds of traffic before and after each exchange, and while both processes are there."""
_THERE_AND_BACK = 2 if LONG else 1
_SAID = {RefusalCode.OUTCOME_OPEN.value}
"""What may be heard meanwhile, from a machine that is busy; no connection is cut."""


@pytest.fixture
def second(world: World, tmp_path: Path) -> Iterator[Stack]:
    """Describe another machine, on which nothing runs yet."""
    with second_machine(world.stack, tmp_path) as machine:
        yield machine


@pytest.fixture
def balancer(world: World, second: Stack, traffic: Traffic) -> Balancer:
    """Have the retailers of the traffic reach the hub through it."""
    balancer = Balancer([world.stack])

    def balanced(retailer: Retailer) -> Retailer:
        return BalancedRetailer(retailer, (world.stack, second), balancer)

    traffic.world = replace(
        world, new=balanced(world.new), current=balanced(world.current), another=balanced(world.another)
    )
    return balancer


@pytest.mark.timeout(900)
def test_every_part_exchanged_one_after_the_other_loses_and_doubles_nothing(
    world: World, second: Stack, balancer: Balancer, traffic: Traffic, tell: Callable[[str], None]
) -> None:
    with traffic.flowing(every=_A_CASE_EVERY):
        for old, new in ((world.stack, second), (second, world.stack)) * _THERE_AND_BACK:
            for part in PARTS:
                time.sleep(_AROUND)
                with balancer.exchanging(part, old=old, new=new):
                    time.sleep(_AROUND)
        time.sleep(_AROUND)

    figures = everything_holds(world, traffic)
    tasks = workflow_tasks(world, [case.case_number for case in traffic.played])
    tell(f"{figures.words('部品を1つずつ入れ替え', traffic.ends)}\n{balancer.words}\n{tasks.words}")
    assert tasks.failed == []
    assert set(figures.refused) <= _SAID


@pytest.mark.timeout(900)
def test_cases_under_way_go_from_build_to_build_and_back(
    world: World, second: Stack, balancer: Balancer, traffic: Traffic, tell: Callable[[str], None]
) -> None:
    turns = (("1", world.stack, second), ("2", second, world.stack), ("1", world.stack, second))
    try:
        with traffic.flowing(every=_A_CASE_EVERY):
            for build, old, new in (*turns, (None, second, world.stack)):
                time.sleep(_AROUND)
                _name_build(new, build)
                with balancer.exchanging("worker", old=old, new=new):
                    make_current(build, world)
                    time.sleep(_AROUND)
            time.sleep(_AROUND)
    finally:
        _name_build(world.stack, None)

    figures = everything_holds(world, traffic)
    tasks = workflow_tasks(world, [case.case_number for case in traffic.played])
    tell(f"{figures.words('ワーカーの版を入れ替え', traffic.ends)}\n{balancer.words}\n{tasks.words}")
    assert tasks.failed == []
    assert set(tasks.completed) == {"", "1", "2"}
    assert set(figures.refused) <= _SAID


def _name_build(machine: Stack, build: str | None) -> None:
    machine.environment["HUB_WORKER_BUILD"] = build or ""
