"""Messages that come again, and applications whose purpose is served already."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from grid_client.errors import GridFault
from schemas.codes import ApplicationKind, ApplicationState, Area, Flag, ProcessKind
from tests.support.cast import OTHER
from tests.support.grid import Grid
from tests.support.grid_requests import end_request, new_point, start_request

START, END = ApplicationKind.START, ApplicationKind.END


def test_the_same_message_again_gets_the_first_answer_and_is_counted_apart(grid: Grid) -> None:
    request = start_request(effective_date=grid.day())

    first, again = grid.send(START, request), grid.send(START, request)

    assert again == first
    counted = grid.counters(Area.TOKYO)
    assert (counted["applications"], counted["repeats"], counted["duplicates"]) == (1, 1, 0)


def test_the_same_content_under_the_same_number_gets_the_first_answer_whatever_its_message_id(grid: Grid) -> None:
    request = start_request(effective_date=grid.day())
    first = grid.send(START, request)
    grid.send(END, end_request(point_number=request.point_number, effective_date=grid.day()))

    again = grid.send(START, dataclasses.replace(request, message_id="another-one"))

    assert again == dataclasses.replace(first, message_id="another-one")
    assert grid.counters(Area.TOKYO)["repeats"] == 1


def test_the_same_message_many_times_at_once_is_one_application(grid: Grid) -> None:
    request = start_request(effective_date=grid.day())

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: grid.send(START, request), range(6)))

    assert answers == [answers[0]] * 6
    counted = grid.counters(Area.TOKYO)
    assert (counted["applications"], counted["repeats"], counted["duplicates"]) == (1, 5, 0)


def test_a_message_id_with_other_content_is_a_fault(grid: Grid) -> None:
    request = start_request(effective_date=grid.day())
    grid.send(START, request)

    with pytest.raises(GridFault) as fault:
        grid.send(START, dataclasses.replace(request, contract_capacity=30))

    assert fault.value.code == "HUB-I001"


def test_two_retailers_may_use_the_same_message_id(grid: Grid) -> None:
    grid.start(message_id="M-1")

    assert grid.start(message_id="M-1", retailer=OTHER).application_state is ApplicationState.RECEIVED


def test_a_message_id_used_in_one_area_says_nothing_in_another(grid: Grid) -> None:
    grid.start(message_id="M-1", area=Area.TOKYO)

    assert grid.start(message_id="M-1", area=Area.CHUBU).application_state is ApplicationState.RECEIVED


def test_a_correction_that_comes_again_late_does_not_undo_the_one_after_it(grid: Grid) -> None:
    point = new_point()
    first = grid.start(point_number=point)
    corrections = [
        start_request(
            number=first.application_number,
            process_kind=ProcessKind.AMEND,
            point_number=point,
            effective_date=grid.day() + timedelta(days=later),
        )
        for later in (1, 2)
    ]
    for correction in corrections:
        grid.send(START, correction)

    grid.send(START, corrections[0])

    assert grid.status(START, first.application_number).effective_date == corrections[1].effective_date


def test_a_second_application_for_the_same_purpose_is_a_duplicate(grid: Grid) -> None:
    point = new_point()
    grid.start(point_number=point)

    second = grid.start(point_number=point, retailer=OTHER)

    assert (second.duplicate, second.application_state) == (Flag.YES, ApplicationState.DEFECTIVE)
    assert [finding.rule for finding in second.findings] == ["duplicate"]
    counted = grid.counters(Area.TOKYO)
    assert (counted["applications"], counted["standing"], counted["duplicates"]) == (2, 1, 1)


def test_many_applications_for_one_purpose_at_once_leave_one_standing(grid: Grid) -> None:
    point, day = new_point(), grid.day()
    requests = [end_request(point_number=point, effective_date=day) for _ in range(6)]

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda request: grid.send(END, request), requests))

    assert sorted(answer.duplicate for answer in answers) == [Flag.NO, *[Flag.YES] * 5]
    assert grid.counters(Area.TOKYO)["standing"] == 1


@pytest.mark.parametrize("ended_as", ["taken back", "defective", "complete"])
def test_once_the_first_one_has_ended_another_may_follow(grid: Grid, ended_as: str) -> None:
    point = new_point()
    if ended_as == "defective":
        grid.tell(Area.TOKYO, defects_left=1)
    first = grid.start(point_number=point)
    if ended_as == "taken back":
        grid.withdraw(START, first.application_number)
    if ended_as == "complete":
        grid.end(point_number=point)
        grid.move_clock(timedelta(days=41))

    second = grid.start(point_number=point)

    assert (second.duplicate, second.application_state) == (Flag.NO, ApplicationState.RECEIVED)


def test_start_and_end_are_different_purposes(grid: Grid) -> None:
    point = new_point()
    grid.end(point_number=point)

    assert grid.start(point_number=point).duplicate is Flag.NO
