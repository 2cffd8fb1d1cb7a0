"""Axes of charts: round values, all of them reached, and names that do not meet."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.charts.scales import Scale, named_ones, ticks


@pytest.mark.parametrize(
    ("largest", "expected"),
    [
        (0, (0, 1)),
        (1, (0, 1)),
        (3, (0, 1, 2, 3)),
        (5, (0, 1, 2, 3, 4, 5)),
        (6, (0, 2, 4, 6)),
        (412, (0, 100, 200, 300, 400, 500)),
        (100_000, (0, 20_000, 40_000, 60_000, 80_000, 100_000)),
    ],
)
def test_counts_have_whole_round_ticks(largest: int, expected: tuple[int, ...]) -> None:
    assert ticks(largest) == expected


def test_amounts_may_have_parts() -> None:
    assert ticks(0.42, whole=False) == (0, 0.1, 0.2, 0.3, 0.4, 0.5)


@given(st.floats(min_value=0.01, max_value=9_999_999), st.booleans())
def test_the_last_tick_is_reached_and_not_far_away(largest: float, whole: bool) -> None:
    marks = ticks(largest, whole=whole)

    assert 2 <= len(marks) <= 6
    assert marks[-2] <= largest <= marks[-1] + 1e-6
    assert math.isclose(marks[1], marks[-1] - marks[-2], rel_tol=1e-6)


def test_a_scale_goes_from_nought_to_its_length() -> None:
    scale = Scale(largest=500, length=250)

    assert [scale.of(value) for value in (0, 100, 500)] == [0, 50, 250]


@pytest.mark.parametrize(("count", "expected"), [(1, [0]), (4, [0, 1, 2, 3]), (12, [0, 2, 4, 6, 8, 10]), (0, [])])
def test_names_that_have_no_room_are_left_out_evenly(count: int, expected: list[int]) -> None:
    assert list(named_ones(count, room=600, needed=100)) == expected
