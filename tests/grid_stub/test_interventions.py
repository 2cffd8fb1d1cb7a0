"""What a grid operator does with an application by itself, told by the control endpoint."""

from datetime import timedelta

import pytest

from rules.calendar import start_of
from schemas.codes import ApplicationKind, ApplicationState, Area, MeterWork
from tests.support.grid import STEP, Grid
from tests.support.grid_requests import new_point

START, END = ApplicationKind.START, ApplicationKind.END
REASON = "設備の故障により当日の切替ができません。"


def pair(grid: Grid) -> dict[ApplicationKind, str]:
    """Match a pair, and give the numbers of both sides."""
    point = new_point()
    start, end = grid.start(point_number=point), grid.end(point_number=point)
    return {START: start.application_number, END: end.application_number}


def states(grid: Grid, numbers: dict[ApplicationKind, str]) -> list[ApplicationState]:
    return [grid.status(kind, number).application_state for kind, number in numbers.items()]


@pytest.mark.parametrize("side", [START, END])
def test_a_matched_pair_is_cancelled_as_one_with_the_reason(grid: Grid, side: ApplicationKind) -> None:
    numbers = pair(grid)

    standing = grid.intervene(numbers[side], cancelled=REASON)

    assert standing["application_state"] == ApplicationState.CANCELLED
    for kind, number in numbers.items():
        status = grid.status(kind, number)
        assert status.application_state is ApplicationState.CANCELLED
        assert status.matched_at is not None and status.changed_at > status.matched_at
        assert [(finding.rule, finding.message) for finding in status.findings] == [("grid-cancelled", REASON)]
    assert grid.counters(Area.TOKYO)["standing"] == 0


def test_what_was_cancelled_does_not_complete_when_its_day_comes(grid: Grid) -> None:
    numbers = pair(grid)
    grid.intervene(numbers[START], cancelled=REASON)

    grid.move_clock(start_of(grid.day()) + STEP - grid.now())

    assert states(grid, numbers) == [ApplicationState.CANCELLED] * 2


def test_an_application_that_waits_for_its_pair_is_cancelled_alone(grid: Grid) -> None:
    other = grid.end()
    alone = grid.start()

    grid.intervene(alone.application_number, cancelled=REASON)

    assert grid.status(START, alone.application_number).application_state is ApplicationState.CANCELLED
    assert grid.status(END, other.application_number).application_state is ApplicationState.RECEIVED


def test_a_moved_date_is_that_of_both_sides_and_moves_their_completion(grid: Grid) -> None:
    numbers, day = pair(grid), grid.day() + timedelta(days=5)

    grid.intervene(numbers[END], effective_date=day.isoformat())

    assert [grid.status(kind, number).effective_date for kind, number in numbers.items()] == [day, day]
    grid.move_clock(start_of(day) - grid.now())
    assert states(grid, numbers) == [ApplicationState.MATCHED] * 2
    grid.move_clock(STEP)
    assert states(grid, numbers) == [ApplicationState.COMPLETED] * 2


@pytest.mark.parametrize(("late", "expected"), [(START, ("matched", "completed")), (END, ("completed", "matched"))])
def test_one_side_may_complete_long_before_the_other(
    grid: Grid, late: ApplicationKind, expected: tuple[str, ...]
) -> None:
    numbers, day = pair(grid), start_of(grid.day())
    then = day + timedelta(days=30)

    grid.intervene(numbers[late], completes_at=then.isoformat())

    grid.move_clock(day + timedelta(days=29) - grid.now())
    assert tuple(states(grid, numbers)) == expected
    grid.move_clock(timedelta(days=1))
    assert states(grid, numbers) == [ApplicationState.COMPLETED] * 2
    assert grid.status(late, numbers[late]).completed_at == then


def test_what_was_held_up_completes_when_it_is_told_to_and_not_before_it_was_told(grid: Grid) -> None:
    numbers = pair(grid)
    before = grid.now()

    grid.intervene(numbers[START], completes_at=(before - timedelta(days=1)).isoformat())

    completed_at = grid.status(START, numbers[START]).completed_at
    assert completed_at is not None and completed_at >= before


def test_of_a_pair_with_one_side_complete_the_other_alone_can_be_cancelled(grid: Grid) -> None:
    numbers = pair(grid)
    grid.intervene(numbers[START], completes_at=grid.now().isoformat())

    assert (
        grid.request("POST", f"/control/applications/{numbers[START]}", json={"cancelled": REASON}).status_code == 409
    )
    grid.intervene(numbers[END], cancelled=REASON)

    assert states(grid, numbers) == [ApplicationState.COMPLETED, ApplicationState.CANCELLED]


def test_nothing_can_be_done_with_what_does_not_stand(grid: Grid) -> None:
    gone = grid.start().application_number
    grid.withdraw(START, gone)

    for number in (gone, "AP03L20260812999999999"):
        refused = grid.request("POST", f"/control/applications/{number}", json={"cancelled": REASON})
        assert refused.status_code == 409
        assert number in refused.text


def test_what_waits_for_its_pair_has_no_working_steps_that_could_be_over(grid: Grid) -> None:
    number = grid.start().application_number

    fields = {"completes_at": grid.now().isoformat()}
    assert grid.request("POST", f"/control/applications/{number}", json=fields).status_code == 409
    assert grid.status(START, number).application_state is ApplicationState.RECEIVED


@pytest.mark.parametrize(
    "wanted", [{"canceled": REASON}, {"effective_date": "soon"}, {"completes_at": "2026-08-20T00:00:00"}, [1]]
)
def test_what_a_grid_operator_does_not_do_is_refused(grid: Grid, wanted: object) -> None:
    number = grid.start().application_number

    assert grid.request("POST", f"/control/applications/{number}", json=wanted).status_code == 400
    assert grid.request("GET", f"/control/applications/{number}").status_code == 405
    assert grid.status(START, number).application_state is ApplicationState.RECEIVED


@pytest.mark.parametrize("order", [(START, END), (END, START)])
def test_a_pair_put_off_has_one_day_and_matches(grid: Grid, order: tuple[ApplicationKind, ...]) -> None:
    point, send = new_point(), {START: grid.start, END: grid.end}
    grid.tell(Area.TOKYO, postponed_days=3)

    first = send[order[0]](point_number=point)
    second = send[order[1]](point_number=point, effective_date=first.effective_date)

    assert first.effective_date == grid.day() + timedelta(days=3)
    assert (second.effective_date, second.application_state) == (first.effective_date, ApplicationState.MATCHED)


def test_meter_work_may_turn_out_otherwise_at_the_side_that_declares_it(grid: Grid) -> None:
    numbers = pair(grid)
    before = grid.status(START, numbers[START])

    grid.intervene(numbers[END], meter_work="needed")

    after = grid.status(START, numbers[START])
    assert (before.meter_work, after.meter_work) == (MeterWork.NOT_NEEDED, MeterWork.NEEDED)
    assert after.changed_at > before.changed_at
    assert grid.status(END, numbers[END]).meter_work is None
