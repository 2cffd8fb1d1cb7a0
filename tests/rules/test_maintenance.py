"""Maintenance windows, area by area."""

from datetime import UTC, datetime

import pytest

from rules.calendar import JST
from rules.maintenance import WrongWindow, parse_windows, window_end
from schemas.codes import Area

SUNDAY = "* sun 00:00-06:00"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Give a moment in August 2026, of which the 16th is a Sunday."""
    return datetime(2026, 8, day, hour, minute, tzinfo=JST)


@pytest.mark.parametrize(
    ("moment", "inside"),
    [
        (at(15, 23, 59), False),
        (at(16, 0), True),
        (at(16, 5, 59), True),
        (at(16, 6), False),
        (at(17, 3), False),
        (at(15, 18).astimezone(UTC), False),
        (datetime(2026, 8, 15, 15, 0, tzinfo=UTC), True),
    ],
    ids=str,
)
def test_a_window_holds_from_its_beginning_to_before_its_end_in_japan(moment: datetime, inside: bool) -> None:
    end = window_end(parse_windows(SUNDAY), area=Area.TOKYO, at=moment)

    assert end == (at(16, 6) if inside else None)


def test_what_names_an_area_takes_the_place_of_what_is_said_of_all() -> None:
    windows = parse_windows(f"{SUNDAY}; 06 SAT 22:00-24:00 ;06 mon 01:00-02:00; 10 none")

    assert window_end(windows, area=Area.KANSAI, at=at(16, 1)) is None
    assert window_end(windows, area=Area.KANSAI, at=at(15, 23)) == at(16, 0)
    assert window_end(windows, area=Area.KANSAI, at=at(17, 1)) == at(17, 2)
    assert window_end(windows, area=Area.OKINAWA, at=at(16, 1)) is None
    assert window_end(windows, area=Area.TOKYO, at=at(16, 1)) == at(16, 6)


def test_no_windows_at_all() -> None:
    assert set(parse_windows("").values()) == {()}


@pytest.mark.parametrize(
    "text",
    [
        "sun 00:00-06:00",
        "11 sun 00:00-06:00",
        "* sunday 00:00-06:00",
        "* sun 06:00-06:00",
        "* sun 22:00-25:00",
        "* sun 00:60-06:00",
        f"{SUNDAY}, 06 none",
    ],
)
def test_what_cannot_be_read_is_named(text: str) -> None:
    with pytest.raises(WrongWindow):
        parse_windows(text)
