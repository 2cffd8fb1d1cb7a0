"""使用量情報 and its passwords, as the stub makes them up."""

from datetime import date, timedelta

import pytest

from grid_stub.passwords import Standing, issue, standing
from grid_stub.usage import usage
from schemas.checks import check
from schemas.codes import Area, Flag, Segment
from schemas.fields import HALF_HOURLY_USAGE, USAGE_PASSWORD
from schemas.interfaces.usage import UsageInquiryResponse
from tests.support.cast import POINT

TODAY = date(2026, 8, 20)


def used(
    *, point: str = POINT, segment: Segment = Segment.LOW_VOLTAGE, first: date | None = None, last: date | None = None
) -> UsageInquiryResponse:
    return usage(message_id="M", point_number=point, segment=segment, today=TODAY, first=first, last=last)


def test_it_tells_the_thirteen_whole_months_before_today_the_same_every_time() -> None:
    months = [month.month for month in used().monthly_usages]

    assert (len(months), months[0], months[-1]) == (13, "2026-07", "2025-07")
    assert used() == used()


def test_only_high_voltage_has_a_maximum_demand() -> None:
    assert {month.maximum_demand for month in used().monthly_usages} == {None}
    assert None not in {month.maximum_demand for month in used(segment=Segment.HIGH_VOLTAGE).monthly_usages}


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (None, None, 0),
        (date(2026, 7, 1), date(2026, 7, 31), 31),
        (date(2026, 7, 1), None, 1),
        (date(2026, 8, 18), date(2026, 8, 25), 2),
        (date(2026, 8, 25), date(2026, 8, 26), 0),
    ],
    ids=str,
)
def test_half_hourly_values_are_those_of_the_days_asked_for_that_are_over(
    first: date | None, last: date | None, days: int
) -> None:
    answer = used(first=first, last=last)

    assert answer.smart_meter is Flag.YES
    assert len(answer.half_hourly_usages) == days
    for usage_of_day in answer.half_hourly_usages:
        assert check(HALF_HOURLY_USAGE, usage_of_day.values) == (usage_of_day.values, None)


@pytest.mark.parametrize("area", Area)
def test_a_password_fits_its_field_and_opens_its_point_alone(area: Area) -> None:
    point, other = f"{area.value}10000000000000000001", f"{area.value}10000000000000000002"
    issued = issue(point, on=TODAY)

    assert check(USAGE_PASSWORD, issued.password) == (issued.password, None)
    assert TODAY < issued.valid_to <= TODAY + timedelta(days=31)
    assert issued.password not in repr(issued)
    assert standing(issued.password, point_number=point, today=issued.valid_to) is Standing.GOOD
    assert standing(issued.password, point_number=point, today=issued.valid_to + timedelta(days=1)) is Standing.EXPIRED
    assert standing(issued.password, point_number=other, today=TODAY) is Standing.WRONG
