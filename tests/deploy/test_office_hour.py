"""The business time the demonstration is played at, at whatever hour it is run."""

from datetime import datetime

import pytest

from deploy.demo.clock import office_hour
from rules.calendar import JST, JapaneseCalendar


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param("2026-11-24 09:00", "2026-11-24 09:00", id="the office opens"),
        pytest.param("2026-11-24 15:59", "2026-11-24 15:59", id="in office hours"),
        pytest.param("2026-11-24 16:00", "2026-11-25 10:00", id="too late to begin"),
        pytest.param("2026-11-24 08:59", "2026-11-24 10:00", id="early in the morning"),
        pytest.param("2026-11-24 00:00", "2026-11-24 10:00", id="midnight"),
        pytest.param("2026-11-24 23:59", "2026-11-25 10:00", id="before midnight"),
        pytest.param("2026-11-23 12:00", "2026-11-24 10:00", id="holiday"),
        pytest.param("2026-11-20 17:00", "2026-11-24 10:00", id="Friday before a long weekend"),
        pytest.param("2026-12-31 12:00", "2027-01-04 10:00", id="turn of the year"),
    ],
)
def test_it_is_played_in_office_hours_of_a_business_day(now: str, expected: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=JST)

    assert office_hour(moment, JapaneseCalendar()) == datetime.fromisoformat(expected).replace(tzinfo=JST)
