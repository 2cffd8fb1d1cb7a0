"""The messages of the switches that are played: what the catalogue wants, spread over the areas."""

from collections import Counter
from datetime import date

import pytest

from grid_stub.patterns import Ending
from schemas.codes import Area, Segment
from schemas.contract import Interface
from schemas.interfaces.applications import END_APPLICATION, START_APPLICATION
from schemas.interfaces.decision import DECISION
from schemas.interfaces.referral import REFERRAL
from schemas.reading import Faulty
from soap.envelope import read_envelope
from soap.names import in_namespace
from soap.reading import from_xml
from soap_api.services import LOW_VOLTAGE
from tools.bench.cases import switch

TODAY = date(2026, 11, 30)
CASE = "SW03L20261130000000010"


@pytest.mark.parametrize(
    ("interface", "written"),
    [
        (REFERRAL, switch.referral(7, today=TODAY, current_retailer="1002")),
        (DECISION, switch.decision(7, case_number=CASE)),
        (START_APPLICATION, switch.start_application(7, case_number=CASE, today=TODAY)),
        (END_APPLICATION, switch.end_application(7, case_number=CASE, today=TODAY)),
    ],
    ids=lambda value: value.number if isinstance(value, Interface) else "",
)
def test_each_message_is_as_the_catalogue_wants_it(interface: Interface, written: bytes) -> None:
    message = read_envelope(written, charset="utf-8")

    assert message.tag == in_namespace(LOW_VOLTAGE.namespace, interface.operation)
    request = from_xml(message, interface.request, segment=Segment.LOW_VOLTAGE)
    assert not isinstance(request, Faulty), request
    assert request.message_id == f"BENCH-{interface.number}-7"


def test_cases_are_spread_evenly_over_the_areas_and_the_stub_treats_none_otherwise() -> None:
    points = [switch.point_of(number) for number in range(20_000)]

    assert set(Counter(point[:2] for point in points).values()) == {2_000}
    assert {point[:2] for point in points} == {area.value for area in Area}
    assert len(set(points)) == len(points)
    assert not any(point.endswith(ending.value) for point in points for ending in Ending)
