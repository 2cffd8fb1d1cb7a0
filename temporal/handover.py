"""Delivering a case: its workflow started, its unanswered commands taken in the order they were stored, and then news
that it could not be told at once.
"""

import time
from collections.abc import Callable, Iterable
from functools import partial

from structlog.contextvars import bound_contextvars

from models.cases.commands import refuse_after_end
from models.database import Database
from models.handovers import waiting_for_case
from models.untold_news import UntoldNews, note_told, untold_news
from rules.numbers import area_of
from rules.procedure.events import Command
from runtime.traces import span
from temporal.attendance import Attendance, Caller
from temporal.gateway import CALL_TIMEOUT, CaseNotRunning, TemporalAway, TemporalGateway
from temporal.runs import start_run


class OutcomeOpen(Exception):
    """Not everything could be delivered in time. Nothing is lost: the sweeper will, and a repeat may ask again."""

    def __init__(self, reason: str = "", *, message_key: str | None = None) -> None:
        """Take the key of the command that is open; None where the workflow was not even started."""
        super().__init__(reason)
        self.message_key = message_key


def hand_over_case(
    *,
    database: Database,
    gateway: TemporalGateway,
    case_number: str,
    timeout: float,
    attendance: Attendance | None = None,
) -> None:
    """Deliver what is stored for a case, and return when all of it is answered.

    Earlier commands go first, also those that another face stored. May be called by several at once.
    ``timeout`` is in seconds, for all of it.

    :param attendance: what the process knows of the workers, where callers wait in threads that others need.
    :raises OutcomeOpen: when Temporal or the worker did not answer in time, or is known not to.
    """
    with bound_contextvars(case_number=case_number, area=area_of(case_number).value), span("deliver"):
        until = time.monotonic() + timeout
        _Handover(database, gateway, case_number, until=until, attendance=attendance or Attendance()).run()


def handover(*, database: Database, gateway: TemporalGateway, timeout: float) -> Callable[[str], None]:
    """Make what delivers a case by its number, as :func:`hand_over_case` does; one a process."""
    attendance = Attendance()
    return lambda case_number: hand_over_case(
        database=database, gateway=gateway, case_number=case_number, timeout=timeout, attendance=attendance
    )


class _Handover:
    def __init__(
        self, database: Database, gateway: TemporalGateway, case_number: str, *, until: float, attendance: Attendance
    ) -> None:
        self._database = database
        self._gateway = gateway
        self._case_number = case_number
        self._until = until
        self._attendance = attendance
        self._in_hand: str | None = None
        """Key of the command that is being handed over."""

    def run(self) -> None:
        with self._database.plain_read() as line:
            waiting = waiting_for_case(line, case_number=self._case_number)
        try:
            if not waiting.started:
                self._start()
            if waiting.commands:
                with self._attendance.caller(self._case_number) as caller:
                    self._hand_over_all(waiting.commands, caller)
            if waiting.news:
                self._tell_news()
        except TemporalAway as away:
            raise OutcomeOpen(str(away), message_key=self._in_hand) from None

    def _hand_over_all(self, commands: Iterable[Command], caller: Caller) -> None:
        for command in commands:
            self._in_hand = command.message_key
            with bound_contextvars(message_key=command.message_key):
                self._hand_over(partial(self._take, command, caller))
        self._in_hand = None

    def _take(self, command: Command, caller: Caller) -> None:
        self._gateway.take_command(command, timeout=self._left, may_go_on=caller.may_go_on)
        caller.heard()

    def _tell_news(self) -> None:
        with self._database.transaction() as session:
            news = untold_news(session, case_number=self._case_number)
        self._hand_over(partial(self._signal, news))
        self._database.run(lambda session: note_told(session, news))

    def _signal(self, news: UntoldNews) -> None:
        self._gateway.signal_news(self._case_number, news.news, timeout=min(self._left, CALL_TIMEOUT))

    def _hand_over(self, give: Callable[[], None]) -> None:
        """Give something to the case's workflow, started again where there is none; an ended case takes nothing."""
        try:
            give()
        except CaseNotRunning:
            if self._answered_without_workflow():
                return
            self._start()
            self._give_after_start(give)

    def _give_after_start(self, give: Callable[[], None]) -> None:
        try:
            give()
        except CaseNotRunning:
            # its workflow ended just now, or ended while its row is open: only the latter stays so
            if not self._answered_without_workflow():
                raise TemporalAway("workflow closed, case open") from None

    def _answered_without_workflow(self) -> bool:
        return self._database.run_plain(lambda line: refuse_after_end(line, case_number=self._case_number))

    def _start(self) -> None:
        start_run(
            database=self._database,
            gateway=self._gateway,
            case_number=self._case_number,
            timeout=min(self._left, CALL_TIMEOUT),
        )

    @property
    def _left(self) -> float:
        return self._until - time.monotonic()
