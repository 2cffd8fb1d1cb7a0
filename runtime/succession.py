"""Which worker of a server has which place, and how one gives way to the next without a request lost.

gunicorn's own way to renew a worker begins with its end: while its last request goes on, nobody takes what comes to its
place. Here a worker that has done its share asks for its successor first.
"""

import mmap
import os
import signal
import struct
import threading
import time
from collections.abc import Mapping
from typing import Any

from gunicorn.arbiter import Arbiter

from runtime.figures import PROCESSES_LOST

WORN_OUT = "hub.worn_out"
"""Key in the WSGI environ: where an application sets it, its process gives way to a new one after the answer."""
_LEAST_LIFE = 5.0
"""Seconds before which none gives way because it is worn out: its successor would be no better, and cost a fork."""
_COUNT = struct.Struct("=Q")


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
        self._lost = mmap.mmap(-1, _COUNT.size)
        """Written by the arbiter, shown by its workers: it has no figures of its own."""
        PROCESSES_LOST.set_function(self.lost)
        self._lock = threading.Lock()

    def options(self) -> dict[str, object]:
        """Give the settings of gunicorn that hold to it."""
        return {
            "workers": self._places,
            "pre_fork": self._choose,
            "post_request": self._after_request,
            "child_exit": self._note_end,
        }

    def run(self, application: Any) -> None:
        """Run gunicorn until it is told to stop."""
        _PlacesKept(application, self).run()

    def keep_to_its_place(self, worker: Any) -> None:
        """Have a new worker listen at its own place alone; gunicorn's own listen at each."""
        worker.sockets = [worker.sockets[worker.place]]
        worker.renew_at = self._renew_after + worker.place * self._renew_after // (10 * self._places)
        worker.began = time.monotonic()

    def without_successor(self, server: Any) -> list[int]:
        """List, in the arbiter, the places where no worker is, or where one waits for its successor."""
        here = {worker.place for worker in server.WORKERS.values() if not worker.succeeded}
        return [place for place in range(self._places) if place not in here or self._wants_successor[place]]

    def lost(self) -> int:
        """Count the workers that ended though nobody had asked for a successor, or were ended since they hung."""
        return int(_COUNT.unpack(self._lost)[0])

    def renew_all(self) -> None:
        """Have a successor at each place."""
        self._wants_successor[:] = b"\1" * self._places

    def _choose(self, server: Any, worker: Any) -> None:
        """Give a new worker its place, in the arbiter."""
        worker.succeeded = False
        worker.place = next(iter(self.without_successor(server)), 0)
        self._wants_successor[worker.place] = 0
        for other in server.WORKERS.values():
            other.succeeded |= other.place == worker.place

    def _note_end(self, server: object, worker: Any) -> None:
        """Count, in the arbiter, what must not happen often."""
        if worker.aborted or not worker.succeeded:
            _COUNT.pack_into(self._lost, 0, self.lost() + 1)

    def _after_request(self, worker: Any, request: object, environ: Mapping[str, object], response: object) -> None:
        """Ask, in the worker, for the successor once the share is done or nothing more can be, and take no more."""
        share_done = self._renew_after and worker.nr >= worker.renew_at
        worn_out = WORN_OUT in environ and time.monotonic() - worker.began > _LEAST_LIFE
        with self._lock:
            if not worker.alive or not (share_done or worn_out):
                return
            self._wants_successor[worker.place] = 1
            os.kill(worker.ppid, signal.SIGTTIN)
            worker.handle_exit(signal.SIGTERM, None)


class _PlacesKept(Arbiter):  # type: ignore[misc]  # gunicorn has no types
    """Starts a worker wherever one is missing, however often it was asked: of two signals that come together one is
    lost, and the place of the second would have nobody until its worker has ended."""

    def __init__(self, application: Any, succession: Succession) -> None:
        self._succession = succession
        super().__init__(application)

    @property
    def num_workers(self) -> int:
        """Tell how many workers there shall be, with those that end what they have in hand."""
        return len(self.WORKERS) + len(self._succession.without_successor(self))

    @num_workers.setter
    def num_workers(self, number: int) -> None:
        """Keep to the places, whatever gunicorn counts."""

    def handle_hup(self) -> None:
        """Renew all; gunicorn's own would start as many again, wherever."""
        before = list(self.WORKERS)
        self._succession.renew_all()
        self.manage_workers()
        for process in before:
            self.kill_worker(process, signal.SIGTERM)
