"""PostgreSQL as the benchmark asks it, past the models."""

from contextlib import closing

import psycopg2

BARE_DATABASE = "BARE_DATABASE_URL"
"""Where its worker finds the address of the bare case's database, which has a password in it."""


def one_number(url: str, statement: str, *values: object) -> int:
    """Give the number that a statement finds."""
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    assert row is not None, "it counts"
    return int(row[0])


def make_bare_database(hub_url: str) -> str:
    """Make the bare case's own database beside the hub's, with its one table, and give its address."""
    url = hub_url.rsplit("/", 1)[0] + "/bare"
    with closing(psycopg2.connect(hub_url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("CREATE DATABASE bare")
    with closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE steps (case_number text, number integer, kind text NOT NULL,"
            " written_at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (case_number, number))"
        )
    return url
