"""Hearing at once what somebody else has stored (PostgreSQL's NOTIFY and LISTEN).

A notification comes with the commit of what it tells of. One may be lost with its connection: who waits for them looks
for itself every now and then.
"""

import threading
import time
from typing import Any

import psycopg2
from sqlalchemy import func
from sqlalchemy.sql.functions import Function

from models.database import Database, DatabaseAway, has_spoken

MAIL_NOTED = "mail_noted"
"""Told with each transaction that notes mails to be sent."""

_STOP_SEEN_WITHIN = 0.2
_AGAIN_AFTER = 1.0
"""Seconds until a database that is away is asked for a connection again."""


def telling(channel: str) -> Function[None]:
    """Give what a statement reads to have the listeners of a channel told, once its transaction is committed.

    Such commits stand in one line, as PostgreSQL keeps notifications in order: only for what somebody waits for.
    """
    return func.pg_notify(channel, "")


class Listener:
    """Listens on a connection of its own. One for each channel and process; used by one thread."""

    def __init__(self, database: Database, *, channel: str) -> None:
        self._database = database
        self._channel = channel
        self._connection: Any = None

    def wait(self, stop: threading.Event, *, at_most: float) -> None:
        """Wait until something was told, for so many seconds at most; ``stop`` ends it as well.

        Who has just begun to listen, at first or anew, does not wait: before that, nothing was heard.
        """
        try:
            if self._connection is None:
                self._listen()
            else:
                self._hear(stop, until=time.monotonic() + at_most)
        except (psycopg2.Error, *DatabaseAway):
            self.close()
            stop.wait(min(at_most, _AGAIN_AFTER))

    def close(self) -> None:
        """Listen no more; who waits again listens anew."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _listen(self) -> None:
        self._connection = self._database.connection_apart()
        with self._connection.cursor() as cursor:
            cursor.execute(f"LISTEN {self._channel}")

    def _hear(self, stop: threading.Event, *, until: float) -> None:
        while not stop.is_set():
            left = until - time.monotonic()
            if left <= 0:
                self._ask_whether_it_is_there()
                return
            if has_spoken(self._connection, within=min(left, _STOP_SEEN_WITHIN)):
                self._connection.poll()
            if self._connection.notifies:
                self._connection.notifies.clear()
                return

    def _ask_whether_it_is_there(self) -> None:
        """Have a server that vanished without a word be noticed."""
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT 1")
