"""Delivering what was stored and has not reached its workflow."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import structlog

from models.database import Database
from models.handovers import backlog, not_handed_over, note_handed_over, note_handover_failed
from models.messages.queries import message_id_of
from runtime.logs import logger
from sweeper import figures
from temporal.gateway import TemporalGateway
from temporal.handover import OutcomeOpen, hand_over_case

SIDE_BY_SIDE = 16
"""How many cases are delivered at the same time; a wedged one takes one of these places at a time."""
ALARM_AFTER = 5
"""From how many failures in a row a case is reported as stuck."""

_log = logger(__name__)


class Sweeper:
    """Delivers case by case, side by side; what fails comes back later and later."""

    def __init__(
        self, *, database: Database, gateway: TemporalGateway, timeout: float, sweep_after: float, limit: int = 200
    ) -> None:
        self._database = database
        self._gateway = gateway
        self._timeout = timeout
        self._sweep_after = timedelta(seconds=sweep_after)
        self._limit = limit
        self._threads = ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="deliver")
        self._under_way: set[str] = set()
        self._lock = threading.Lock()

    def sweep(self) -> int:
        """Start delivering what is due, and give how many cases it found."""
        with self._lock:
            places = self._limit - len(self._under_way)
        if places <= 0:
            return 0
        with self._database.plain_read() as line:
            stored_before = datetime.now(UTC) - self._sweep_after
            case_numbers = not_handed_over(line, stored_before=stored_before, limit=self._limit)
        with self._lock:
            due = [case_number for case_number in case_numbers if case_number not in self._under_way][:places]
            self._under_way.update(due)
        for case_number in due:
            self._threads.submit(self._hand_over_case, case_number)
        return len(due)

    def show_backlog(self) -> None:
        """Show what waits in the figures."""
        with self._database.plain_read() as line:
            figures.show(backlog(line, stuck_after=ALARM_AFTER))

    def close(self) -> None:
        """End the sweeper once deliveries under way are done; those waiting are left."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _hand_over_case(self, case_number: str) -> None:
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(case_number=case_number)
        try:
            hand_over_case(
                database=self._database, gateway=self._gateway, case_number=case_number, timeout=self._timeout
            )
            self._database.run(lambda session: note_handed_over(session, case_number=case_number))
            figures.DELIVERIES.labels("done").inc()
        except OutcomeOpen as away:
            self._note_failure(case_number, str(away), message_key=away.message_key)
        except Exception as error:
            _log.error("delivery-broken", exc_info=error)
            self._note_failure(case_number, type(error).__name__)
        finally:
            with self._lock:
                self._under_way.discard(case_number)

    def _note_failure(self, case_number: str, error: str, *, message_key: str | None = None) -> None:
        figures.DELIVERIES.labels("open").inc()
        try:
            with self._database.transaction() as session:
                message_id = None if message_key is None else message_id_of(session, key=message_key)
            failures = self._database.run(
                lambda session: note_handover_failed(session, case_number=case_number, error=error)
            )
        except Exception as away:
            _log.error("database-away", exc_info=away)  # then the next sweep finds the case again
            return
        report = _log.error if failures >= ALARM_AFTER else _log.warning
        event = "case-stuck" if failures >= ALARM_AFTER else "delivery-open"
        open_message = {} if message_key is None else {"message_key": message_key, "message_id": message_id}
        report(event, case_number=case_number, reason=error, failures=failures, **open_message)
