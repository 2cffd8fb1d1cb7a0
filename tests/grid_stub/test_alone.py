"""Applications that need no other one: from 受付 to 完了 by their day and one working step, whatever their kind."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from grid_client.errors import GridFault
from grid_stub.passwords import Standing, standing
from rules.calendar import day_of, start_of
from rules.lone_application.kinds import KINDS
from schemas.codes import ApplicationKind, ApplicationState, Area, Flag, ProcessKind, Segment
from schemas.contract import Interface, members
from schemas.grid import HUB_ITSELF, GridAnswer, grid_interfaces_of
from schemas.interfaces.processing_status import UsageInquiryStatusResponse
from tests.support.cast import NEW, OTHER
from tests.support.grid import STEP, Grid
from tests.support.grid_lone_requests import content, interface_for, send
from tests.support.grid_requests import new_point

EACH = pytest.mark.parametrize(
    ("segment", "interface"),
    [
        (segment, interface)
        for segment in Segment
        for interface in grid_interfaces_of(segment)
        if interface.applies_for is not None and not KINDS[interface.applies_for].matched
    ],
    ids=lambda one: one.value if isinstance(one, Segment) else one.operation,
)
LOW = Segment.LOW_VOLTAGE


def take_back(grid: Grid, interface: Interface, number: str) -> GridAnswer:
    head = {"message_id": str(uuid4()), "retailer_code": NEW, "application_number": number}
    values = dict.fromkeys(member.name for member in members(interface.request)) | head
    answer: GridAnswer = send(grid, interface, interface.request(**values | {"process_kind": ProcessKind.WITHDRAW}))
    return answer


def status(
    grid: Grid, kind: ApplicationKind, number: str, *, retailer: str = HUB_ITSELF, segment: Segment = LOW
) -> Any:
    interface = next(each for each in grid_interfaces_of(segment) if each.tells_status_of is kind)
    request = interface.request(message_id=str(uuid4()), retailer_code=retailer, application_number=number)
    return send(grid, interface, request, segment=segment)


@EACH
def test_it_is_received_and_complete_after_one_step_from_its_day_on(
    grid: Grid, segment: Segment, interface: Interface
) -> None:
    kind = interface.applies_for
    assert kind is not None
    request = content(interface, grid, segment=segment)

    answer = send(grid, interface, request, segment=segment)

    day = getattr(request, "effective_date", None)
    assert (answer.application_state, answer.effective_date, answer.findings) == (ApplicationState.RECEIVED, day, ())
    begins = answer.processed_at if day is None else start_of(day)
    grid.move_clock(begins + STEP - timedelta(minutes=1) - grid.now())
    before = status(grid, kind, request.application_number, segment=segment).status
    grid.move_clock(timedelta(minutes=2))
    after = status(grid, kind, request.application_number, segment=segment).status
    assert (before.application_state, before.completed_at) == (ApplicationState.RECEIVED, None)
    assert (after.application_state, after.completed_at) == (ApplicationState.COMPLETED, begins + STEP)
    assert (after.application_kind, after.matched_at) == (kind, None)


def test_what_completed_by_the_clock_alone_is_listed_as_changed_and_stands_no_longer(grid: Grid) -> None:
    interface = interface_for(ApplicationKind.CUSTOMER_DETAILS)
    request = content(interface, grid)
    send(grid, interface, request)
    assert grid.counters(Area.TOKYO)["standing"] == 1

    since = grid.move_clock(timedelta(minutes=1))
    grid.move_clock(timedelta(days=2))

    (status,) = grid.statuses(Area.TOKYO, changed_since=since).statuses
    assert (status.application_number, status.application_state) == (
        request.application_number,
        ApplicationState.COMPLETED,
    )
    assert grid.counters(Area.TOKYO)["standing"] == 0


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if not KINDS[kind].matched and kind is not ApplicationKind.PRODUCER_DETAILS]
)
def test_a_second_one_of_a_kind_at_a_point_is_a_duplicate_but_for_inquiries(grid: Grid, kind: ApplicationKind) -> None:
    interface, point = interface_for(kind), new_point()
    send(grid, interface, content(interface, grid, point_number=point))

    second = send(grid, interface, content(interface, grid, point_number=point, retailer_code=OTHER))

    is_inquiry = kind is ApplicationKind.USAGE_INQUIRY
    assert (second.duplicate, second.application_state) == (
        (Flag.NO, ApplicationState.RECEIVED) if is_inquiry else (Flag.YES, ApplicationState.DEFECTIVE)
    )


def test_it_can_be_corrected_and_taken_back_until_it_is_complete(grid: Grid) -> None:
    interface, today = interface_for(ApplicationKind.AMPERE_CHANGE), day_of(grid.now())
    spoilt = content(interface, grid, effective_date=today)
    assert send(grid, interface, spoilt).application_state is ApplicationState.DEFECTIVE

    number = spoilt.application_number
    corrected = content(
        interface,
        grid,
        application_number=number,
        point_number=spoilt.point_number,
        process_kind=ProcessKind.AMEND,
        effective_date=today + timedelta(days=3),
    )
    assert send(grid, interface, corrected).application_state is ApplicationState.RECEIVED
    grid.move_clock(timedelta(days=1))
    assert take_back(grid, interface, number).application_state is ApplicationState.CANCELLED
    grid.move_clock(timedelta(days=5))
    assert status(grid, ApplicationKind.AMPERE_CHANGE, number).status.application_state is ApplicationState.CANCELLED


@pytest.mark.parametrize(
    ("kind", "first_day"), [(ApplicationKind.END_OF_SUPPLY, 0), (ApplicationKind.RE_ENERGISATION, -31)]
)
def test_a_correction_is_dated_from_the_day_the_hub_stored_it_and_not_from_its_number(
    grid: Grid, kind: ApplicationKind, first_day: int
) -> None:
    interface = interface_for(kind)
    filed = content(interface, grid, effective_date=day_of(grid.now()) + timedelta(days=30))
    send(grid, interface, filed)
    grid.move_clock(timedelta(days=3))
    stored_on = day_of(grid.now()) - timedelta(days=1)  # it was on its way for a day

    def corrected(day: date) -> GridAnswer:
        answer: GridAnswer = send(
            grid,
            interface,
            content(
                interface,
                grid,
                application_number=filed.application_number,
                point_number=filed.point_number,
                process_kind=ProcessKind.AMEND,
                filed_on=stored_on,
                effective_date=day,
            ),
        )
        return answer

    first = stored_on + timedelta(days=first_day)
    (finding,) = corrected(first - timedelta(days=1)).findings
    assert (finding.field, finding.rule) == ("effectiveDate", "first-effective-date")
    assert corrected(first).application_state in (ApplicationState.RECEIVED, ApplicationState.COMPLETED)


def test_it_can_not_be_taken_back_once_it_is_complete(grid: Grid) -> None:
    interface = interface_for(ApplicationKind.END_OF_SUPPLY)
    request = content(interface, grid)
    send(grid, interface, request)
    grid.move_clock(timedelta(days=2))

    assert take_back(grid, interface, request.application_number).application_state is ApplicationState.COMPLETED


def test_the_password_is_handed_out_once_and_to_its_applicant_alone(grid: Grid) -> None:
    kind = ApplicationKind.USAGE_INQUIRY
    interface = interface_for(kind)
    request = content(interface, grid)
    send(grid, interface, request)
    number, point = request.application_number, request.point_number

    def told(retailer: str) -> UsageInquiryStatusResponse:
        answer = status(grid, kind, number, retailer=retailer)
        assert isinstance(answer, UsageInquiryStatusResponse)
        return answer

    assert told(NEW).usage_password is None, "not before it is complete"
    grid.move_clock(2 * STEP)
    assert told(HUB_ITSELF).usage_password is None
    with pytest.raises(GridFault):
        told(OTHER)
    first, second = told(NEW), told(NEW)

    assert first.usage_password is not None and first.usage_password_valid_to is not None
    assert (second.usage_password, second.usage_password_valid_to) == (None, None)
    assert standing(first.usage_password, point_number=point, today=day_of(grid.now())) is Standing.GOOD
    late = first.usage_password_valid_to + timedelta(days=1)
    assert standing(first.usage_password, point_number=point, today=late) is Standing.EXPIRED
