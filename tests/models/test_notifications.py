"""Hearing at once what another process has stored."""

import threading
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from models.database import Database
from models.notifications import MAIL_NOTED, Listener
from tests.support.case_stages import accept
from tests.support.database_contents import rows
from tests.support.processes import wait_until
from tests.support.referrals import open_case

AN_HOUR = 3600.0
LISTENS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN mail_noted'"


class Waiting:
    """A thread that waits for notifications for an hour, again and again, and counts how often it was woken."""

    def __init__(self, database: Database) -> None:
        self.stop = threading.Event()
        self.woken = 0
        self._listener = Listener(database, channel=MAIL_NOTED)
        self._thread = threading.Thread(target=self._wait)
        self._thread.start()

    def _wait(self) -> None:
        while not self.stop.is_set():
            self._listener.wait(self.stop, at_most=AN_HOUR)
            self.woken += not self.stop.is_set()
        self._listener.close()

    def end(self) -> None:
        self.stop.set()
        self._thread.join(20)
        assert not self._thread.is_alive()


@pytest.fixture
def waiting(database: Database) -> Iterator[Waiting]:
    """Have somebody wait who listens already."""
    thread = Waiting(database)
    wait_until(lambda: thread.woken == 1, what="the listener")
    yield thread
    thread.end()


def test_a_registration_and_a_step_that_note_mails_wake_who_waits(database: Database, waiting: Waiting) -> None:
    number = open_case(database)
    wait_until(lambda: waiting.woken == 2, what="the registration to be heard")

    with database.transaction() as session:
        accept(session, number)
    wait_until(lambda: waiting.woken == 3, what="the step to be heard")


def test_what_is_not_committed_wakes_nobody(database: Database, waiting: Waiting) -> None:
    number = open_case(database)
    wait_until(lambda: waiting.woken == 2, what="the registration to be heard")

    with database.transaction() as session:
        accept(session, number)
        session.rollback()
    with database.transaction() as session:
        session.execute(text("NOTIFY another_channel"))

    time.sleep(0.5)
    assert waiting.woken == 2


def test_a_connection_that_is_lost_is_replaced_and_who_waits_looks_for_what_came_meanwhile(
    database: Database, waiting: Waiting
) -> None:
    (old,) = rows(database, LISTENS)
    rows(database, f"SELECT pg_terminate_backend(pid, 5000) FROM ({LISTENS}) listening")

    wait_until(lambda: waiting.woken == 3, what="it to look after the loss, and once it listens anew")
    (new,) = rows(database, LISTENS)
    assert new != old
    open_case(database)
    wait_until(lambda: waiting.woken == 4, what="the registration to be heard")


def test_being_told_to_stop_ends_the_wait(waiting: Waiting) -> None:
    waiting.end()
