"""Messages on their way to zeep, by the catalogue."""

from datetime import date

from grid_client.mapping import to_zeep
from schemas.codes import Segment
from tests.support.grid_requests import start_request

LOW = Segment.LOW_VOLTAGE


def test_a_request_goes_out_under_its_element_names_with_codes_as_values_and_groups_nested() -> None:
    request = start_request(effective_date=date(2026, 8, 20), meter_work=None)

    sent = to_zeep(request, segment=LOW)

    assert sent["applicationNumber"] == request.application_number
    assert sent["processKind"] == "register"
    assert sent["effectiveDate"] == date(2026, 8, 20)
    assert sent["consent"] == {"obtainedOn": date(2026, 1, 15), "method": "paper", "obtainedBy": "豊洲支店"}
    assert "meterWork" not in sent
