"""The same worker with few and with many open cases, and decisions on either hub in turn."""

import gc
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from tools.bench.open_cases.hub import OpenHub, running_hub

_MISSES = "temporal_sticky_cache_miss_total"
_CACHED = "temporal_sticky_cache_size"
FEWEST = 300
"""Until then a worker's memory still grows by what every new process has to learn."""
MOST_UNLIKE = 0.1
"""So much of either kind of cases may be of the other; a median does not notice."""
_EVERY = 1_000
"""After how many cases something is said."""


@dataclass(frozen=True)
class Plan:
    """How many cases are open, and how many of them are decided on."""

    many: int
    few: int
    cached: int
    """How many cases a worker keeps in memory."""
    decisions: int
    """Of each kind, on each hub."""

    @classmethod
    def of(cls, cases: int) -> "Plan":
        """Plan for so many cases at the most.

        Already where few are open, half of them no longer fit the worker's memory; of each half most are decided on.
        """
        few = max(FEWEST, cases // 20)
        return cls(many=cases, few=few, cached=few // 2, decisions=min(150, few // 3))


@dataclass(frozen=True)
class Memory:
    """What a process holds, in MiB."""

    proportional: float
    """PSS: what it shares with others counts in parts."""
    resident: float
    """RSS: all of it."""


@dataclass
class Decisions:
    """Decisions of one kind on one hub."""

    times: list[float] = field(default_factory=list)
    """Milliseconds from the request to the answer, in the order they were asked."""
    played_again: int = 0
    """How many of the cases the worker had to play again from their history."""

    @property
    def share_played_again(self) -> float:
        """Give the share of cases that the worker no longer had in memory."""
        return self.played_again / len(self.times)

    @property
    def median(self) -> float:
        """Half of them were faster."""
        return median(self.times)

    @property
    def p95(self) -> float:
        """19 of 20 were faster."""
        return quantiles(self.times, n=20, method="inclusive")[18]


@dataclass
class Side:
    """What was seen with so many cases open."""

    open_cases: int
    memory: Memory
    """Of one and the same worker on both sides."""
    touched: Decisions = field(default_factory=Decisions)
    """On cases that something has just happened to."""
    cold: Decisions = field(default_factory=Decisions)
    """On cases that the worker no longer keeps in memory."""


@dataclass(frozen=True)
class Measured:
    """Both sides of one run."""

    few: Side
    many: Side
    cached: int
    """Cases that the worker with many open ones kept in memory."""

    @property
    def compares_like(self) -> bool:
        """True where cases were nearly all played again, or not, as their kind says."""
        return all(
            side.touched.share_played_again <= MOST_UNLIKE and side.cold.share_played_again >= 1 - MOST_UNLIKE
            for side in (self.few, self.many)
        )


def measure(folder: Path, plan: Plan, *, say: Callable[[str], None]) -> Measured:
    """Open few and many cases, look at the worker's memory, and decide on some in turn.

    One hub stays at few. Its decisions alternate with those of the hub with many, so that other work on the machine
    slows both down alike.

    :raises NotAllOpen: when cases do not come to wait for their decision.
    :raises NotAccepted: when a decision is not accepted.
    """
    with (
        running_hub(folder / "few", cached_cases=plan.cached) as small,
        running_hub(folder / "many", cached_cases=plan.cached) as large,
    ):
        large.open_up_to(plan.few)
        few = memory_of(large.worker_pid)
        say(f"{plan.few:,} 件 / cases: {few.proportional:.0f} MiB")
        large.open_up_to(plan.many, on_opened=lambda opened: say(f"{opened:,} 件") if opened % _EVERY == 0 else None)
        many = memory_of(large.worker_pid)
        say(f"{plan.many:,} 件 / cases: {many.proportional:.0f} MiB")
        small.open_up_to(plan.few)
        measured = Measured(Side(plan.few, few), Side(plan.many, many), large.library_figure(_CACHED))
        _decide((small, measured.few), (large, measured.many), plan=plan)
        return measured


def _decide(small: tuple[OpenHub, Side], large: tuple[OpenHub, Side], *, plan: Plan) -> None:
    gc.disable()  # of the caller, whose pauses nobody wants to measure
    for touched in (True, False):  # first those touched last, before others take their place in memory
        turns = [_turn(hub, side, touched=touched, plan=plan) for hub, side in (small, large)]
        for _ in range(plan.decisions):
            for hub, decisions, case_numbers in turns:
                before = hub.library_figure(_MISSES)
                decisions.times.append(hub.decider.accept(next(case_numbers)))
                decisions.played_again += hub.library_figure(_MISSES) > before
    gc.enable()


def _turn(hub: OpenHub, side: Side, *, touched: bool, plan: Plan) -> tuple[OpenHub, Decisions, Iterator[str]]:
    if touched:
        return hub, side.touched, iter(hub.case_numbers[-plan.decisions :])
    forgotten = hub.case_numbers[: -plan.cached]
    return hub, side.cold, iter(forgotten[:: len(forgotten) // plan.decisions])


def memory_of(pid: int) -> Memory:
    """Tell what a process holds, as Linux counts it."""
    memory_map = Path(f"/proc/{pid}/smaps_rollup").read_text()

    def mebibytes(name: str) -> float:
        (kibibytes,) = re.findall(rf"^{name}: +(\d+) kB$", memory_map, re.MULTILINE)
        return int(kibibytes) / 1024

    return Memory(proportional=mebibytes("Pss"), resident=mebibytes("Rss"))
