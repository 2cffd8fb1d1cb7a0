"""The published test patterns: the stub answers as its table says, and the page says what the table says."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import pytest

from docs.write_test_patterns import PAGE
from grid_client.errors import GridFault
from grid_stub.passwords import issue
from grid_stub.patterns import PATTERNS, Ending, Outcome, Pattern
from grid_stub.patterns_page import patterns_page
from grid_stub.services import SERVICES
from rules.calendar import day_of
from schemas.codes import ApplicationState, Area, Flag, MeterWork, Segment
from schemas.contract import members
from schemas.grid import GridAnswer, grid_interface
from schemas.interfaces.filing import PurchaseContract
from schemas.refusal_codes import RefusalCode
from tests.soap_support.examples import typed_example
from tests.support.cast import POINT
from tests.support.grid import BEFORE_LATE, Grid
from tests.support.grid_requests import new_number

_serials = count(1)
SERVED = [(service.segment, interface.number) for service in SERVICES for interface in service.interfaces]
ABOUT_POINTS = [
    (segment, number)
    for segment, number in SERVED
    if "point_number" in {member.name for member in members(grid_interface(number, segment).request)}
]
BY_POINT = [
    (segment, number, pattern)
    for segment, number in SERVED
    for pattern in PATTERNS
    if number in pattern.numbers and pattern.ending is not None
]


def request(number: str, segment: Segment, *, ending: str = "0001", now: datetime, **changes: Any) -> Any:
    """Fill in a sound request of a grid's interface, for a point that no test had before and that ends so."""
    message = grid_interface(number, segment).request
    day, point = day_of(now) + BEFORE_LATE, f"03{next(_serials):016d}{ending}"
    values: dict[str, Any] = {
        "message_id": str(uuid4()),
        "point_number": point,
        "application_number": new_number(day=day_of(now)),
        "effective_date": day,
        "usage_password": issue(point, on=day_of(now)).password,
        "half_hourly_from": day_of(now) - timedelta(days=3),
        "half_hourly_to": day_of(now) - timedelta(days=2),
        "purchase_contract": _purchase(until=day) if segment is Segment.LOW_VOLTAGE_FIT else None,
        "meter_work": MeterWork.NOT_NEEDED,
    }
    names = {member.name for member in members(message)}
    known = {name: value for name, value in (values | changes).items() if name in names}
    return typed_example(message, segment=segment, **known)


def _purchase(*, until: date) -> PurchaseContract:
    return PurchaseContract(facility_id="A123456A13", contracted_on=date(2026, 4, 1), procurement_ends_on=until)


def send(grid: Grid, number: str, segment: Segment, **changes: Any) -> Any:
    request_sent = request(number, segment, now=grid.now(), **changes)
    return grid.client.call(area=Area.TOKYO, segment=segment, interface_number=number, request=request_sent)


@pytest.mark.parametrize(
    ("segment", "number", "pattern"), BY_POINT, ids=[f"{one[0].value}-{one[1]}-{one[2].ending}" for one in BY_POINT]
)
def test_the_ending_of_a_point_number_decides_on_the_answer(
    grid: Grid, segment: Segment, number: str, pattern: Pattern
) -> None:
    assert pattern.ending is not None
    if pattern.outcome in (Outcome.REFUSED, Outcome.AWAY):
        with pytest.raises(GridFault) as fault:
            send(grid, number, segment, ending=pattern.ending.value)
        assert [finding.rule for finding in fault.value.findings] == [pattern.rule]
        assert fault.value.retryable is (pattern.outcome is Outcome.AWAY)
        return
    answer = send(grid, number, segment, ending=pattern.ending.value)
    assert _does(pattern.ending, answer)
    if isinstance(answer, GridAnswer):
        assert [finding.rule for finding in answer.findings] == [pattern.rule] * (pattern.outcome is Outcome.DEFECTIVE)


def _does(ending: Ending, answer: Any) -> bool:
    if isinstance(answer, GridAnswer) and ending is not Ending.WORK_NEEDED:
        return answer.application_state is ApplicationState.DEFECTIVE
    if ending is Ending.NOT_SUPPLIED:
        return bool(answer.supplied is Flag.NO)
    if ending is Ending.NO_SMART_METER:
        return answer.smart_meter is Flag.NO and not getattr(answer, "half_hourly_usages", ())
    if ending is Ending.NO_USAGE:
        return bool(answer.monthly_usages == answer.half_hourly_usages == ())
    return bool(answer.meter_work is MeterWork.NEEDED)


@pytest.mark.parametrize(("segment", "number"), ABOUT_POINTS)
def test_any_other_point_goes_its_usual_way(grid: Grid, segment: Segment, number: str) -> None:
    answer = send(grid, number, segment)

    if isinstance(answer, GridAnswer):
        assert (answer.application_state, answer.findings) == (ApplicationState.RECEIVED, ())


@pytest.mark.parametrize("segment", Segment)
def test_start_and_end_of_each_segment_match(grid: Grid, segment: Segment) -> None:
    received = send(grid, "10610", segment, point_number=POINT)
    matched = send(grid, "10710", segment, point_number=POINT)

    assert received.application_state is ApplicationState.RECEIVED
    assert matched.application_state is ApplicationState.MATCHED


def test_a_start_of_one_segment_does_not_match_an_end_of_another(grid: Grid) -> None:
    send(grid, "10610", Segment.LOW_VOLTAGE, point_number=POINT)

    answer = send(grid, "10710", Segment.LOW_VOLTAGE_FIT, point_number=POINT)

    assert answer.application_state is ApplicationState.RECEIVED


@pytest.mark.parametrize(
    ("issued_days_ago", "rule"), [(28, None), (29, "usage-password-expired"), (None, "usage-password")]
)
@pytest.mark.parametrize("segment", [Segment.LOW_VOLTAGE, Segment.HIGH_VOLTAGE])
def test_a_password_opens_for_a_month_at_most(
    grid: Grid, segment: Segment, issued_days_ago: int | None, rule: str | None
) -> None:
    today = day_of(grid.now())
    issued = issue(POINT, on=today - timedelta(days=issued_days_ago or 0)).password
    password = "WRONGWRONG12" if issued_days_ago is None else issued

    if rule is None:
        assert len(send(grid, "10310", segment, point_number=POINT, usage_password=password).monthly_usages) == 13
        return
    with pytest.raises(GridFault) as fault:
        send(grid, "10310", segment, point_number=POINT, usage_password=password)
    (finding,) = fault.value.findings
    assert (fault.value.code, finding.field, finding.rule) == (RefusalCode.GRID_REFUSED, "usagePassword", rule)


def test_every_interface_that_is_served_has_a_normal_and_an_abnormal_pattern() -> None:
    for _, number in SERVED:
        outcomes = {pattern.outcome is Outcome.ANSWERED for pattern in PATTERNS if number in pattern.numbers}
        assert outcomes == {True, False}, number


def test_no_pattern_is_for_an_interface_that_is_not_served() -> None:
    assert {number for pattern in PATTERNS for number in pattern.numbers} == {number for _, number in SERVED}


def test_the_committed_page_is_the_one_the_table_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == patterns_page(), "write it anew: python -m docs.write_test_patterns"
