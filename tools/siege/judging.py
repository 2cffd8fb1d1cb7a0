"""What one attack did to the good requests and to the processes, and which goals it missed."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_TIMES_QUIET = 1.5
"""The goal for the good requests' p95: at most so many times that without the attack."""
MOST_MEMORY = 1.1
"""The goal for resident memory a minute later: at most so many times that before."""
P95, REFUSED, ENDED, MEMORY = GOALS = ("p95", "refused", "ended", "memory")


@dataclass(frozen=True)
class Answer:
    """What became of one good request."""

    due: float
    """When it was meant to be sent; a caller that is kept waiting by the request before is late, and that counts."""
    at: float
    kind: str
    refusal: str
    """Empty where it was answered as it should be."""

    @property
    def took(self) -> float:
        return self.at - self.due


@dataclass(frozen=True)
class Memory:
    """MiB that the processes of one part hold together."""

    before: float
    at_end: float
    after: float
    """A minute later at the latest, and as soon as it is back."""

    @property
    def back(self) -> bool:
        return self.after <= self.before * MOST_MEMORY


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One attack, measured."""

    name: str
    label: str
    quiet: Sequence[Answer]
    """Due before the attack and after it."""
    under: Sequence[Answer]
    """Due while it went on."""
    refusals: Mapping[str, int]
    """How many good requests from its begin to the end of the quiet after it were not answered as they should be."""
    ended: Sequence[str]
    """The processes that ended and were not told to."""
    memory: Mapping[str, Memory]
    """By part."""
    seen: Mapping[str, int]
    """What the attacker saw."""
    processor: float
    """Processors' worth of time that the attacker itself took."""

    @property
    def times_quiet(self) -> float:
        return within(self.under, 0.95) / within(self.quiet, 0.95)


def within(answers: Sequence[Answer], part: float) -> float:
    """Give the seconds within which such a part of all requests was over; no number where there is none."""
    took = sorted(answer.took for answer in answers)
    return took[math.ceil(part * len(took)) - 1] if took else math.nan


def missed(outcome: Outcome) -> list[str]:
    """Name the goals that an attack missed."""
    kept = {
        P95: outcome.times_quiet <= MOST_TIMES_QUIET,
        REFUSED: not outcome.refusals,
        ENDED: not outcome.ended,
        MEMORY: all(memory.back for memory in outcome.memory.values()),
    }
    return [goal for goal in GOALS if not kept[goal]]
