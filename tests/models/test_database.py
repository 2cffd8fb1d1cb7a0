"""The way into the database."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from models.clock import clock_offset
from models.database import Database
from tests.support.database import sqlalchemy_url


def test_an_exception_tells_nothing_of_the_values(database: Database) -> None:
    with pytest.raises(DBAPIError) as raised, database.transaction() as session:
        session.execute(text("SELECT 1 / (length(:name) - length(:name))"), {"name": "髙橋　太郎"})

    assert "division by zero" in str(raised.value)
    assert "髙橋" not in str(raised.value)


def test_what_an_exception_leaves_is_rolled_back(database: Database) -> None:
    with pytest.raises(RuntimeError), database.transaction() as session:
        session.execute(text("UPDATE business_clock SET ahead = '1 day'"))
        raise RuntimeError

    with database.transaction() as session:
        assert not clock_offset(session)


def test_connections_that_the_server_ended_are_replaced(database: Database, database_url: str) -> None:
    with database.transaction() as session:
        pid = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
    other = Database(sqlalchemy_url(database_url))
    with other.transaction() as session:
        assert session.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid}).scalar_one()
    other.dispose()

    with database.transaction() as session:
        assert session.execute(text("SELECT pg_backend_pid()")).scalar_one() != pid
