"""Which worker of a server has which place, and how one gives way to the next without a request lost.

gunicorn's own way to renew a worker begins with its end: while its last request goes on, nobody takes what comes to its
place. Here a worker that has done its share asks for its successor first.
"""

import mmap
import os
import signal
import threading
from typing import Any


class Succession:
    """The hooks of one gunicorn: a worker at each place, renewed after a number of requests."""

    def __init__(self, *, places: int, renew_after: int) -> None:
        """Describe it.

        :param renew_after: a little later at each further place, so that not all are renewed at once; 0 for never.
        """
        self._places = places
        self._renew_after = renew_after
        self._wants_successor = mmap.mmap(-1, places)
        """Shared by the arbiter and its workers, a byte for each place."""
        self._lock = threading.Lock()

    def options(self) -> dict[str, object]:
        """Give the settings of gunicorn that hold to it."""
        return {
            "workers": self._places,
            "pre_fork": self._choose,
            "post_request": self._after_request,
            "child_exit": self._forget,
        }

    def keep_to_its_place(self, worker: Any) -> None:
        """Have a new worker listen at its own place alone; gunicorn's own listen at each."""
        worker.sockets = [worker.sockets[worker.place]]
        worker.renew_at = self._renew_after + worker.place * self._renew_after // (10 * self._places)

    def _choose(self, server: Any, worker: Any) -> None:
        """Choose, in the arbiter, a place where no worker is, or where one waits for its successor."""
        here = {other.place: other for other in server.WORKERS.values() if not other.succeeded}
        worker.succeeded = False
        worker.place = next(
            (place for place in range(self._places) if place not in here or self._wants_successor[place]), 0
        )
        self._wants_successor[worker.place] = 0
        if worker.place in here:
            here[worker.place].succeeded = True

    def _after_request(self, worker: Any, request: object, environ: object, response: object) -> None:
        """Ask, in the worker, for the successor once the share is done, and take no more."""
        with self._lock:
            if not self._renew_after or not worker.alive or worker.nr < worker.renew_at:
                return
            self._wants_successor[worker.place] = 1
            os.kill(worker.ppid, signal.SIGTTIN)
            worker.handle_exit(signal.SIGTERM, None)

    def _forget(self, server: Any, worker: Any) -> None:
        """Count, in the arbiter, as many workers as there are places, and those that end what they have in hand."""
        server.num_workers = self._places + sum(other.succeeded for other in server.WORKERS.values())
