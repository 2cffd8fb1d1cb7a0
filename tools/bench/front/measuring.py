"""Requests of 12210 behind the front and without it, in turn: over kept connections, and over new ones."""

from dataclasses import dataclass, field
from enum import Enum
from statistics import median

from deploy.samples import NEW_RETAILER
from tools.bench.client import Orders
from tools.bench.front.stage import Side, Stage
from tools.bench.processor import processor_seconds
from tools.bench.rate import CONNECTIONS, call, questions


class Load(Enum):
    """How retailers' systems connect."""

    KEPT = "接続を維持 / kept connections"
    NEW = "毎回つなぎ直す / a handshake for each"


@dataclass(frozen=True)
class Pair:
    """Answers a second, one round right after the other."""

    behind: float
    without: float


@dataclass
class Measured:
    """What came of all rounds."""

    rounds: dict[Load, list[Pair]] = field(default_factory=lambda: {load: [] for load in Load})
    front_processor: dict[Load, list[float]] = field(default_factory=lambda: {load: [] for load in Load})
    """Milliseconds of processor time that the front itself used for one answer."""

    def ratio(self, load: Load) -> float:
        """Tell the rate behind the front in parts of that without it: the median of the rounds."""
        return median(pair.behind / pair.without for pair in self.rounds[load])


def measure(stage: Stage, *, rounds: int, seconds: float) -> Measured:
    """Ask both in turn, round by round, each beginning every other round; the first round is not counted."""
    measured, requests = Measured(), questions(stage.case_numbers)
    for load in Load:
        for number in range(rounds + 1):
            before = processor_seconds(stage.front_pid)
            turns = (stage.behind, stage.without) if number % 2 else (stage.without, stage.behind)
            rates = {side.name: _rate(stage, side, requests, load, seconds) for side in turns}
            used = processor_seconds(stage.front_pid) - before
            if number:
                behind = rates[stage.behind.name]
                measured.rounds[load].append(Pair(behind, rates[stage.without.name]))
                measured.front_processor[load].append(used / (behind * seconds) * 1000)
    return measured


def _rate(stage: Stage, side: Side, requests: list[str], load: Load, seconds: float) -> float:
    count = call(
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
    return count.answers / count.seconds
