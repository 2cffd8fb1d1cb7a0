"""The way into the database."""

from collections.abc import Iterator
from contextlib import suppress

import psycopg2
import pytest
from psycopg2.extensions import TRANSACTION_STATUS_IDLE
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from models.clock import clock_offset
from models.database import Cursor, Database


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


@pytest.fixture
def single(database_url: str) -> Iterator[Database]:
    """Open the database over one connection, so that the next to ask has the one of whoever asked before."""
    opened = Database(database_url, pool_size=1)
    yield opened
    opened.dispose()


def end_connection(pid: int, database_url: str) -> None:
    other = Database(database_url)
    with other.transaction() as session:
        assert session.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid}).scalar_one()
    other.dispose()


def test_connections_that_the_server_ended_are_replaced(database: Database, database_url: str) -> None:
    with database.transaction() as session:
        pid = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
    end_connection(pid, database_url)

    with database.transaction() as session:
        assert session.execute(text("SELECT pg_backend_pid()")).scalar_one() != pid


class TestPlainTransaction:
    def test_what_it_wrote_stays(self, single: Database) -> None:
        with single.plain_transaction() as cursor:
            cursor.execute("UPDATE business_clock SET ahead = '1 day'")

        with single.transaction() as session:
            assert clock_offset(session).days == 1

    def test_what_an_exception_leaves_is_rolled_back(self, single: Database) -> None:
        with pytest.raises(RuntimeError), single.plain_transaction() as cursor:
            cursor.execute("UPDATE business_clock SET ahead = '1 day'")
            raise RuntimeError

        with single.transaction() as session:
            assert not clock_offset(session)

    def test_a_connection_that_breaks_in_it_is_not_used_again(self, single: Database, database_url: str) -> None:
        with pytest.raises(psycopg2.OperationalError), single.plain_transaction() as cursor:
            broken = backend(cursor)
            end_connection(broken, database_url)
            cursor.execute("SELECT 1")

        with single.plain_transaction() as cursor:
            assert backend(cursor) != broken


class TestPlainRead:
    def test_a_statement_opens_no_transaction(self, single: Database) -> None:
        with single.plain_read() as cursor:
            cursor.execute("SELECT 1")

            assert cursor.connection.info.transaction_status == TRANSACTION_STATUS_IDLE

    @pytest.mark.parametrize("statement", ["SELECT 1", "SELECT 1 / 0"], ids=["well", "failing"])
    def test_the_next_to_have_the_connection_has_transactions_again(self, single: Database, statement: str) -> None:
        with suppress(psycopg2.Error), single.plain_read() as cursor:
            read_at = backend(cursor)
            cursor.execute(statement)

        with pytest.raises(RuntimeError), single.plain_transaction() as cursor:
            assert backend(cursor) == read_at
            cursor.execute("UPDATE business_clock SET ahead = '1 day'")
            raise RuntimeError
        with single.transaction() as session:
            assert not clock_offset(session)

    def test_connections_that_the_server_ended_are_replaced(self, single: Database, database_url: str) -> None:
        with single.plain_read() as cursor:
            ended = backend(cursor)
        end_connection(ended, database_url)

        with single.plain_read() as cursor:
            assert backend(cursor) != ended


def test_a_connection_apart_takes_no_place_from_others_and_opens_no_transaction(single: Database) -> None:
    apart = single.connection_apart()
    with apart.cursor() as cursor:
        own = backend(cursor)
    with single.plain_read() as first, single.plain_read() as second:
        assert len({own, backend(first), backend(second)}) == 3

    assert apart.info.transaction_status == TRANSACTION_STATUS_IDLE
    apart.close()


def backend(cursor: Cursor) -> int:
    cursor.execute("SELECT pg_backend_pid()")
    (pid,) = cursor.fetchone() or (0,)
    return int(pid)
