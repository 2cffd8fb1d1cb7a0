"""The benchmark of open cases: what is compared with what, what it says, and its verdict."""

import os
from dataclasses import replace

import pytest

from tools.bench.open_cases.measuring import Decisions, Measured, Memory, Plan, Side, memory_of
from tools.bench.open_cases.report import report


def side(open_cases: int, *, pss: float, touched: float, cold: float) -> Side:
    return Side(
        open_cases,
        Memory(proportional=pss, resident=pss * 2),
        touched=Decisions([1.0, touched, 1_000.0], played_again=0),
        cold=Decisions([1.0, cold, 1_000.0], played_again=3),
    )


FEW = side(1_000, pss=100.0, touched=50.0, cold=80.0)


@pytest.mark.parametrize(
    ("pss", "touched", "cold", "kept"),
    [
        (110.0, 60.0, 96.0, True),
        (90.0, 10.0, 10.0, True),
        (110.1, 60.0, 96.0, False),
        (110.0, 60.1, 96.0, False),
        (110.0, 60.0, 96.1, False),
    ],
    ids=["all-just-kept", "all-better", "memory-missed", "touched-missed", "cold-missed"],
)
def test_all_three_goals_must_be_kept(pss: float, touched: float, cold: float, kept: bool) -> None:
    many = side(20_000, pss=pss, touched=touched, cold=cold)

    words, verdict = report(Measured(FEW, many, cached=500))

    assert verdict is kept
    assert ("未達" in words) is not kept


@pytest.mark.parametrize(
    ("touched", "cold"), [(1, 3), (0, 2), (0, 0)], ids=["warm-was-cold", "cold-was-warm", "no-figure"]
)
def test_cases_that_are_not_what_they_are_called_are_no_comparison(touched: int, cold: int) -> None:
    good = side(20_000, pss=100.0, touched=50.0, cold=80.0)
    many = replace(
        good, touched=replace(good.touched, played_again=touched), cold=replace(good.cold, played_again=cold)
    )

    words, verdict = report(Measured(FEW, many, cached=500))

    assert not verdict
    assert "比べたことになりません" in words


def test_both_sides_and_their_ratios_are_named() -> None:
    words, _ = report(Measured(FEW, side(20_000, pss=105.0, touched=55.0, cold=72.0), cached=500))

    for figure in ("1,000", "20,000", "100.0", "105.0", "1.05 倍", "1.10 倍", "0.90 倍", "0/3", "3/3", "500"):
        assert figure in words


@pytest.mark.parametrize("cases", [600, 1_000, 20_000])
def test_few_open_cases_are_more_than_a_worker_keeps_in_memory_too(cases: int) -> None:
    plan = Plan.of(cases)

    assert plan.few <= cases / 2
    assert plan.few - plan.cached > plan.decisions  # so many are cold on the side with few
    assert plan.cached > plan.decisions  # so many are not


def test_the_usual_plan_is_the_goals() -> None:
    assert Plan.of(20_000) == Plan(many=20_000, few=1_000, cached=500, decisions=150)


def test_19_of_20_decisions_are_faster_than_p95() -> None:
    decisions = Decisions([float(number) for number in range(1, 102)])

    assert (decisions.median, decisions.p95) == (51.0, 96.0)
    assert replace(decisions, times=[7.0, 7.0]).p95 == 7.0


def test_the_memory_of_a_process_grows_with_what_it_holds() -> None:
    before = memory_of(os.getpid())
    block = bytearray(b"x") * (64 * 1024 * 1024)
    after = memory_of(os.getpid())

    assert 60 < after.proportional - before.proportional < 70
    assert after.resident >= after.proportional
    assert len(block)
