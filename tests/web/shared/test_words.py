"""How days and times are written."""

from datetime import UTC, date, datetime, timedelta

from rules.calendar import JST
from web.shared.words import day_words, deadline_words, machine_time, moment_words


def test_a_day_has_its_day_of_the_week() -> None:
    assert [day_words(date(2026, 11, 23) + timedelta(days=n)) for n in (0, 5, 6)] == [
        "2026-11-23（月）",
        "2026-11-28（土）",
        "2026-11-29（日）",
    ]


def test_a_moment_is_written_in_japan_time() -> None:
    assert moment_words(datetime(2026, 11, 23, 15, 5, tzinfo=UTC)) == "2026-11-24（火）00:05"


def test_the_end_of_a_day_is_its_24_hours() -> None:
    assert deadline_words(datetime(2026, 11, 25, tzinfo=JST)) == "2026-11-24（火）24:00"
    assert deadline_words(datetime(2026, 11, 24, 15, tzinfo=UTC)) == "2026-11-24（火）24:00"


def test_any_other_deadline_is_written_as_it_is() -> None:
    assert deadline_words(datetime(2026, 11, 25, 9, tzinfo=JST)) == "2026-11-25（水）09:00"


def test_machines_read_the_same_moment() -> None:
    assert machine_time(datetime(2026, 11, 23, 15, 5, tzinfo=UTC)) == "2026-11-24T00:05:00+09:00"
