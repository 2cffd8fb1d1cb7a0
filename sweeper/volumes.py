"""What steps noted of the counts of cases (集計) goes into the sums, so that who reads has few notes to add."""

import threading

from models.cases.volume_keeping import fold_changes
from models.database import Database
from runtime.logs import logger

EVERY = 15.0
"""Seconds between two looks."""

_log = logger(__name__)


def keep_sums(stop: threading.Event, *, database: Database, every: float = EVERY) -> None:
    """Fold until ``stop`` is set."""
    while not stop.wait(every):
        try:
            fold_all(database, stop)
        except Exception as error:
            _log.error("database-away", exc_info=error)


def fold_all(database: Database, stop: threading.Event) -> None:
    """Fold what there is, piece by piece, each in a transaction of its own."""
    while database.run(fold_changes) and not stop.is_set():
        pass
