"""Sealing what is on record, minute by minute. One process at a time does it; who records is never waited for."""

import threading

from models.database import Database
from models.records.sealing import ClosedBatch, close_batch, is_settled, seal_some, waiting
from rules.records.seals import Seal
from runtime.logs import logger
from sweeper import figures

EVERY = 60.0
_LOCK = "record-sealing"

_log = logger(__name__)


class Sealer:
    """Closes a batch, waits until nothing of it is under way, and seals it. Several do no harm to each other."""

    def __init__(self, *, database: Database) -> None:
        self._database = database
        self._closed: ClosedBatch | None = None
        """Closed and not sealed yet: some transaction was still under way."""

    def run(self, stop: threading.Event, every: float = EVERY) -> None:
        """Seal until ``stop`` is set."""
        while not stop.wait(every):
            try:
                self.seal()
                self.show()
            except Exception as error:
                _log.error("sealing-failed", exc_info=error)

    def seal(self) -> Seal | None:
        """Seal what was recorded before this moment, and give the newest seal; None where there is no new one.

        Where a transaction is still under way that may have recorded something, the next round seals.
        """
        with self._database.lock(_LOCK) as line:
            if line is None:
                return None
            newest = self._seal()
        if newest is not None:
            _log.info(
                "records-sealed", number=newest.number, hash=newest.hash, reads=newest.reads, changes=newest.changes
            )
        return newest

    def show(self) -> None:
        """Show in the figures what waits to be sealed."""
        with self._database.transaction() as session:
            figures.show_unsealed(waiting(session))

    def _seal(self) -> Seal | None:
        if self._closed is None:
            with self._database.transaction() as session:
                if not waiting(session).rows:
                    return None
            self._closed = close_batch(self._database)
        closed = self._closed
        with self._database.transaction() as session:
            if not is_settled(session, closed):
                return None
        newest = None
        while sealed := self._database.run(lambda session: seal_some(session, closed)):
            newest = sealed[-1]
        self._closed = None
        return newest
