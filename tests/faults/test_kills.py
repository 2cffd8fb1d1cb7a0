"""Processes end at the worst moments while switches run and messages come twice: nothing is lost, nothing is twice."""

import random
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.invariants import everything_holds
from tests.faults.length import LONG
from tests.faults.revival import kept_running
from tests.faults.traffic import Traffic
from tests.support.polling import until
from tests.support.world import World

WORST_MOMENTS = (
    "record-step:before-commit",
    "record-step:after-commit",
    "call-grid:after-acceptance",
    "look-at-case:after-commit",
    "look-at-case:before-commit",
    "call-grid:before-commit",
    "call-grid:after-commit",
)
"""The first four, one of each activity at least, are those of the short form."""
KILLED_AT_RANDOM = ("sweeper", "soap", "front", "temporal", "mail", "mail_sink")

_MOMENTS = WORST_MOMENTS * 4 if LONG else WORST_MOMENTS[:4]
_A_CASE_EVERY = 0.3 if LONG else 0.8


@pytest.mark.timeout(900)
def test_a_worker_killed_at_each_moment_and_others_at_random_lose_and_double_nothing(
    world: World, traffic: Traffic, fault_folder: Path, tell: Callable[[str], None]
) -> None:
    over = threading.Event()
    with kept_running(world.stack), traffic.flowing(every=_A_CASE_EVERY):
        killer = threading.Thread(target=_kill_at_random, args=(world, traffic, over), daemon=True)
        killer.start()
        try:
            for moment in _MOMENTS:
                _kill_worker_at(moment, fault_folder, world)
                traffic.figures.killed[moment] += 1
        finally:
            over.set()
            killer.join(30)

    figures = everything_holds(world, traffic)
    tell(figures.words("ワーカーを各時点で、ほかの部品を無作為に強制終了", traffic.ends))


def _kill_worker_at(moment: str, folder: Path, world: World) -> None:
    armed = folder / moment
    armed.touch()
    until(lambda: not armed.exists(), within=120, every=0.05, instead=lambda: f"nobody reached {moment}")
    until(lambda: world.stack.running("worker"), within=60, every=0.05)


def _kill_at_random(world: World, traffic: Traffic, over: threading.Event) -> None:
    dice = random.Random(traffic.seed)
    turn: list[str] = []
    while not over.wait(dice.uniform(0.5, 3.0)):
        if all(state.ready for state in world.stack.states()):  # or nothing would ever come to be killed in
            turn = turn or dice.sample(KILLED_AT_RANDOM, len(KILLED_AT_RANDOM))  # each has its turn, in any order
            name = turn.pop()
            world.stack.kill(name)
            traffic.figures.killed[name] += 1
