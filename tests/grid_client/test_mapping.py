"""Messages on their way to and from zeep, by the catalogue."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from grid_client.errors import UnreadableAnswer
from grid_client.mapping import from_zeep, to_zeep
from schemas.codes import ApplicationState, Flag, Segment
from schemas.grid import GridAnswer
from schemas.interfaces.common import GridFinding
from tests.support.grid import start_request

LOW = Segment.LOW_VOLTAGE
MOMENT = datetime(2026, 8, 12, 1, 0, tzinfo=UTC)
ANSWER: dict[str, Any] = {
    "messageId": "M-1",
    "applicationNumber": "AP03L20260812000000015",
    "applicationState": "defective",
    "effectiveDate": date(2026, 8, 20),
    "meterWork": None,
    "duplicate": "no",
    "tooLate": "no",
    "findings": [{"field": None, "rule": "as-ordered", "message": "不備"}],
    "processedAt": MOMENT,
}


def test_a_request_goes_out_under_its_element_names_with_codes_as_values_and_groups_nested() -> None:
    request = start_request(effective_date=date(2026, 8, 20), meter_work=None)

    sent = to_zeep(request, segment=LOW)

    assert sent["applicationNumber"] == request.application_number
    assert sent["processKind"] == "register"
    assert sent["effectiveDate"] == date(2026, 8, 20)
    assert sent["consent"] == {"obtainedOn": date(2026, 1, 15), "method": "paper", "obtainedBy": "豊洲支店"}
    assert "meterWork" not in sent


def test_an_answer_comes_back_typed() -> None:
    answer = from_zeep(ANSWER, GridAnswer, segment=LOW)

    assert answer == GridAnswer(
        message_id="M-1",
        application_number="AP03L20260812000000015",
        application_state=ApplicationState.DEFECTIVE,
        effective_date=date(2026, 8, 20),
        meter_work=None,
        duplicate=Flag.NO,
        too_late=Flag.NO,
        findings=(GridFinding(field=None, rule="as-ordered", message="不備"),),
        processed_at=MOMENT,
    )


def test_no_findings_at_all_are_an_empty_tuple() -> None:
    assert from_zeep({**ANSWER, "findings": None}, GridAnswer, segment=LOW).findings == ()


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ("applicationNumber", None),
        ("applicationState", "髙橋　太郎"),
        ("effectiveDate", "髙橋　太郎"),
        ("processedAt", MOMENT.replace(tzinfo=None)),
        ("findings", [{"rule": None, "message": "髙橋　太郎"}]),
    ],
)
def test_an_answer_against_the_contract_is_named_by_its_place_and_not_quoted(element: str, value: object) -> None:
    with pytest.raises(UnreadableAnswer) as unreadable:
        from_zeep({**ANSWER, element: value}, GridAnswer, segment=LOW)

    assert "髙橋" not in str(unreadable.value)
