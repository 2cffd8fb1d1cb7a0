"""The whole benchmark: both sides in turn, load by load, round by round."""

import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

from tools.bench.cases.histories import HistoryCost, cost_of_histories
from tools.bench.cases.load import Arrivals, AtOnce, Load
from tools.bench.cases.rounds import Round, Timing, play
from tools.bench.cases.side import Side
from tools.bench.cases.stage import Stage
from tools.bench.cases.turns import Turns, turns_logged, turns_of

MESSAGES_A_SECOND = 10.0
_SEED = 15
ALONE, BUSY, FULL = AtOnce(1), AtOnce(8), AtOnce(32)
"""Loads; throughput is judged by the second."""
ARRIVING = Arrivals(MESSAGES_A_SECOND, seed=_SEED)
_HISTORIES = 20
"""How many are read of each side."""


@dataclass(frozen=True)
class Plan:
    """What is played, and for how long."""

    loads: tuple[Load, ...]
    rounds: int
    timing: Timing

    @classmethod
    def of(cls, *, short: bool, watch_every: float) -> "Plan":
        """Plan for a watch that comes so often: its news must flow before a window opens, and come twice in it."""
        if short:
            return cls((BUSY, ARRIVING), rounds=1, timing=Timing(lead=4.0, window=3.0, cases=3))
        timing = Timing(lead=8.0 + watch_every, window=max(15.0, 2 * watch_every), cases=20)
        return cls((ALONE, BUSY, FULL, ARRIVING), rounds=3, timing=timing)


@dataclass(frozen=True)
class Pair:
    """What both sides did under the same load in the same round."""

    hub: Round
    bare: Round


@dataclass
class Measured:
    """What came of all."""

    pairs: dict[Load, list[Pair]]
    histories: dict[str, HistoryCost]
    """By the side's name."""
    turns: dict[str, dict[str, Turns]]
    """Of a case, by the side's name and the process."""
    repeats: int = 0
    """How often a retailer's system had to send a message again."""

    def ratio(self, load: Load, figure: Callable[[Round], float]) -> float:
        """Give the median over the rounds of the hub's figure in parts of the bare case's."""
        return median(figure(pair.hub) / (figure(pair.bare) or math.nan) for pair in self.pairs[load])

    def hub(self, load: Load, figure: Callable[[Round], float]) -> float:
        """Give the median over the rounds of a figure of the hub's."""
        return median(figure(pair.hub) for pair in self.pairs[load])

    def bare(self, load: Load, figure: Callable[[Round], float]) -> float:
        """Give the median over the rounds of a figure of the bare case's."""
        return median(figure(pair.bare) for pair in self.pairs[load])


async def measure(stage: Stage, plan: Plan, *, say: Callable[[str], None]) -> Measured:
    """Play all of the plan and look at what it cost.

    The first round of each side is not timed: every process learns in it what a new one has to, and PostgreSQL logs
    its statements.
    """
    numbers = itertools.count(1)
    measured = Measured({load: [] for load in plan.loads}, {}, {})
    sides: tuple[Side, ...] = (stage.hub, stage.bare)
    for side in sides:
        measured.turns[side.name] = await _turns(stage, side, numbers, plan.timing)
        say(f"{side.name}: SQL")
    for round_number in range(1, plan.rounds + 1):
        for load in plan.loads:
            pair = Pair(
                hub=await play(stage.hub, load, numbers=numbers, timing=plan.timing),
                bare=await play(stage.bare, load, numbers=numbers, timing=plan.timing),
            )
            measured.pairs[load].append(pair)
            say(f"{round_number}/{plan.rounds} {load.label}: {pair.hub.rate:.2f} : {pair.bare.rate:.2f}")
    client = await stage.bare.client()
    for side in sides:
        measured.histories[side.name] = await cost_of_histories(client, side.workflow_ids()[-_HISTORIES:])
    measured.repeats = stage.hub.repeats
    return measured


async def _turns(stage: Stage, side: Side, numbers: Iterator[int], timing: Timing) -> dict[str, Turns]:
    assert stage.stack.cluster is not None, "the stack has its own"
    with turns_logged(stage.stack.cluster) as log:
        figures = await play(side, BUSY, numbers=numbers, timing=timing, mark=lambda: log.stat().st_size)
        begin, end = figures.marks
        with log.open("rb") as file:
            file.seek(begin)
            counts = turns_of(file.read(end - begin))
    return {process: turns.over(figures.cases) for process, turns in counts.items() if process in side.processes()}
