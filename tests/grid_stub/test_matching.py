"""マッチング and what follows it on the business clock, over SOAP."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from rules.calendar import start_of
from schemas.codes import ApplicationKind, ApplicationState, Area, MeterWork, ProcessKind
from tests.support.grid import STEP, Grid
from tests.support.grid_requests import end_request, new_point, start_request

START, END = ApplicationKind.START, ApplicationKind.END


@pytest.mark.parametrize("order", [(START, END), (END, START)])
def test_a_pair_matches_at_the_moment_both_are_there(grid: Grid, order: tuple[ApplicationKind, ...]) -> None:
    point = new_point()
    send = {START: grid.start, END: grid.end}

    first, second = (send[kind](point_number=point) for kind in order)

    assert first.application_state is ApplicationState.RECEIVED
    assert second.application_state is ApplicationState.MATCHED
    for kind, answer in zip(order, (first, second), strict=True):
        status = grid.status(kind, answer.application_number)
        assert status.application_state is ApplicationState.MATCHED
        assert status.matched_at == status.changed_at == second.processed_at


def test_applications_for_different_days_do_not_match_until_one_is_corrected(grid: Grid) -> None:
    point = new_point()
    start = grid.start(point_number=point)
    end = grid.end(point_number=point, effective_date=grid.day() + timedelta(days=1))
    assert end.application_state is ApplicationState.RECEIVED

    corrected = grid.end(number=end.application_number, process_kind=ProcessKind.AMEND, point_number=point)

    assert corrected.application_state is ApplicationState.MATCHED
    assert grid.status(START, start.application_number).matched_at == corrected.processed_at


def test_a_corrected_defect_matches_with_what_waited_for_it(grid: Grid) -> None:
    point = new_point()
    grid.end(point_number=point)
    grid.tell(Area.TOKYO, defects_left=1)
    defective = grid.start(point_number=point)
    assert defective.application_state is ApplicationState.DEFECTIVE

    corrected = grid.start(number=defective.application_number, process_kind=ProcessKind.AMEND, point_number=point)

    assert corrected.application_state is ApplicationState.MATCHED


def test_pairs_that_arrive_at_the_same_instant_all_match(grid: Grid) -> None:
    day = grid.day()
    points = [new_point() for _ in range(8)]
    starts = [start_request(point_number=point, effective_date=day) for point in points]
    ends = [end_request(point_number=point, effective_date=day) for point in points]

    with ThreadPoolExecutor(8) as pool:
        calls = [pool.submit(grid.send, START, request) for request in starts]
        calls += [pool.submit(grid.send, END, request) for request in ends]
        for application in calls:
            application.result()

    matched = [status.application_state for status in grid.statuses(Area.TOKYO).statuses]
    assert matched == [ApplicationState.MATCHED] * 16


def test_a_pair_completes_at_midnight_of_its_day_plus_the_last_step_and_no_sooner(grid: Grid) -> None:
    point = new_point()
    start, end = grid.start(point_number=point), grid.end(point_number=point)
    due = start_of(grid.day()) + STEP

    grid.move_clock(due - grid.now() - timedelta(minutes=2))
    before = grid.status(START, start.application_number)
    grid.move_clock(timedelta(minutes=2))

    assert (before.application_state, before.completed_at) == (ApplicationState.MATCHED, None)
    for kind, number in ((START, start.application_number), (END, end.application_number)):
        status = grid.status(kind, number)
        assert status.application_state is ApplicationState.COMPLETED
        assert status.completed_at == status.changed_at == due


def test_on_the_day_itself_a_switch_takes_the_working_steps_of_its_area(grid: Grid) -> None:
    point = new_point(Area.KYUSHU)
    grid.tell(Area.KYUSHU, deadline_profile="demo", step_seconds=120)
    content = {"area": Area.KYUSHU, "point_number": point, "effective_date": grid.today()}
    grid.start(**content, meter_work=MeterWork.NEEDED)
    end = grid.end(**content)

    grid.move_clock(timedelta(seconds=3 * 120))

    status = grid.status(END, end.application_number)
    assert status.completed_at == end.processed_at + timedelta(seconds=3 * 120)
