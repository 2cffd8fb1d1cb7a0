"""Starting the workflow of a new case beside the answer to its registration, which waits for nothing."""

import threading
from collections.abc import Callable
from contextvars import Context, copy_context
from queue import Full, Queue

from runtime.logs import logger

_log = logger(__name__)


class CaseStarter:
    """One thread, made at the first case. What it does not manage the sweeper does."""

    def __init__(self, hand_over: Callable[[str], None], *, most_waiting: int = 500) -> None:
        self._hand_over = hand_over
        self._waiting: Queue[tuple[str, Context]] = Queue(most_waiting)
        """Each with what the log lines and spans of its registration are about."""
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self, case_number: str) -> None:
        """Have the case's workflow started soon, and return at once."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="case-starter", daemon=True)
                self._thread.start()
        try:
            self._waiting.put_nowait((case_number, copy_context()))
        except Full:
            _log.warning("case left to the sweeper", case_number=case_number)

    def _work(self) -> None:
        while True:
            case_number, context = self._waiting.get()
            context.run(self._start, case_number)

    def _start(self, case_number: str) -> None:
        try:
            self._hand_over(case_number)
        except Exception:
            _log.warning("case left to the sweeper", case_number=case_number, exc_info=True)
