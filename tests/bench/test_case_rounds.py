"""What is counted of a round of whole cases, and by whom PostgreSQL was asked."""

import math

import pytest

from tools.bench.cases.load import Answer
from tools.bench.cases.rounds import Look, percentile, round_of
from tools.bench.cases.side import MESSAGES
from tools.bench.cases.turns import Turns, turns_of

REGISTRATION, *_, LAST = MESSAGES


def test_cases_that_ended_and_times_of_all_that_was_due_within_the_window_count() -> None:
    answers = [
        Answer(LAST, due=0.5, ended=0.9),
        Answer(LAST, due=0.5, ended=1.0),
        Answer(LAST, due=2.0, ended=2.9),
        Answer(LAST, due=2.0, ended=3.0),
        Answer(LAST, due=2.9, ended=9.9),  # the slowest must not be missing
        Answer(REGISTRATION, due=1.0, ended=1.25),
    ]

    figures = round_of(answers, Look(1.0, {"worker": 5.0}, mark=10), Look(3.0, {"worker": 6.0}, mark=30))

    assert (figures.cases, figures.seconds, figures.rate) == (2, 2.0, 1.0)
    assert figures.took[LAST] == pytest.approx([0.9, 1.0, 7.0])
    assert figures.took[REGISTRATION] == [0.25]
    assert figures.used_a_case("worker") == 0.5
    assert figures.marks == (10, 30)


def test_a_window_without_an_answer_has_figures_that_are_none() -> None:
    figures = round_of([], Look(0.0, {"worker": 0.0}), Look(1.0, {"worker": 1.0}))

    assert figures.rate == 0.0
    assert math.isnan(figures.used_a_case("worker"))
    assert math.isnan(figures.within(0.95, LAST))


@pytest.mark.parametrize(("part", "value"), [(0.5, 50.0), (0.95, 95.0), (0.99, 99.0), (1.0, 100.0)])
def test_a_percentile_is_the_least_value_that_so_many_do_not_exceed(part: float, value: float) -> None:
    assert percentile([float(number) for number in range(1, 101)], part) == value


def test_statements_are_counted_by_process_and_those_outside_are_transactions_of_their_own() -> None:
    log = b"""7 soap LOG:  statement: BEGIN
8 worker LOG:  statement: BEGIN
7 soap LOG:  statement: SELECT cases.case_number,
\tstatement: SELECT is no line of its own
7 soap LOG:  statement: UPDATE deliveries SET failures=0
9 worker LOG:  statement: INSERT INTO steps VALUES (1)
7 soap LOG:  statement: COMMIT
8 worker LOG:  statement: SELECT 1
8 worker LOG:  statement: ROLLBACK
7 soap LOG:  statement: SELECT 1
6  LOG:  checkpoint starting: time
"""

    assert turns_of(log) == {"soap": Turns(3, 2), "worker": Turns(2, 2)}
    assert turns_of(log)["soap"].over(2) == Turns(1.5, 1.0)
