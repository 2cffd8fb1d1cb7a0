"""What a case may cost, as data."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from deploy.stack.parts import MAIL_SINK
from tools.bench.cases.measuring import ARRIVING, BUSY, Measured
from tools.bench.cases.rounds import CALLER, Round
from tools.bench.cases.side import UPDATES

OTHERS = frozenset({"grid_stub", MAIL_SINK, CALLER})
"""Processes that stand in for others' systems: what they use is none of the hub's."""
FORMER = 0.47
"""Seconds of processor time for a case before any of this was done about it, the watch each 10 seconds."""


@dataclass(frozen=True)
class Goal:
    """One figure and its limit."""

    label: str
    limit: float
    figure: Callable[[Measured], float]
    at_least: bool = False
    """The limit is the least that is wanted, and not the most."""

    def kept(self, measured: Measured) -> bool:
        """Tell whether the figure is within its limit."""
        value = self.figure(measured)
        return value >= self.limit if self.at_least else value <= self.limit


def processor_time(figures: Round) -> float:
    """Give the seconds of processor time for a case, without what stands in for others."""
    return sum(figures.used_a_case(process) for process in figures.used if process not in OTHERS)


def _p95(message: str, figures: Round) -> float:
    return figures.within(0.95, message)


def _goals_of(message: str) -> tuple[Goal, ...]:
    p95 = partial(_p95, message)
    return (
        Goal(f"{message} p95 (ms)", 250, lambda measured: measured.hub(ARRIVING, p95) * 1000),
        Goal(f"{message} p95 / bare", 2.0, lambda measured: measured.ratio(ARRIVING, p95)),
    )


GOALS = (
    Goal(
        "cases a second / bare", 0.8, lambda measured: measured.ratio(BUSY, lambda figures: figures.rate), at_least=True
    ),
    Goal("cpu of a case (ms)", FORMER / 3 * 1000, lambda measured: measured.hub(BUSY, processor_time) * 1000),
    Goal("cpu of a case / bare", 1.6, lambda measured: measured.ratio(BUSY, processor_time)),
    *(goal for message in UPDATES for goal in _goals_of(message)),
    Goal("events", 90, lambda measured: measured.histories["hub"].events),
    Goal("workflow tasks", 14, lambda measured: measured.histories["hub"].workflow_tasks),
)
