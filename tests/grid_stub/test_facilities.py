"""設備情報照会 at a grid operator."""

from datetime import date
from uuid import uuid4

import pytest

from grid_client.errors import GridFault
from grid_stub.facilities import facility
from schemas.characters import is_hub_text
from schemas.codes import Area, ContractBasis
from schemas.grid import grid_interface
from schemas.interfaces.facility_inquiry import FacilityInquiryResponse
from tests.support.cast import NEW, consent
from tests.support.grid import Grid
from tests.support.grid_requests import SEGMENT

TODAY = date(2026, 8, 20)


def ask(grid: Grid, point: str, area: Area) -> FacilityInquiryResponse:
    request = grid_interface("10110", SEGMENT).request(
        message_id=str(uuid4()), retailer_code=NEW, point_number=point, consent=consent()
    )
    answer = grid.client.call(area=area, segment=SEGMENT, interface_number="10110", request=request)
    assert isinstance(answer, FacilityInquiryResponse)
    return answer


@pytest.mark.parametrize("area", Area)
def test_each_area_describes_its_points_the_same_every_time(grid: Grid, area: Area) -> None:
    point = f"{area.value}10000000000000000001"

    first, again = ask(grid, point, area), ask(grid, point, area)

    assert first.point_number == point
    assert (again.address, again.meter_number) == (first.address, first.meter_number)


@pytest.mark.parametrize(
    ("point", "area"), [("0310000000000000009999", Area.TOKYO), ("0410000000000000000001", Area.TOKYO)]
)
def test_an_unknown_point_and_one_of_another_area_are_refused_with_the_field(
    grid: Grid, point: str, area: Area
) -> None:
    with pytest.raises(GridFault) as fault:
        ask(grid, point, area)

    (finding,) = fault.value.findings
    assert (fault.value.code, finding.field, finding.rule) == ("HUB-B003", "pointNumber", "unknown-point")


@pytest.mark.parametrize("area", Area)
def test_what_it_describes_can_exist(area: Area) -> None:
    for number in range(40):
        answer = facility(message_id="M", point_number=f"{area.value}{number:020d}", today=TODAY, segment=SEGMENT)

        assert all(is_hub_text(character) for character in answer.address)
        assert 1 <= answer.base_reading_day == answer.next_reading_date.day <= 28
        assert answer.next_reading_date > TODAY
        if answer.contract_basis is ContractBasis.AMPERE_BREAKER:
            assert answer.contract_capacity is not None and answer.contract_capacity <= 60
            assert area not in (Area.KANSAI, Area.CHUGOKU, Area.SHIKOKU, Area.OKINAWA)


def test_points_differ() -> None:
    points = [f"03{number:020d}" for number in range(40)]
    places = {facility(message_id="M", point_number=point, today=TODAY, segment=SEGMENT).address for point in points}

    assert len(places) > 30
