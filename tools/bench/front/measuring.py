"""Requests of 12210 behind the front and without it, in turn: over kept connections, and over new ones."""

from dataclasses import dataclass, field
from enum import Enum
from statistics import median

from deploy.samples import NEW_RETAILER
from tools.bench.client import Count, Orders
from tools.bench.front.stage import Side, Stage
from tools.bench.processor import processor_seconds
from tools.bench.rate import CONNECTIONS, call, questions


class Load(Enum):
    """How retailers' systems connect."""

    KEPT = "接続を維持 / kept connections"
    NEW = "毎回つなぎ直す / a handshake for each"


@dataclass(frozen=True)
class Turn:
    """What one side did in one round."""

    rate: float
    """Answers a second."""
    processor: float
    """Milliseconds of processor time for one answer, of everything but the caller."""
    front: float = 0.0
    """The same of the front alone."""


@dataclass(frozen=True)
class Pair:
    """One round of each, one right after the other."""

    behind: Turn
    without: Turn


@dataclass
class Measured:
    """What came of all rounds."""

    rounds: dict[Load, list[Pair]] = field(default_factory=lambda: {load: [] for load in Load})

    def ratio(self, load: Load) -> float:
        """Tell the rate behind the front in parts of that without it: the median of the rounds."""
        return median(pair.behind.rate / pair.without.rate for pair in self.rounds[load])


def measure(stage: Stage, *, rounds: int, seconds: float) -> Measured:
    """Ask both in turn, round by round, each beginning every other round; the first round is not counted."""
    measured, requests = Measured(), questions(stage.case_numbers)
    for load in Load:
        for number in range(rounds + 1):
            sides = (stage.behind, stage.without) if number % 2 else (stage.without, stage.behind)
            turns = {side.name: _turn(stage, side, requests, load, seconds) for side in sides}
            if number:
                measured.rounds[load].append(Pair(turns[stage.behind.name], turns[stage.without.name]))
    return measured


def _turn(stage: Stage, side: Side, requests: list[str], load: Load, seconds: float) -> Turn:
    pids = (*side.parts, stage.postgres_pid)
    before = {pid: processor_seconds(pid) for pid in pids}
    count = _ask(stage, side, requests, load, seconds)
    used = {pid: (processor_seconds(pid) - before[pid]) / count.answers * 1000 for pid in pids}
    return Turn(rate=count.answers / count.seconds, processor=sum(used.values()), front=used.get(stage.front_pid, 0.0))


def _ask(stage: Stage, side: Side, requests: list[str], load: Load, seconds: float) -> Count:
    return call(
        Orders(
            ports=side.ports,
            certificate=str(stage.certificates.retailer(NEW_RETAILER)),
            authority=str(stage.certificates.authority),
            connections=CONNECTIONS,
            seconds=seconds,
            requests=requests,
            kept=load is Load.KEPT,
        )
    )
