"""What a grid operator makes of applications, over SOAP."""

from datetime import timedelta

import pytest

from grid_client.errors import GridFault
from rules.deadlines import DEADLINE_RULES, earliest_effective_date
from schemas.codes import (
    SWITCHING_APPLICATIONS,
    ApplicationKind,
    ApplicationState,
    Area,
    ContractBasis,
    Flag,
    MeterWork,
    ProcessKind,
    Segment,
)
from tests.support.cast import OTHER
from tests.support.grid import Grid
from tests.support.grid_requests import end_request, new_number, new_point, start_request
from tests.support.moments import CALENDAR

START, END = ApplicationKind.START, ApplicationKind.END


@pytest.mark.parametrize("kind", SWITCHING_APPLICATIONS)
def test_a_sound_application_is_received_at_once(grid: Grid, kind: ApplicationKind) -> None:
    answer = grid.start() if kind is START else grid.end()

    assert answer.application_state is ApplicationState.RECEIVED
    assert answer.effective_date == grid.day()
    assert (answer.duplicate, answer.too_late, answer.findings) == (Flag.NO, Flag.NO, ())
    assert grid.status(kind, answer.application_number).received_at == answer.processed_at


def test_an_application_without_a_case_is_received(grid: Grid) -> None:
    assert grid.start(case_number=None).application_state is ApplicationState.RECEIVED


def test_an_application_with_defects_hears_all_of_them_and_may_be_corrected(grid: Grid) -> None:
    number, point, area = new_number(Area.KANSAI), new_point(Area.KANSAI), Area.KANSAI
    content = {"number": number, "area": area, "point_number": point}

    refused = grid.start(**content, contract_basis=ContractBasis.AMPERE_BREAKER, contract_capacity=80)
    corrected = grid.start(**content, process_kind=ProcessKind.AMEND)

    assert refused.application_state is ApplicationState.DEFECTIVE
    assert [finding.rule for finding in refused.findings] == [
        "ampere-breaker-area",
        "ampere-breaker-capacity",
        "basis-transition",
    ]
    assert corrected.application_state is ApplicationState.RECEIVED
    assert corrected.findings == ()


def test_a_correction_is_examined_anew(grid: Grid) -> None:
    first = grid.start(point_number=(point := new_point()))

    spoilt = grid.start(
        number=first.application_number,
        process_kind=ProcessKind.AMEND,
        point_number=point,
        contract_basis=ContractBasis.AMPERE_BREAKER,
        contract_capacity=99,
    )

    assert spoilt.application_state is ApplicationState.DEFECTIVE
    assert grid.status(START, first.application_number).application_state is ApplicationState.DEFECTIVE


def test_a_correction_cannot_move_to_another_point(grid: Grid) -> None:
    first = grid.start()

    moved = grid.start(number=first.application_number, process_kind=ProcessKind.AMEND)

    assert [finding.rule for finding in moved.findings] == ["not-amendable"]


@pytest.mark.parametrize(("days", "work"), [(-1, MeterWork.NOT_NEEDED), (2, MeterWork.NOT_NEEDED), (8, None)])
def test_what_leaves_less_than_the_standard_period_is_too_late(grid: Grid, days: int, work: MeterWork | None) -> None:
    answer = grid.start(effective_date=grid.today() + timedelta(days=days), meter_work=work)

    assert (answer.application_state, answer.too_late) == (ApplicationState.UNMATCHED, Flag.YES)
    assert [finding.rule for finding in answer.findings] == ["too-late"]


def test_an_area_can_have_deadlines_of_its_own(grid: Grid) -> None:
    grid.tell(Area.CHUBU, deadline_profile="demo")

    assert grid.start(area=Area.CHUBU, effective_date=grid.today()).application_state is ApplicationState.RECEIVED
    assert grid.start(area=Area.TOKYO, effective_date=grid.today()).too_late is Flag.YES


def test_meter_work_that_was_not_declared_is_needed(grid: Grid) -> None:
    assert grid.start(meter_work=None).meter_work is MeterWork.NEEDED


def test_the_grid_operator_may_say_otherwise_of_meter_work_and_date(grid: Grid) -> None:
    grid.tell(Area.TOKYO, meter_work="needed", postponed_days=1)

    answer = grid.start(meter_work=MeterWork.NOT_NEEDED)

    assert answer.meter_work is MeterWork.NEEDED
    assert answer.effective_date == grid.day() + timedelta(days=1)


@pytest.mark.parametrize("kind", SWITCHING_APPLICATIONS)
def test_an_application_can_be_taken_back_before_matching(grid: Grid, kind: ApplicationKind) -> None:
    first = grid.start() if kind is START else grid.end()

    answer = grid.withdraw(kind, first.application_number)

    assert answer.application_state is ApplicationState.CANCELLED
    assert grid.status(kind, first.application_number).application_state is ApplicationState.CANCELLED
    assert grid.counters(Area.TOKYO)["standing"] == 0


def test_taking_back_is_refused_when_matching_came_first(grid: Grid) -> None:
    point = new_point()
    first = grid.start(point_number=point)
    grid.end(point_number=point)

    answer = grid.withdraw(START, first.application_number)

    assert answer.application_state is ApplicationState.MATCHED
    assert grid.status(START, first.application_number).application_state is ApplicationState.MATCHED


def test_a_matched_application_can_not_be_corrected(grid: Grid) -> None:
    point = new_point()
    first = grid.start(point_number=point)
    grid.end(point_number=point)

    answer = grid.start(
        number=first.application_number,
        process_kind=ProcessKind.AMEND,
        point_number=point,
        effective_date=grid.day() + timedelta(days=1),
    )

    assert answer.application_state is ApplicationState.MATCHED
    assert grid.status(START, first.application_number).effective_date == grid.day()


def test_a_taken_back_application_stays_so_when_a_late_correction_comes(grid: Grid) -> None:
    first = grid.start(point_number=(point := new_point()))
    grid.withdraw(START, first.application_number)

    answer = grid.start(number=first.application_number, process_kind=ProcessKind.AMEND, point_number=point)

    assert answer.application_state is ApplicationState.CANCELLED


def test_the_next_applications_can_be_ordered_to_be_defective(grid: Grid) -> None:
    grid.tell(Area.TOKYO, defects_left=2)

    states = [grid.end().application_state for _ in range(3)]

    assert states == [ApplicationState.DEFECTIVE, ApplicationState.DEFECTIVE, ApplicationState.RECEIVED]


@pytest.mark.parametrize("process_kind", [ProcessKind.AMEND, ProcessKind.WITHDRAW])
def test_an_unknown_number_is_a_fault(grid: Grid, process_kind: ProcessKind) -> None:
    with pytest.raises(GridFault) as fault:
        if process_kind is ProcessKind.AMEND:
            grid.start(process_kind=process_kind)
        else:
            grid.withdraw(START, new_number())

    assert fault.value.code == "HUB-S005"


@pytest.mark.parametrize("process_kind", [ProcessKind.AMEND, ProcessKind.WITHDRAW])
def test_another_retailers_application_is_answered_like_an_unknown_one(grid: Grid, process_kind: ProcessKind) -> None:
    first = grid.start(point_number=(point := new_point()))

    with pytest.raises(GridFault) as fault:
        if process_kind is ProcessKind.AMEND:
            grid.start(number=first.application_number, retailer=OTHER, process_kind=process_kind, point_number=point)
        else:
            grid.withdraw(START, first.application_number, retailer=OTHER)

    assert fault.value.code == "HUB-S005"
    assert grid.status(START, first.application_number).application_state is ApplicationState.RECEIVED


def test_a_number_cannot_stand_for_two_applications(grid: Grid) -> None:
    first = grid.start()

    with pytest.raises(GridFault) as fault:
        grid.start(number=first.application_number)

    assert (fault.value.code, fault.value.findings[0].rule) == ("HUB-B003", "number-taken")


def test_a_message_with_wrong_fields_is_a_fault_that_names_them_and_takes_no_number(grid: Grid) -> None:
    number, point, day = new_number(), new_point(), grid.day()
    wrong_request = start_request(number=number, point_number=point, effective_date=day, holder_name=None, address=None)

    with pytest.raises(GridFault) as fault:
        grid.send(START, wrong_request)

    assert fault.value.code == "HUB-F001"
    assert {finding.field for finding in fault.value.findings} == {"holderName", "address"}
    assert grid.start(number=number, point_number=point).application_state is ApplicationState.RECEIVED


def test_an_end_application_takes_as_long_as_the_start_it_belongs_to(grid: Grid) -> None:
    point = new_point()
    soon = earliest_effective_date(
        matched_on=grid.today(),
        meter_work=MeterWork.NEEDED,
        rules=DEADLINE_RULES[Segment.LOW_VOLTAGE],
        calendar=CALENDAR,
    ) - timedelta(days=1)
    grid.tell(Area.TOKYO, deadline_profile="demo")
    grid.start(point_number=point, effective_date=soon, meter_work=MeterWork.NEEDED)
    grid.tell(Area.TOKYO, deadline_profile="standard")

    with_start = grid.send(END, end_request(point_number=point, effective_date=soon))
    alone = grid.end(effective_date=soon)

    assert with_start.too_late is Flag.YES
    assert alone.application_state is ApplicationState.RECEIVED
