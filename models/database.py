"""The way into PostgreSQL: one pool for each process, one transaction for each piece of work."""

import json
import select as system_select
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import psycopg2
from psycopg2.extensions import cursor as Cursor
from sqlalchemy import create_engine, event, select
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import Session, sessionmaker

__all__ = ["Cursor", "Database", "Session"]

_PATIENCE = 10
"""Seconds to wait for a connection; then the caller hears that the database is away, and may try again."""
_TRUSTED = 1.0
"""Seconds for which a connection that was not used counts as alive, unless its server has closed it."""


class Database:
    """One for each process; a process that forks makes its own after the fork."""

    def __init__(self, url: str, *, pool_size: int = 8) -> None:
        self._engine = create_engine(
            url,
            pool_size=pool_size,
            max_overflow=pool_size,
            hide_parameters=True,  # parameters hold names and addresses; exceptions must not
            json_serializer=partial(json.dumps, ensure_ascii=False),
            pool_timeout=_PATIENCE,
            connect_args={
                "options": "-c timezone=Asia/Tokyo",
                "connect_timeout": _PATIENCE,
                "tcp_user_timeout": _PATIENCE * 1000,  # a server that vanished without a word
            },
        )
        self._sessions = sessionmaker(self._engine, expire_on_commit=False)
        event.listen(self._engine, "checkin", _note_use)
        event.listen(self._engine, "checkout", self._look_at)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """This function will open a transaction: committed at the end, rolled back where an exception leaves it."""
        with self._sessions.begin() as session:
            yield session

    @contextmanager
    def plain_transaction(self) -> Iterator[Cursor]:
        """This function will open a transaction without a session, for statements that are prepared.

        It is committed at the end, and rolled back where an exception leaves it.
        """
        with self._plain_cursor() as cursor:
            yield cursor
            cursor.connection.commit()

    @contextmanager
    def plain_read(self) -> Iterator[Cursor]:
        """This function will take prepared statements that read, each on its own: without a transaction's two turns."""
        with self._plain_cursor() as cursor:
            cursor.connection.autocommit = True
            try:
                yield cursor
            finally:
                if not cursor.connection.closed:
                    cursor.connection.autocommit = False

    @contextmanager
    def _plain_cursor(self) -> Iterator[Cursor]:
        taken = self._engine.raw_connection()
        try:
            connection: Any = taken.dbapi_connection
            with connection.cursor() as cursor:
                yield cursor
        except psycopg2.Error:
            if connection.closed:
                taken.invalidate()
            raise
        finally:
            taken.close()  # the pool rolls back what is open

    def _look_at(self, connection: Any, record: Any, taken: Any) -> None:
        """Has a connection replaced that its server has left. To ask it each time would be one turn more each time."""
        idle = time.monotonic() - record.info.get(_USED_AT, 0.0)
        if idle < _TRUSTED and not _has_spoken(connection):
            return
        try:
            self._engine.dialect.do_ping(connection)
        except psycopg2.Error as gone:
            raise InvalidatePoolError from gone

    def ask(self) -> None:
        """This function will make sure that the database answers; it raises where it does not."""
        with self._engine.connect() as connection:
            connection.execute(select(1))

    def dispose(self) -> None:
        """This function will close all connections."""
        self._engine.dispose()


_USED_AT = "used_at"


def _note_use(connection: Any, record: Any) -> None:
    record.info[_USED_AT] = time.monotonic()


def _has_spoken(connection: Any) -> bool:
    """A server says something unasked when it ends a connection."""
    looking = system_select.poll()
    looking.register(connection.fileno(), system_select.POLLIN)
    return bool(looking.poll(0))
