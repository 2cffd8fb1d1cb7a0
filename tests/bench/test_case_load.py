"""How whole cases are sent: at once or by the clock, and what counts as the time of an answer."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from itertools import count, islice, pairwise

import pytest

from tools.bench.cases.load import Answer, Arrivals, AtOnce, arrivals
from tools.bench.cases.rounds import Timing
from tools.bench.cases.rounds import play as play_round
from tools.bench.cases.side import MESSAGES

SOON = 0.3
BETWEEN = 0.1


class Written:
    """A side that writes down what it is sent, and answers as it is told."""

    name = "written"

    def __init__(self, answer: Callable[[], Awaitable[None]]) -> None:
        self.sent: list[tuple[int, str]] = []
        self.under_way = self.most = 0
        self._answer = answer

    async def send(self, message: str, number: int) -> None:
        self.sent.append((number, message))
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await self._answer()
        self.under_way -= 1

    def completed(self) -> int:
        return len({number for number, message in self.sent if message == MESSAGES[-1]})

    def workflow_ids(self) -> list[str]:
        return []

    def processes(self) -> dict[str, int]:
        return {}


async def at_once() -> None:
    await asyncio.sleep(0.001)


def play(load: AtOnce | Arrivals, side: Written, *, seconds: float = SOON) -> tuple[int, list[Answer]]:
    answers: list[Answer] = []
    end = time.monotonic() + seconds
    playing = load.run(side, numbers=count(1), stopped=lambda: time.monotonic() > end, on_answer=answers.append)
    played = asyncio.run(playing)
    return played, answers


@pytest.mark.parametrize("callers", [1, 8])
def test_so_many_messages_are_under_way_as_there_are_callers(callers: int) -> None:
    side = Written(at_once)

    play(AtOnce(callers), side)

    assert side.most == callers


@pytest.mark.parametrize("load", [AtOnce(8), Arrivals(100.0, seed=1, between=BETWEEN)], ids=["at-once", "arrivals"])
def test_every_case_that_is_begun_gets_all_its_messages_in_their_order(load: AtOnce | Arrivals) -> None:
    side = Written(at_once)

    played, answers = play(load, side)

    assert played == side.completed() > 0
    for case in {number for number, _ in side.sent}:
        assert tuple(message for number, message in side.sent if number == case) == MESSAGES
    assert len(answers) == len(side.sent) == played * len(MESSAGES)


def test_arrivals_wait_for_nobody_and_their_lateness_counts() -> None:
    duration = BETWEEN * 5

    async def slowly() -> None:
        await asyncio.sleep(duration)

    side = Written(slowly)

    played, answers = play(Arrivals(200.0, seed=1, between=BETWEEN), side)

    assert side.most == played > 1
    first, second = (min(answer.took for answer in answers if answer.message == message) for message in MESSAGES[:2])
    assert first >= duration
    assert second >= duration + (duration - BETWEEN)  # it was due while the first was still under way


def test_both_sides_get_the_same_arrivals() -> None:
    one, other = (list(islice(arrivals(2.5, seed=7, begin=begin), 50)) for begin in (0.0, 100.0))

    assert one == pytest.approx([at - 100.0 for at in other])


def test_arrivals_keep_their_rate_and_are_not_even() -> None:
    moments = list(islice(arrivals(10.0, seed=3, begin=0.0), 5_000))

    assert moments[-1] == pytest.approx(500.0, rel=0.05)
    apart = [after - before for before, after in pairwise(moments)]
    assert min(apart) < 0.01 < 0.3 < max(apart)


@pytest.mark.parametrize("cases", [0, 12])
def test_a_window_stays_open_until_enough_cases_have_ended(cases: int) -> None:
    async def slowly() -> None:
        await asyncio.sleep(0.02)

    side = Written(slowly)

    figures = asyncio.run(play_round(side, AtOnce(2), numbers=count(1), timing=Timing(0.05, 0.1, cases)))

    assert cases <= figures.cases <= side.completed()
    assert figures.seconds >= 0.1
