"""The way into PostgreSQL: one pool for each process, one transaction for each piece of work."""

import json
import random
import select as system_select
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any, TypeVar

import psycopg2
from psycopg2.extensions import cursor as Cursor
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import (
    DBAPIError,
    DisconnectionError,
    InterfaceError,
    InternalError,
    InvalidatePoolError,
    OperationalError,
)
from sqlalchemy.orm import Session, sessionmaker

from models.connections import PATIENCE, engine_to

__all__ = ["DISK_FULL", "READ_ONLY", "Cursor", "Database", "DatabaseAway", "Session", "sqlstate_of"]

DatabaseAway = (
    OperationalError,
    InterfaceError,
    InternalError,
    psycopg2.OperationalError,
    psycopg2.InterfaceError,
    psycopg2.InternalError,
)
"""What is raised where the server cannot be reached, or does not do what it is there for: within sessions, and past
them."""

_T = TypeVar("_T")
_Line = TypeVar("_Line")

READ_ONLY, DISK_FULL = "25006", "53100"
_AGAIN = frozenset({"40001", "40P01", READ_ONLY})
"""SQLSTATEs after which nothing was done and a new try may succeed: could not serialize, deadlock, and a server that
only reads, where the next connection may lead to the one that took its place."""
_ELSEWHERE = frozenset({READ_ONLY, "57P01", "57P02", "57P03"})
"""SQLSTATEs that say of a server that the work goes to another: no connection made before is used again."""
_TRIES = 6
_TRUSTED = 1.0
"""Seconds for which a connection that was not used counts as alive, unless its server has closed it."""


class Database:
    """One for each process; a process that forks makes its own after the fork."""

    def __init__(self, url: str, *, pool_size: int = 8) -> None:
        self._engine = engine_to(
            url,
            pool_size=pool_size,
            max_overflow=pool_size,
            json_serializer=partial(json.dumps, ensure_ascii=False),
            pool_timeout=PATIENCE,
        )
        self._sessions = sessionmaker(self._engine, expire_on_commit=False)
        self._trusted_from = 0.0
        """Moment of the process's clock; no connection that is older is used."""
        self._full_at: float | None = None
        event.listen(self._engine, "connect", _note_birth)
        event.listen(self._engine, "checkin", _note_use)
        event.listen(self._engine, "checkout", self._look_at)
        event.listen(self._engine, "handle_error", self._note_error)

    def run(self, work: Callable[[Session], _T]) -> _T:
        """Do a piece of work in a transaction of its own, again as a whole where PostgreSQL took it back unmade.

        Whatever writes goes this way: two that lock each other out are no fault of either, and none of a caller's.
        """
        return self._again(self.transaction, work)

    def run_plain(self, work: Callable[[Cursor], _T]) -> _T:
        """Do the same as :meth:`run` without a session, for statements that are prepared."""
        return self._again(self.plain_transaction, work)

    def _again(self, opening: Callable[[], AbstractContextManager[_Line]], work: Callable[[_Line], _T]) -> _T:
        for tried in range(1, _TRIES):
            try:
                with opening() as line:
                    return work(line)
            except (DBAPIError, psycopg2.Error) as error:
                if sqlstate_of(error) not in _AGAIN:
                    raise
            time.sleep(random.uniform(0, 0.01 * 2**tried))  # noqa: S311  # or the same two meet again
        with opening() as line:
            return work(line)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Open a transaction: committed at the end, rolled back where an exception leaves it.

        Tried once: for reads, and for work that must not be done again (:meth:`run` is for the rest).
        """
        with self._sessions.begin() as session:
            yield session

    @contextmanager
    def plain_transaction(self) -> Iterator[Cursor]:
        """Open a transaction without a session, for statements that are prepared.

        It is committed at the end, and rolled back where an exception leaves it.
        """
        with self._plain_cursor() as cursor:
            yield cursor
            cursor.connection.commit()

    @contextmanager
    def plain_read(self) -> Iterator[Cursor]:
        """Take prepared statements that read, each on its own: without a transaction's two turns."""
        with self._plain_cursor() as cursor:
            cursor.connection.autocommit = True
            try:
                yield cursor
            finally:
                if not cursor.connection.closed:
                    cursor.connection.autocommit = False

    def connection_apart(self) -> Any:
        """Make a connection outside of the pool, without transactions. Its owner closes it."""
        taken = self._engine.raw_connection()
        connection: Any = taken.dbapi_connection
        taken.detach()
        connection.autocommit = True
        return connection

    @contextmanager
    def lock(self, name: str) -> Iterator[Cursor | None]:
        """Hold a lock for a block; None, at once, where somebody else has it.

        It lies with the connection that is given and not with a transaction, so that none stays open; a process that
        dies lets it go.
        """
        with self.plain_read() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", (name,))
            locked = cursor.fetchone() == (True,)
            try:
                yield cursor if locked else None
            finally:
                if locked:
                    _unlock(cursor, name)

    @contextmanager
    def _plain_cursor(self) -> Iterator[Cursor]:
        taken = self._engine.raw_connection()
        try:
            connection: Any = taken.dbapi_connection
            with connection.cursor() as cursor:
                yield cursor
        except psycopg2.Error as error:
            self._note_state(error)
            if connection.closed:
                taken.invalidate()
            raise
        finally:
            taken.close()  # the pool rolls back what is open

    def _look_at(self, connection: Any, record: Any, taken: Any) -> None:
        """Have a connection replaced that its server has left. To ask it each time would be one turn more each time."""
        if record.info[_MADE_AT] <= self._trusted_from:
            raise DisconnectionError
        idle = time.monotonic() - record.info.get(_USED_AT, 0.0)
        if idle < _TRUSTED and not has_spoken(connection):
            return
        try:
            self._engine.dialect.do_ping(connection)
        except psycopg2.Error as gone:
            raise InvalidatePoolError from gone

    def _note_error(self, context: ExceptionContext) -> None:
        self._note_state(context.original_exception)

    def _note_state(self, error: BaseException) -> None:
        state = sqlstate_of(error)
        if state in _ELSEWHERE:
            self._trusted_from = time.monotonic()
        if state == DISK_FULL:
            self._full_at = time.monotonic()

    def was_full(self, *, within: float) -> bool:
        """Tell whether something could not be written for want of room on the server's disk, in the last seconds."""
        return self._full_at is not None and time.monotonic() - self._full_at < within

    def dispose(self) -> None:
        """Close all connections."""
        self._engine.dispose()


_USED_AT, _MADE_AT = "used_at", "made_at"


def sqlstate_of(error: BaseException | None) -> str | None:
    """Give PostgreSQL's own code of an error, which SQLAlchemy wraps and psycopg2 carries."""
    state = getattr(getattr(error, "orig", error), "pgcode", None)
    return state if isinstance(state, str) else None


def _unlock(cursor: Cursor, name: str) -> None:
    try:
        cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", (name,))
    except psycopg2.Error:
        cursor.connection.close()  # or the pool would keep the lock
        raise


def _note_birth(connection: Any, record: Any) -> None:
    record.info[_MADE_AT] = time.monotonic()


def _note_use(connection: Any, record: Any) -> None:
    record.info[_USED_AT] = time.monotonic()


def has_spoken(connection: Any, *, within: float = 0.0) -> bool:
    """Tell whether a server says something unasked within some seconds: that it ends a connection, or what it tells."""
    poll = system_select.poll()
    poll.register(connection.fileno(), system_select.POLLIN)
    return bool(poll.poll(within * 1000))
