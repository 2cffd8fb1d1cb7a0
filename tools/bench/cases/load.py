"""Cases by the clock: so many callers that each wait for their answers, or arrivals that wait for nobody."""

import asyncio
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from tools.bench.cases.side import MESSAGES, Side


@dataclass(frozen=True)
class Answer:
    """One message and its answer, by this process's clock."""

    message: str
    due: float
    """When it was to be sent."""
    ended: float
    """When its answer was there."""

    @property
    def took(self) -> float:
        """Seconds from the intended time: what came late because of those before it counts."""
        return self.ended - self.due


Heard = Callable[[Answer], None]
Stopped = Callable[[], bool]


class Load(Protocol):
    """A way of sending cases."""

    @property
    def label(self) -> str:
        """What the report calls it."""

    async def run(self, side: Side, *, numbers: Iterator[int], stopped: Stopped, on_answer: Heard) -> int:
        """Send cases until it is stopped, go on until the last is answered, and tell how many they were."""


@dataclass(frozen=True)
class AtOnce:
    """Callers side by side: each sends the messages of a case one after the other, and takes the next case."""

    callers: int

    @property
    def label(self) -> str:
        """What the report calls it."""
        return f"同時{self.callers}件 / {self.callers} at once"

    async def run(self, side: Side, *, numbers: Iterator[int], stopped: Stopped, on_answer: Heard) -> int:
        """Have each caller begin cases."""

        async def caller() -> int:
            played = 0
            while not stopped():
                number = next(numbers)
                for message in MESSAGES:
                    await _send(side, message, number, due=time.monotonic(), on_answer=on_answer)
                played += 1
            return played

        return sum(await asyncio.gather(*(caller() for _ in range(self.callers))))


@dataclass(frozen=True)
class Arrivals:
    """Cases that come when they come, at random as from many retailers, however long the answers take."""

    messages_a_second: float
    seed: int
    """The same arrivals for both sides."""
    between: float = 1.0
    """Seconds from one message of a case to the next."""

    @property
    def label(self) -> str:
        """What the report calls it."""
        return f"到着 毎秒{self.messages_a_second:g}電文 / {self.messages_a_second:g} messages a second arrive"

    async def run(self, side: Side, *, numbers: Iterator[int], stopped: Stopped, on_answer: Heard) -> int:
        cases = []
        for begins in arrivals(self.messages_a_second / len(MESSAGES), seed=self.seed, begin=time.monotonic()):
            await _wait(begins)
            if stopped():
                break
            cases.append(asyncio.create_task(self._case(side, next(numbers), begins=begins, on_answer=on_answer)))
        await asyncio.gather(*cases)
        return len(cases)

    async def _case(self, side: Side, number: int, *, begins: float, on_answer: Heard) -> None:
        for place, message in enumerate(MESSAGES):
            due = begins + place * self.between
            await _wait(due)
            await _send(side, message, number, due=due, on_answer=on_answer)


def arrivals(rate: float, *, seed: int, begin: float) -> Iterator[float]:
    """Give the moments of arrivals that know nothing of each other, so many a second on the average, without end."""
    drawn = random.Random(seed)  # noqa: S311 - arrivals, no secrets
    at = begin
    while True:
        at += drawn.expovariate(rate)
        yield at


async def _send(side: Side, message: str, number: int, *, due: float, on_answer: Heard) -> None:
    await side.send(message, number)
    on_answer(Answer(message, due, time.monotonic()))


async def _wait(until: float) -> None:
    await asyncio.sleep(max(0.0, until - time.monotonic()))
