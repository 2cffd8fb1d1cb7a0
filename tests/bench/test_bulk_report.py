"""What the benchmark of bulk files says, and its verdict."""

from dataclasses import replace
from typing import Any

import pytest

from rules.bulk.kinds import BulkKind
from rules.calendar import day_of
from tests.support.moments import MORNING
from tests.support.sent_files import read_rows
from tools.bench.bulk_files.goals import GOALS
from tools.bench.bulk_files.measuring import Measured, Plan, Singles, file_of
from tools.bench.bulk_files.report import report

JUST_KEPT = Measured(
    rows=10_000,
    checked_within=20.0,
    worked_off_within=1000.0,
    still_at_most=5.0,
    bare_rate=10.0 / 0.7,
    web_memory=300.0,
    before=Singles([0.1] * 5, [0.2] * 5),
    beside=Singles([0.2] * 5, [0.4] * 5),
    processor={"worker": 20.0, "temporal": 30.0},
)


def test_goals_that_are_just_kept_are_kept() -> None:
    words, goals_kept = report(JUST_KEPT)

    assert goals_kept, words
    assert "未達" not in words


@pytest.mark.parametrize(
    "changes",
    [
        {"checked_within": 20.1},
        {"worked_off_within": 1001.0},
        {"web_memory": 301.0},
        {"still_at_most": 5.1},
        {"beside": Singles([0.21] * 5, [0.4] * 5)},
        {"beside": Singles([0.2] * 5, [0.41] * 5)},
    ],
    ids=[goal.label for goal in GOALS],
)
def test_each_goal_that_is_missed_is_said_to_be(changes: dict[str, Any]) -> None:
    words, goals_kept = report(replace(JUST_KEPT, **changes))

    assert not goals_kept
    assert words.count("未達") == 1


def test_its_file_is_one_that_can_be_sent() -> None:
    rows = read_rows(file_of(3, today=day_of(MORNING)), kind=BulkKind.REGISTER_REFERRALS)

    assert [row.problems for row in rows] == [()] * 3


def test_the_short_form_does_less_of_everything() -> None:
    short, whole = Plan.of(short=True), Plan.of(short=False)

    assert short.rows < whole.rows == 10_000
    assert short.bare_starts < whole.bare_starts
