"""The business clock (業務日時): real time plus an offset that only grows."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from models.clock import ClockOnlyGrows, business_now, clock_offset, move_clock
from models.database import Database
from rules.calendar import JST


def test_it_is_real_time_in_japan_to_begin_with(database: Database) -> None:
    before = datetime.now(UTC)
    with database.transaction() as session:
        now = business_now(session)
    after = datetime.now(UTC)

    assert before <= now <= after
    assert now.utcoffset() == JST.utcoffset(None)


def test_it_goes_on_within_a_transaction(database: Database) -> None:
    with database.transaction() as session:
        first, second = business_now(session), business_now(session)

    assert first < second


def test_moving_it_is_seen_by_everyone(database: Database) -> None:
    with database.transaction() as session:
        moved = move_clock(session, by=timedelta(days=3))
        move_clock(session, by=timedelta(hours=1))
    with database.transaction() as session:
        assert clock_offset(session) == timedelta(days=3, hours=1)
        assert business_now(session) > moved + timedelta(minutes=59)

    assert moved > datetime.now(UTC) + timedelta(days=2, hours=23)


@pytest.mark.parametrize("by", [timedelta(0), timedelta(microseconds=-1), timedelta(days=-1)])
def test_it_neither_stands_nor_goes_back(database: Database, by: timedelta) -> None:
    with database.transaction() as session, pytest.raises(ClockOnlyGrows):
        move_clock(session, by=by)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE business_clock SET ahead = ahead - interval '1 second'",
        "DELETE FROM business_clock",
        "INSERT INTO business_clock (id, ahead) VALUES (2, '0')",
    ],
)
def test_the_database_itself_refuses_to_set_it_back(database: Database, change: str) -> None:
    with database.transaction() as session:
        move_clock(session, by=timedelta(days=1))

    with pytest.raises(DatabaseError), database.transaction() as session:
        session.execute(text(change))

    with database.transaction() as session:
        assert clock_offset(session) == timedelta(days=1)
