"""Keeps callers from waiting, each in a thread of a face, for workers that do not take what is handed over.

Reads share those threads: without it a worker that stands still takes them all.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

from runtime.logs import logger
from temporal.gateway import TemporalAway
from temporal.silence import Silence, SilenceRules, Waiting, begun, gone, heard, may_wait, too_quiet

_log = logger(__name__)


class Attendance:
    """What a process knows of the workers. May be shared by threads."""

    def __init__(self, *, rules: SilenceRules | None = None, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._rules = rules or SilenceRules()
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._silence = Silence()
        self._tickets = count(1)
        self._said_quiet = False

    @contextmanager
    def caller(self, case_number: str) -> Iterator["Caller"]:
        """Let a caller wait for a case's workflow.

        :raises TemporalAway: at once where nobody takes anything, and another caller waits already; what is raised
            within counts as having found nobody.
        """
        with self._lock:
            now = self._monotonic()
            if not may_wait(self._silence, now=now, rules=self._rules):
                raise TemporalAway("nobody takes commands")
            waiting = Waiting(next(self._tickets), case_number, now)
            self._silence = begun(self._silence, waiting)
        missed = False
        try:
            yield Caller(self, waiting.ticket)
        except TemporalAway:
            missed = True
            raise
        finally:
            self._note(lambda silence: gone(silence, waiting.ticket, missed=missed, now=self._monotonic()))

    def heard(self) -> None:
        """Note that a worker has answered."""
        self._note(lambda silence: heard(silence, now=self._monotonic()))

    def may_go_on(self, ticket: int) -> bool:
        """Tell whether a caller may go on waiting."""
        with self._lock:
            return may_wait(self._silence, now=self._monotonic(), rules=self._rules, ticket=ticket)

    @property
    def waiting(self) -> int:
        """How many callers wait now."""
        return len(self._silence.waiting)

    def _note(self, become: Callable[[Silence], Silence]) -> None:
        with self._lock:
            self._silence = become(self._silence)
            quiet = too_quiet(self._silence, now=self._monotonic(), rules=self._rules)
            changed, self._said_quiet = quiet != self._said_quiet, quiet
        if changed:
            _log.error("nobody-takes-commands") if quiet else _log.info("commands-taken-again")


class Caller:
    """One that waits."""

    def __init__(self, attendance: Attendance, ticket: int) -> None:
        self._attendance = attendance
        self._ticket = ticket

    def heard(self) -> None:
        """Note that it was answered."""
        self._attendance.heard()

    def may_go_on(self) -> bool:
        return self._attendance.may_go_on(self._ticket)
