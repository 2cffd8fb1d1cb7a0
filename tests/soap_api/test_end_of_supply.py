"""10510 廃止・撤去: never back-dated, and on the same day in 低圧託送 alone (the field's practice)."""

import pytest

from schemas.codes import Flag, Segment
from schemas.interfaces.end_of_supply import END_OF_SUPPLY
from tests.soap_api.filing import Filing


@pytest.mark.parametrize(
    ("segment", "days", "accepted"),
    [
        (Segment.LOW_VOLTAGE, 0, True),
        (Segment.LOW_VOLTAGE, -1, False),
        (Segment.HIGH_VOLTAGE, 0, False),
        (Segment.HIGH_VOLTAGE, 1, True),
        (Segment.LOW_VOLTAGE_FIT, 0, False),
        (Segment.LOW_VOLTAGE_FIT, 1, True),
    ],
)
def test_today_is_taken_in_low_voltage_alone(filing: Filing, segment: Segment, days: int, accepted: bool) -> None:
    answer = filing.send(END_OF_SUPPLY, days=days, segment=segment)

    assert answer.code == (None if accepted else "HUB-B001")
    assert answer.broken_rules == (set() if accepted else {("effectiveDate", "first-effective-date")})


@pytest.mark.parametrize("removal", list(Flag))
def test_it_says_whether_the_facility_is_removed(filing: Filing, removal: Flag) -> None:
    assert filing.send(END_OF_SUPPLY, days=0, removal=removal.value).fault is None
    assert filing.send(END_OF_SUPPLY, days=0, removal="perhaps").code == "HUB-F001"
