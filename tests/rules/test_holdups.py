"""What holds up an area's calls: one answer for cases, inquiries, the watch and the screens."""

from datetime import datetime, timedelta

import pytest

from rules.calendar import JST
from rules.holdups import Absence, HoldUp, HoldUpKind, InMaintenance, Paused, believed_end, hold_up
from rules.maintenance import parse_windows
from schemas.codes import Area

NOW = datetime(2026, 7, 5, 3, 0, tzinfo=JST)
"""A Sunday, at night."""
OPEN, SUNDAYS = parse_windows(""), parse_windows("* sun 00:00-06:00")
HOUR = timedelta(hours=1)


def absence(*, noted: timedelta = timedelta(0), until: datetime | None = None) -> Absence:
    return Absence(since=NOW - HOUR, noted_at=NOW - noted, reason="timeout", until=until)


def hold_up_of(*, windows: object = OPEN, paused: bool = False, known: Absence | None = None) -> HoldUp | None:
    return hold_up(
        Area.TOKYO,
        at=NOW,
        windows=windows,  # type: ignore[arg-type]
        paused_since={Area.TOKYO: NOW - HOUR} if paused else {},
        absences={} if known is None else {Area.TOKYO: known},
    )


def test_nothing_known_holds_up_nothing() -> None:
    assert hold_up_of() is None


def test_the_hub_operators_word_goes_before_all() -> None:
    assert hold_up_of(windows=SUNDAYS, paused=True, known=absence()) == Paused(NOW - HOUR)


@pytest.mark.parametrize(("hours", "announced"), [(2, False), (4, True)])
def test_of_two_windows_the_one_that_ends_later_is_waited_for(hours: int, announced: bool) -> None:
    reason = hold_up_of(windows=SUNDAYS, known=absence(until=NOW + hours * HOUR))

    assert isinstance(reason, InMaintenance)
    assert (reason.kind, reason.announced) == (HoldUpKind.MAINTENANCE, announced)
    assert reason.until == NOW + max(hours, 3) * HOUR


@pytest.mark.parametrize(
    ("known", "away"),
    [
        (absence(noted=timedelta(minutes=9)), True),
        (absence(noted=timedelta(minutes=10)), False),
        (absence(noted=2 * HOUR, until=NOW - timedelta(minutes=9)), True),
        (absence(noted=2 * HOUR, until=NOW - timedelta(minutes=10)), False),
    ],
    ids=["just noted", "noted long ago", "its maintenance just over", "long over"],
)
def test_one_that_nobody_has_called_for_a_while_is_not_said_to_be_away(known: Absence, away: bool) -> None:
    reason = hold_up_of(known=known)

    assert (reason is not None and reason.kind is HoldUpKind.AWAY and reason.since == NOW - HOUR) == away


@pytest.mark.parametrize(
    ("named", "believed"),
    [(None, False), (-HOUR, False), (timedelta(0), False), (HOUR, True), (timedelta(days=7), True)],
)
def test_an_end_is_believed_that_is_to_come_and_near(named: timedelta | None, believed: bool) -> None:
    end = None if named is None else NOW + named

    assert believed_end(end, at=NOW) == (end if believed else None)


def test_an_end_at_the_end_of_time_is_not() -> None:
    assert believed_end(datetime(9999, 12, 31, 23, 59, tzinfo=JST), at=NOW) is None
