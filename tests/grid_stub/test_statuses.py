"""業務処理状況確認 at a grid operator: one, many, and who sees what."""

from datetime import timedelta

import pytest

from grid_client.errors import GridFault
from schemas.codes import AnswerSource, ApplicationKind, ApplicationState, Area
from schemas.grid import grid_interface
from tests.support.cast import CURRENT, NEW, OTHER
from tests.support.grid import Grid
from tests.support.grid_requests import SEGMENT, new_number, new_point

START, END = ApplicationKind.START, ApplicationKind.END


@pytest.mark.parametrize(("kind", "owner"), [(START, NEW), (END, CURRENT)])
def test_a_retailer_is_told_of_its_own_application(grid: Grid, kind: ApplicationKind, owner: str) -> None:
    answer = grid.start() if kind is START else grid.end()

    status = grid.status(kind, answer.application_number, retailer=owner)

    assert status.application_number == answer.application_number
    assert status.application_kind is kind
    assert status.application_state_name == "受付"


@pytest.mark.parametrize(
    ("asked_kind", "retailer", "known"), [(START, OTHER, True), (END, NEW, True), (START, NEW, False)]
)
def test_a_foreign_an_unknown_and_another_kinds_number_are_answered_alike(
    grid: Grid, asked_kind: ApplicationKind, retailer: str, known: bool
) -> None:
    number = grid.start().application_number if known else new_number()

    with pytest.raises(GridFault) as fault:
        grid.status(asked_kind, number, retailer=retailer)

    assert (fault.value.code, len(fault.value.findings)) == ("HUB-S005", 1)


def test_a_list_holds_the_asking_retailers_applications_and_the_hub_sees_all_of_the_area(grid: Grid) -> None:
    start, end = grid.start().application_number, grid.end().application_number
    elsewhere = grid.start(area=Area.CHUBU).application_number

    def listed(retailer: str, area: Area = Area.TOKYO) -> list[str]:
        return [status.application_number for status in grid.statuses(area, retailer=retailer).statuses]

    assert listed(NEW) == [start]
    assert listed(CURRENT) == [end]
    assert listed(OTHER) == []
    assert listed("HUB0") == [start, end]
    assert listed("HUB0", Area.CHUBU) == [elsewhere]


def test_a_list_says_whose_word_it_is_and_when(grid: Grid) -> None:
    answer = grid.statuses(Area.TOKYO)

    assert answer.source is AnswerSource.GRID_OPERATOR
    assert abs(answer.as_of - grid.now()) < timedelta(seconds=30)


def test_the_area_of_a_list_must_be_that_of_the_address(grid: Grid) -> None:
    request = grid_interface("11110", SEGMENT).request(
        message_id="M-1", retailer_code=NEW, area=Area.CHUBU, changed_since=None, cursor=None
    )

    with pytest.raises(GridFault) as fault:
        grid.client.call(area=Area.TOKYO, segment=SEGMENT, interface_number="11110", request=request)

    assert fault.value.findings[0].field == "area"


def test_a_list_can_be_limited_to_what_changed(grid: Grid) -> None:
    grid.start()
    later = grid.move_clock(timedelta(hours=1))
    second = grid.start()

    changed = grid.statuses(Area.TOKYO, changed_since=later).statuses

    assert [status.application_number for status in changed] == [second.application_number]


def test_a_list_can_be_limited_to_what_changed_before(grid: Grid) -> None:
    first = grid.start()
    later = grid.move_clock(timedelta(hours=1))
    grid.start()

    changed = grid.statuses(Area.TOKYO, changed_before=later).statuses

    assert [status.application_number for status in changed] == [first.application_number]


def test_a_list_can_be_limited_to_a_kind_and_a_state(grid: Grid) -> None:
    point = new_point()
    start, end = grid.start(point_number=point), grid.end(point_number=point)
    alone = grid.start()
    states = {ApplicationState.MATCHED: 2, ApplicationState.RECEIVED: 1, ApplicationState.COMPLETED: 0}

    ends = grid.statuses(Area.TOKYO, application_kind=END).statuses
    received = grid.statuses(Area.TOKYO, application_state=ApplicationState.RECEIVED).statuses

    assert [status.application_number for status in ends] == [end.application_number]
    assert [status.application_number for status in received] == [alone.application_number]
    for state, how_many in states.items():
        assert len(grid.statuses(Area.TOKYO, application_state=state).statuses) == how_many
    grid.move_clock(timedelta(days=41))
    assert grid.statuses(Area.TOKYO, application_state=ApplicationState.MATCHED).statuses == ()
    complete = grid.statuses(Area.TOKYO, application_state=ApplicationState.COMPLETED).statuses
    assert {status.application_number for status in complete} == {start.application_number, end.application_number}


def test_what_completed_by_the_clock_alone_counts_as_changed(grid: Grid) -> None:
    point = new_point()
    start, end = grid.start(point_number=point), grid.end(point_number=point)
    grid.start()
    since = grid.move_clock(timedelta(hours=1))
    assert grid.statuses(Area.TOKYO, changed_since=since).statuses == ()

    grid.move_clock(timedelta(days=41))

    changed = grid.statuses(Area.TOKYO, changed_since=since).statuses
    assert {status.application_number for status in changed} == {start.application_number, end.application_number}
    assert {status.application_state for status in changed} == {ApplicationState.COMPLETED}


def test_a_long_list_comes_in_pages_that_miss_and_repeat_nothing(grid: Grid) -> None:
    numbers = [grid.start().application_number for _ in range(7)]
    grid.tell(Area.TOKYO, page_size=3)

    pages, cursor = [], None
    while True:
        page = grid.statuses(Area.TOKYO, cursor=cursor)
        pages.append([status.application_number for status in page.statuses])
        cursor = page.next_cursor
        if cursor is None:
            break

    assert pages == [numbers[:3], numbers[3:6], numbers[6:]]


def test_a_cursor_that_no_page_gave_is_a_fault(grid: Grid) -> None:
    with pytest.raises(GridFault) as fault:
        grid.statuses(Area.TOKYO, cursor="nonsense")

    assert (fault.value.code, fault.value.findings[0].field) == ("HUB-F001", "cursor")


def test_a_defective_application_keeps_its_findings_in_its_status(grid: Grid) -> None:
    grid.tell(Area.TOKYO, defects_left=1)
    answer = grid.start()

    assert grid.status(START, answer.application_number).findings == answer.findings
