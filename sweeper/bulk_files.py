"""Bulk files on their way: each has its workflow, and what was asked of one reaches it, whatever was away meanwhile.

Of those that ended long ago, what their rows say is forgotten.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta

from models.bulk.forgetting import forget_old_rows
from models.bulk.standing import OpenFile, open_files
from models.database import Database
from rules.bulk.progress import FileState
from runtime.logs import logger
from sweeper import figures
from temporal.gateway import TemporalAway, TemporalGateway
from usecases.bulk_files import wake
from usecases.hub import Systems

EVERY = 5.0
"""Seconds between two looks: as long as a signal that was lost delays."""
_WORKFLOWS_EVERY = 12
"""With each so many a look, the workflows are looked after as well: one may have been lost with Temporal's store."""

_log = logger(__name__)


class BulkFileKeeper:
    """Looks and wakes. One for each process; several do no harm to each other."""

    def __init__(self, *, database: Database, gateway: TemporalGateway, rows_kept_for: timedelta) -> None:
        """Take how long rows are kept from the end of their file."""
        self._systems = Systems(database=database, gateway=gateway)
        self._known: dict[str, FileState] = {}
        """The states that the workflows of files were told of."""
        self._looks = 0
        self._rows_kept_for = rows_kept_for
        self._progress = Progress()

    def run(self, stop: threading.Event, every: float = EVERY) -> None:
        """Look until ``stop`` is set."""
        while not stop.wait(every):
            try:
                self.look()
                self.forget()
            except TemporalAway as away:
                _log.warning("bulk-files-unknown", reason=str(away))
            except Exception as error:
                _log.error("bulk-files-not-kept", exc_info=error)

    def look(self) -> None:
        """Wake the workflows of files that stand otherwise than before, and see now and then that all run.

        :raises TemporalAway: when it does not say what runs.
        """
        with self._systems.database.transaction() as session:
            files = open_files(session)
        figures.show_files(files.values(), still_for=self._progress.still_for(files.values(), now=time.monotonic()))
        told = {number: state for number, state in self._known.items() if number in files}
        for number, file in files.items():
            if told.get(number) != file.state and wake(number, hub=self._systems):
                told[number] = file.state
        self._known = told
        self._looks += 1
        if self._looks % _WORKFLOWS_EVERY == 0:
            self._look_after_workflows(files)

    def forget(self) -> None:
        """Forget some rows whose time is over."""
        number = self._systems.database.run(lambda session: forget_old_rows(session, kept_for=self._rows_kept_for))
        if number is not None:
            _log.info("bulk-rows-forgotten", bulk_file=number)

    def _look_after_workflows(self, files: Mapping[str, OpenFile]) -> None:
        for number in files:
            if self._systems.gateway.start_bulk_file(number):
                _log.error("bulk-file-workflow-started-again", bulk_file=number)


class Progress:
    """Since when the running files of each retailer stand still: they go one after the other, so one of them moves."""

    def __init__(self) -> None:
        self._moved: dict[str, tuple[int, float]] = {}
        """By retailer, how many rows were finished, and when that was first seen."""

    def still_for(self, files: Iterable[OpenFile], *, now: float) -> float:
        """Give the seconds for which those of some retailer have stood still at the longest."""
        finished = Counter[str]()
        for file in files:
            if file.state is FileState.RUNNING:
                finished[file.retailer_code] += file.finished
        self._moved = {
            retailer: seen if (seen := self._moved.get(retailer, (count, now)))[0] == count else (count, now)
            for retailer, count in finished.items()
        }
        return max((now - since for _, since in self._moved.values()), default=0.0)
