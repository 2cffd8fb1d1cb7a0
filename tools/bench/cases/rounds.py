"""One round: a side under a load, looked at in a window in which as much comes to its end as begins."""

import asyncio
import math
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tools.bench.cases.load import Answer, Load
from tools.bench.cases.side import MESSAGES, Side
from tools.bench.processor import processor_seconds

CALLER = "caller"
_DRAINED_WITHIN = 180.0
_LONGEST_WINDOW = 180.0
_LOOK_EVERY = 0.5


class NotCompleted(Exception):
    """Not every case that was played came to its end; the text says how many did."""


@dataclass(frozen=True)
class Timing:
    """The parts of a round, in seconds."""

    lead: float
    """Until as many cases end as begin."""
    window: float
    """What is measured."""
    cases: int
    """How many must end in the window: on a machine that is slow, it stays open until then."""


@dataclass(frozen=True)
class Round:
    """What was seen in a window."""

    cases: int
    """Counted by the answer to their last message within the window."""
    seconds: float
    took: dict[str, list[float]]
    """Seconds to the answer of each message that was due within the window, the quickest first."""
    used: dict[str, float]
    """Seconds of processor time, by process."""
    marks: tuple[int, int] = (0, 0)
    """What the caller of :func:`play` had noted at the window's beginning and end."""

    @property
    def rate(self) -> float:
        return self.cases / self.seconds

    def used_a_case(self, process: str) -> float:
        """Give a process's seconds of processor time for each case; not a number where none was counted."""
        return self.used[process] / self.cases if self.cases else math.nan

    def within(self, part: float, message: str) -> float:
        """Give the seconds within which that part of a message's answers came: 0.95 for p95."""
        return percentile(self.took[message], part)


def percentile(ordered: list[float], part: float) -> float:
    """Give the least value that at least this part of all does not exceed; not a number where there is none."""
    if not ordered:
        return math.nan
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


@dataclass(frozen=True)
class Look:
    """What processes had used at a moment."""

    at: float
    used: Mapping[str, float]
    mark: int = 0


async def play(
    side: Side, load: Load, *, numbers: Iterator[int], timing: Timing, mark: Callable[[], int] = lambda: 0
) -> Round:
    """Put a side under a load, measure, and wait until every case of it has ended.

    :param mark: what else is to be noted when the window begins and when it ends.
    :raises NotCompleted: when cases do not end.
    """
    ended_before = await asyncio.to_thread(side.completed)
    answers: list[Answer] = []
    closed = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        playing = group.create_task(load.run(side, numbers=numbers, stopped=closed.is_set, on_answer=answers.append))
        window = group.create_task(_window(side, timing, answers, mark=mark))
        window.add_done_callback(lambda _: closed.set())
    await _drained(side, ended_before + playing.result())
    return round_of(answers, *window.result())


async def _window(side: Side, timing: Timing, answers: list[Answer], *, mark: Callable[[], int]) -> tuple[Look, Look]:
    await asyncio.sleep(timing.lead)
    before = await asyncio.to_thread(_look, side, mark=mark)
    await asyncio.sleep(timing.window)
    while _ended(answers, since=before.at) < timing.cases and time.monotonic() < before.at + _LONGEST_WINDOW:
        await asyncio.sleep(_LOOK_EVERY)
    return before, await asyncio.to_thread(_look, side, mark=mark)


def _ended(answers: list[Answer], *, since: float) -> int:
    return sum(answer.message == MESSAGES[-1] and answer.ended >= since for answer in answers)


def round_of(answers: list[Answer], before: Look, after: Look) -> Round:
    """Sum up what lies between two looks.

    Times are those of all messages that were due between them, however late their answers came: to count what was
    answered between them would leave out the slowest.
    """
    due = [answer for answer in answers if before.at <= answer.due < after.at]
    ended = [answer for answer in answers if before.at <= answer.ended < after.at]
    return Round(
        cases=sum(answer.message == MESSAGES[-1] for answer in ended),
        seconds=after.at - before.at,
        took={name: sorted(answer.took for answer in due if answer.message == name) for name in MESSAGES},
        used={name: seconds - before.used[name] for name, seconds in after.used.items()},
        marks=(before.mark, after.mark),
    )


def _look(side: Side, *, mark: Callable[[], int]) -> Look:
    used = {name: processor_seconds(pid) for name, pid in side.processes().items()}
    return Look(time.monotonic(), {**used, CALLER: time.process_time()}, mark())


async def _drained(side: Side, cases: int) -> None:
    end = time.monotonic() + _DRAINED_WITHIN
    while (ended := await asyncio.to_thread(side.completed)) < cases:
        if time.monotonic() > end:
            raise NotCompleted(f"{side.name}: {ended} of {cases}")
        await asyncio.sleep(_LOOK_EVERY)
