"""What the benchmark of the front says, and its verdict."""

import pytest

from tools.bench.front.measuring import Load, Measured, Pair, Turn
from tools.bench.front.report import report


def measured(*, kept: float, new: float) -> Measured:
    return Measured({Load.KEPT: [pair(kept, 100.0)] * 3, Load.NEW: [pair(new, 100.0)] * 3})


def pair(behind: float, without: float) -> Pair:
    return Pair(Turn(behind, processor=5.0, front=0.2), Turn(without, processor=4.5))


@pytest.mark.parametrize(
    ("kept", "new", "goal_kept"),
    [(95.0, 95.0, True), (94.9, 200.0, False), (200.0, 94.9, False)],
    ids=["both-just-kept", "kept-connections-missed", "handshakes-missed"],
)
def test_the_goal_must_be_kept_by_both_loads(kept: float, new: float, goal_kept: bool) -> None:
    words, verdict = report(measured(kept=kept, new=new))

    assert verdict is goal_kept
    assert ("未達" in words) is not goal_kept


def test_ratios_are_those_of_rounds_side_by_side() -> None:
    rounds = [pair(100.0, 100.0), pair(10.0, 10.0), pair(10.0, 100.0)]

    assert Measured(dict.fromkeys(Load, rounds)).ratio(Load.KEPT) == 1.0
