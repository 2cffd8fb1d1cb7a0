"""Lines to grid operators that are slow, down, or cut, as an area was told; the other areas go on."""

from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest

from grid_client.client import GridClient
from grid_client.errors import GridUnreachable
from schemas.codes import ApplicationKind, ApplicationState, Area, ProcessKind
from tests.support.grid import Grid
from tests.support.grid_requests import new_number, new_point, start_request
from tests.support.processes import wait_until

START, END = ApplicationKind.START, ApplicationKind.END


def test_an_area_that_is_down_takes_nothing_and_answers_nothing_until_it_is_back(grid: Grid) -> None:
    grid.tell(Area.TOKYO, down=True)
    with pytest.raises(GridUnreachable) as away:
        grid.start()
    grid.tell(Area.TOKYO, down=False)

    assert (away.value.area, away.value.outcome_unknown) == (Area.TOKYO, True)
    assert grid.counters(Area.TOKYO)["calls"] == {}
    assert grid.start().application_state is ApplicationState.RECEIVED


def test_a_slow_area_answers_late(grid: Grid) -> None:
    grid.tell(Area.TOKYO, delay_seconds=0.5)

    began = monotonic()
    grid.start()

    assert monotonic() - began >= 0.5


def test_an_area_slower_than_the_caller_waits_may_take_what_the_caller_gave_up(grid: Grid) -> None:
    grid.tell(Area.TOKYO, delay_seconds=0.6)
    request = start_request(effective_date=grid.day())
    hasty = GridClient(grid.server.settings(grid_read_timeout=0.2))

    with pytest.raises(GridUnreachable) as away:
        grid.send(START, request, client=hasty)
    again = grid.send(START, request)

    wait_until(lambda: grid.counters(Area.TOKYO)["repeats"], what="the later of the two")
    assert (away.value.reason, away.value.outcome_unknown) == ("timeout", True)
    assert again.application_state is ApplicationState.RECEIVED
    counted = grid.counters(Area.TOKYO)
    assert (counted["applications"], counted["repeats"], counted["duplicates"]) == (1, 1, 0)


@pytest.mark.parametrize("process_kind", ProcessKind)
def test_a_line_cut_after_acceptance_leaves_what_was_accepted(grid: Grid, process_kind: ProcessKind) -> None:
    number, point = new_number(), new_point()
    if process_kind is not ProcessKind.REGISTER:
        grid.start(number=number, point_number=point)
    grid.tell(Area.TOKYO, cuts_left=1)

    with pytest.raises(GridUnreachable) as cut:
        if process_kind is ProcessKind.WITHDRAW:
            grid.withdraw(START, number)
        else:
            grid.start(number=number, point_number=point, process_kind=process_kind)

    state = ApplicationState.CANCELLED if process_kind is ProcessKind.WITHDRAW else ApplicationState.RECEIVED
    assert (cut.value.reason, cut.value.outcome_unknown) == ("line-cut", True)
    assert grid.status(START, number).application_state is state


def test_after_a_cut_line_the_same_message_again_is_a_repeat_and_no_duplicate(grid: Grid) -> None:
    request = start_request(effective_date=grid.day())
    grid.tell(Area.TOKYO, cuts_left=1)
    with pytest.raises(GridUnreachable):
        grid.send(START, request)

    answer = grid.send(START, request)

    assert answer.application_state is ApplicationState.RECEIVED
    counted = grid.counters(Area.TOKYO)
    assert (counted["applications"], counted["repeats"], counted["duplicates"]) == (1, 1, 0)


def test_questions_and_repeats_do_not_use_up_the_cuts_that_were_ordered(grid: Grid) -> None:
    request = start_request(effective_date=grid.day())
    grid.send(START, request)
    grid.tell(Area.TOKYO, cuts_left=1)

    grid.send(START, request)
    grid.status(START, request.application_number)

    with pytest.raises(GridUnreachable):
        grid.start()


def test_ten_areas_stand_apart(grid: Grid) -> None:
    for area in Area:
        grid.start(area=area)
    grid.tell(Area.TOKYO, down=True)
    grid.tell(Area.KANSAI, defects_left=1)

    states = {area: grid.end(area=area).application_state for area in Area if area is not Area.TOKYO}

    assert states.pop(Area.KANSAI) is ApplicationState.DEFECTIVE
    assert set(states.values()) == {ApplicationState.RECEIVED}
    assert [grid.counters(area)["applications"] for area in Area] == [1 if area is Area.TOKYO else 2 for area in Area]


def test_an_area_whose_every_slot_waits_does_not_hold_up_another(grid: Grid) -> None:
    grid.tell(Area.TOKYO, delay_seconds=6)
    with ThreadPoolExecutor(8) as pool:
        calls = [pool.submit(grid.start) for _ in range(8)]
        began = monotonic()
        grid.start(area=Area.CHUBU)
        took = monotonic() - began

        assert not any(call.done() for call in calls)
    assert took < 4.5
