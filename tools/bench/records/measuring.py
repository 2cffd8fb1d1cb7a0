"""Rounds by turns: the same reads, with the sealer at work and without."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from deploy.stack.supervisor import ROOT
from tools.bench.processor import processor_seconds
from tools.bench.rate import Round, one_round
from tools.bench.stage import Stage


@dataclass(frozen=True)
class SealingCost:
    """What came of the rounds, pair by pair."""

    sealed: list[Round]
    unsealed: list[Round]
    sealer: list[float]
    """Milliseconds of processor time that the sealer used for one read."""

    @property
    def kept(self) -> float:
        """How much of the rate is left with the sealer at work: the median of the pairs."""
        return median(on.rate / off.rate for on, off in zip(self.sealed, self.unsealed, strict=True))


class Sealing:
    """The sealer's process, turned on and off."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.pid = process.pid

    def tell(self, word: str) -> None:
        """Tell it something, and wait until it has done it."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()
        if not self._process.stdout.readline():
            raise RuntimeError("the sealer has ended")


def measure_sealing(stage: Stage, *, pairs: int, seconds: float) -> SealingCost:
    """Have the hub asked with and without, the first pair not counted; which goes first changes from pair to pair."""
    cost = SealingCost([], [], [])
    with _running_sealer(stage) as sealing:
        for pair in range(pairs + 1):
            rounds, used = {}, {}
            for is_on in (True, False) if pair % 2 else (False, True):
                before = processor_seconds(sealing.pid)
                sealing.tell("on" if is_on else "off")
                rounds[is_on] = one_round(stage, stage.hub, seconds=seconds)
                sealing.tell("off")
                sealing.tell("rest")
                used[is_on] = processor_seconds(sealing.pid) - before
            if pair:
                cost.sealed.append(rounds[True])
                cost.unsealed.append(rounds[False])
                cost.sealer.append(used[True] / (rounds[True].rate * seconds) * 1000)
    return cost


@contextmanager
def _running_sealer(stage: Stage) -> Iterator[Sealing]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tools.bench.records.sealer"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        env=dict(stage.environment),
    )
    try:
        yield Sealing(process)
    finally:
        process.kill()
        process.wait()
