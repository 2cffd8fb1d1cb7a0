"""How the items of a defect are called."""

import pytest

from schemas.codes import ApplicationKind, Segment
from web.cases.defects import field_label


@pytest.mark.parametrize(
    ("kind", "segment", "name", "label"),
    [
        (ApplicationKind.START, Segment.LOW_VOLTAGE, "holderName", "契約名義"),
        (ApplicationKind.START, Segment.LOW_VOLTAGE, "obtainedOn", "同意取得日"),
        (ApplicationKind.END, Segment.HIGH_VOLTAGE, "contractNumber", "契約番号"),
        (ApplicationKind.START, Segment.LOW_VOLTAGE_FIT, None, "全体"),
        (ApplicationKind.END, Segment.LOW_VOLTAGE, "holderName", "holderName"),
        (ApplicationKind.START, Segment.LOW_VOLTAGE_FIT, "pointNumber", "受電地点特定番号"),
        (ApplicationKind.START, Segment.LOW_VOLTAGE_FIT, "purchaseContract/facilityId", "設備ID"),
        (ApplicationKind.START, Segment.HIGH_VOLTAGE, "highVoltageTerms/contractPower", "契約電力"),
        (ApplicationKind.START, Segment.LOW_VOLTAGE, "contractPower", "contractPower"),
    ],
)
def test_an_element_is_called_as_the_catalogue_calls_it_in_the_segment(
    kind: ApplicationKind, segment: Segment, name: str | None, label: str
) -> None:
    assert field_label(kind, name, segment) == label
