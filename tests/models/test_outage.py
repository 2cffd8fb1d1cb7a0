"""What says that the database is away is known as that, within sessions and past them."""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress

import psycopg2
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from models.database import Database, Session
from models.outage import database_is_away
from models.prepared import Line

WRITE = "UPDATE business_clock SET ahead = '1 day'"

both_ways = pytest.mark.parametrize(
    "opening", [Database.transaction, Database.plain_transaction], ids=["within a session", "past one"]
)
Opening = Callable[[Database], AbstractContextManager[Line]]


def send(line: Line, statement: str) -> None:
    if isinstance(line, Session):
        line.connection().execute(text(statement))
    else:
        line.execute(statement)


@both_ways
def test_a_server_that_takes_no_writes_is_away(database: Database, opening: Opening) -> None:
    with pytest.raises((DBAPIError, psycopg2.Error)) as refused, opening(database) as line:
        send(line, "SET TRANSACTION READ ONLY")
        send(line, WRITE)

    assert database_is_away(refused.value)


@both_ways
def test_a_server_that_ends_a_connection_is_away(database: Database, opening: Opening) -> None:
    with pytest.raises((DBAPIError, psycopg2.Error)) as broken, opening(database) as line:
        send(line, "SELECT pg_terminate_backend(pg_backend_pid())")

    assert database_is_away(broken.value)


def test_a_connection_that_was_lost_before_says_the_same_past_a_session(database: Database) -> None:
    with pytest.raises(psycopg2.InterfaceError) as lost, database.plain_transaction() as line:
        with suppress(psycopg2.OperationalError):
            send(line, "SELECT pg_terminate_backend(pg_backend_pid())")
        send(line, WRITE)

    assert database_is_away(lost.value)


@both_ways
def test_an_error_of_a_statements_own_is_no_outage(database: Database, opening: Opening) -> None:
    with pytest.raises((DBAPIError, psycopg2.Error)) as wrong, opening(database) as line:
        send(line, "SELECT 1 / 0")

    assert not database_is_away(wrong.value)
