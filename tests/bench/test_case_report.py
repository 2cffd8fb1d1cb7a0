"""What the benchmark of whole cases says, and its verdict."""

from dataclasses import replace
from typing import Any

import pytest

from tools.bench.cases.goals import FORMER, GOALS, processor_time
from tools.bench.cases.histories import HistoryCost
from tools.bench.cases.measuring import ALONE, ARRIVING, BUSY, FULL, Measured, Pair, Plan
from tools.bench.cases.report import report
from tools.bench.cases.rounds import Round
from tools.bench.cases.side import MESSAGES
from tools.bench.cases.turns import Turns

HISTORY = HistoryCost(events=90, actions=20, workflow_tasks=14, activities=11, size=20_000)


def seen(*, rate: float, worker: float, p95: float) -> Round:
    cases = 100
    return Round(
        cases=cases,
        seconds=cases / rate,
        took={message: [p95] * 10 for message in MESSAGES},
        used={"worker": worker * cases, "grid_stub": 900.0, "caller": 900.0},
    )


HUB, BARE = seen(rate=8.0, worker=0.15, p95=0.25), seen(rate=10.0, worker=0.1, p95=0.125)


def measured(*, hub: Round = HUB, history: HistoryCost = HISTORY) -> Measured:
    pairs = [Pair(hub, BARE)] * 3
    turns = {"hub": {"worker": Turns(50.0, 12.0), "grid_stub": Turns(70.0, 17.0)}, "bare": {"worker": Turns(9.0, 9.0)}}
    return Measured({BUSY: pairs, ARRIVING: pairs}, {"hub": history, "bare": HISTORY}, turns)


def test_goals_that_are_just_kept_are_kept() -> None:
    words, goals_kept = report(measured())

    assert goals_kept, words
    assert "未達" not in words


@pytest.mark.parametrize(
    "changes",
    [
        {"hub": seen(rate=7.9, worker=0.15, p95=0.25)},
        {"hub": seen(rate=8.0, worker=FORMER / 3 + 0.001, p95=0.25)},
        {"hub": seen(rate=8.0, worker=0.15, p95=0.251)},
        {"history": replace(HISTORY, events=91)},
        {"history": replace(HISTORY, workflow_tasks=15)},
    ],
    ids=["rate", "processor-time", "p95", "events", "workflow-tasks"],
)
def test_each_goal_must_be_kept(changes: dict[str, Any]) -> None:
    words, goals_kept = report(measured(**changes))

    assert not goals_kept
    assert "未達" in words


def test_every_command_has_its_goals() -> None:
    labels = [goal.label for goal in GOALS]

    for message in MESSAGES[1:]:
        assert f"{message} p95 (ms)" in labels and f"{message} p95 / bare" in labels


def test_what_stands_in_for_others_is_not_counted() -> None:
    assert processor_time(HUB) == pytest.approx(0.15)
    assert "50.0 in 12.0" in report(measured())[0]


def test_ratios_are_those_of_rounds_side_by_side() -> None:
    fast, slow = seen(rate=10.0, worker=0.1, p95=0.1), seen(rate=1.0, worker=0.1, p95=0.1)
    measurement = replace(measured(), pairs={BUSY: [Pair(fast, fast), Pair(slow, slow), Pair(slow, fast)]})

    assert measurement.ratio(BUSY, lambda one: one.rate) == 1.0


def test_a_window_in_which_nothing_ended_keeps_no_goal_and_breaks_nothing() -> None:
    nothing = Round(cases=0, seconds=4.0, took={message: [] for message in MESSAGES}, used=HUB.used)

    words, goals_kept = report(measured(hub=nothing))

    assert not goals_kept
    assert "nan" in words


def test_the_whole_form_plays_all_loads_and_sees_the_watch_come_twice() -> None:
    plan = Plan.of(short=False, watch_every=10.0)

    assert plan.loads == (ALONE, BUSY, FULL, ARRIVING)
    assert plan.timing.window >= 20.0 and plan.timing.lead > 10.0
    assert plan.rounds % 2 == 1  # so that a median is a round's own
