"""How a siege judges what it saw: times count from when a request was due, and each goal alone makes it fail."""

import math
from collections.abc import Mapping
from dataclasses import replace

import pytest

from tools.siege.judging import ENDED, REFUSED, Answer, Memory, Outcome, missed, within
from tools.siege.report import line_of, report


def answers(*took: float, due: float = 0.0, refusal: str = "") -> list[Answer]:
    return [Answer(due=due, at=due + each, kind="12210", refusal=refusal) for each in took]


def outcome(**changes: object) -> Outcome:
    return replace(
        Outcome(
            name="silent",
            label="黙った接続",
            quiet=answers(*[0.02] * 20),
            under=answers(*[0.03] * 20),
            refusals={},
            ended=[],
            memory={"soap": Memory(before=300.0, at_end=900.0, after=330.0)},
            seen={"opened": 64},
            processor=0.01,
        ),
        **changes,  # type: ignore[arg-type]
    )


def test_a_request_that_was_sent_late_took_from_when_it_was_due() -> None:
    assert Answer(due=10.0, at=19.0, kind="12210", refusal="").took == 9.0


def test_within_so_long_is_the_time_of_one_of_the_answers() -> None:
    took = answers(*(number / 100 for number in range(1, 101)))

    assert within(took, 0.5) == 0.5
    assert within(took, 0.95) == 0.95
    assert within(answers(7.0), 0.95) == 7.0


def test_goals_that_are_just_kept_are_kept() -> None:
    assert missed(outcome()) == []
    assert report([outcome(), outcome()])[1]


@pytest.mark.parametrize(
    ("changes", "goal"),
    [
        ({"under": answers(*[0.02] * 18, 0.031, 0.031)}, "p95"),
        ({"under": []}, "p95"),
        ({"refusals": {"HUB-R006": 1}}, "refused"),
        ({"refusals": {"no answer": 1}}, "refused"),
        ({"ended": ["soap 4711"]}, "ended"),
        ({"memory": {"soap": Memory(300.0, 300.0, 300.0), "front": Memory(50.0, 90.0, 55.5)}}, "memory"),
    ],
)
def test_each_goal_alone_makes_a_siege_fail(changes: Mapping[str, object], goal: str) -> None:
    broken = outcome(**changes)

    assert missed(broken) == [goal]
    words, goals_kept = report([outcome(), broken])
    assert not goals_kept
    assert "✗ silent" in words and "1 / 2" in words
    assert line_of(broken).startswith("✗")


def test_a_short_siege_fails_by_what_is_judged_alone() -> None:
    slow = outcome(under=answers(*[0.2] * 20))

    assert report([slow], judged=(REFUSED, ENDED))[1]
    assert not report([slow, outcome(ended=["soap 4711"])], judged=(REFUSED, ENDED))[1]


def test_a_stall_that_answers_nobody_has_no_time_and_keeps_no_goal() -> None:
    assert math.isnan(outcome(under=[]).times_quiet)


def test_what_the_attacker_saw_is_told_where_it_broke_something() -> None:
    assert "opened 64" in report([outcome(ended=["soap 4711"])])[0]
