"""The watch's cursors: one process at a time has an area and segment."""

from datetime import UTC, datetime
from typing import TypedDict

import pytest

from models.database import Database
from models.watch import claim_cursor, move_cursor, polling
from schemas.codes import Area, Segment


class _Place(TypedDict):
    area: Area
    segment: Segment


HEARD = datetime(2026, 8, 12, 1, 0, tzinfo=UTC)


def test_an_area_that_was_never_heard_has_no_time(database: Database) -> None:
    with database.transaction() as session:
        cursor = claim_cursor(session, area=Area.TOKYO, segment=Segment.LOW_VOLTAGE)

    assert cursor is not None and cursor.heard_until is None


def test_a_moved_cursor_is_found_where_it_was_left(database: Database) -> None:
    with database.transaction() as session:
        claim_cursor(session, area=Area.TOKYO, segment=Segment.LOW_VOLTAGE)
        move_cursor(session, area=Area.TOKYO, segment=Segment.LOW_VOLTAGE, heard_until=HEARD)
    with database.transaction() as session:
        moved_cursor = claim_cursor(session, area=Area.TOKYO, segment=Segment.LOW_VOLTAGE)
        other_cursor = claim_cursor(session, area=Area.TOKYO, segment=Segment.HIGH_VOLTAGE)

    assert moved_cursor is not None and moved_cursor.heard_until == HEARD
    assert other_cursor is not None and other_cursor.heard_until is None


def test_a_second_process_leaves_a_claimed_area_alone_and_takes_another(database: Database) -> None:
    for area in (Area.TOKYO, Area.KANSAI):
        with database.transaction() as session:
            claim_cursor(session, area=area, segment=Segment.LOW_VOLTAGE)

    with database.transaction() as first, database.transaction() as second:
        assert claim_cursor(first, area=Area.TOKYO, segment=Segment.LOW_VOLTAGE) is not None
        assert claim_cursor(second, area=Area.TOKYO, segment=Segment.LOW_VOLTAGE) is None
        assert claim_cursor(second, area=Area.KANSAI, segment=Segment.LOW_VOLTAGE) is not None
    with database.transaction() as session:
        assert claim_cursor(session, area=Area.TOKYO, segment=Segment.LOW_VOLTAGE) is not None


def test_one_process_at_a_time_polls_an_area_and_segment(database: Database) -> None:
    tokyo: _Place = {"area": Area.TOKYO, "segment": Segment.LOW_VOLTAGE}

    with (
        polling(database, **tokyo) as first,
        polling(database, **tokyo) as second,
        polling(database, area=Area.TOKYO, segment=Segment.HIGH_VOLTAGE) as other,
    ):
        assert tuple(line is not None for line in (first, second, other)) == (True, False, True)

    with pytest.raises(ZeroDivisionError), polling(database, **tokyo) as third:
        assert third
        raise ZeroDivisionError
    with polling(database, **tokyo) as fourth:
        assert fourth
