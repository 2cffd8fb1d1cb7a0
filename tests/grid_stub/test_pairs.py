"""Which applications belong together."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from grid_stub.matching import are_pair
from schemas.codes import ApplicationKind, ApplicationState
from tests.support.cast import POINT, SECOND_POINT


@dataclass
class Held:
    kind: ApplicationKind
    state: ApplicationState = ApplicationState.RECEIVED
    point_number: str = POINT
    effective_date: date = date(2026, 8, 20)


START, END = Held(ApplicationKind.START), Held(ApplicationKind.END)


def test_a_start_and_an_end_of_the_same_point_and_day_are_a_pair_in_either_order() -> None:
    assert are_pair(START, END)
    assert are_pair(END, START)


@pytest.mark.parametrize(
    "other",
    [
        START,
        replace(END, point_number=SECOND_POINT),
        replace(END, effective_date=date(2026, 8, 21)),
        replace(END, state=ApplicationState.DEFECTIVE),
        replace(END, state=ApplicationState.CANCELLED),
        replace(END, state=ApplicationState.MATCHED),
    ],
)
def test_anything_else_is_no_pair(other: Held) -> None:
    assert not are_pair(START, other)
