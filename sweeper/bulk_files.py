"""Bulk files on their way: each has its workflow, and what was asked of one reaches it, whatever was away meanwhile."""

import threading

from models.bulk.standing import open_files
from models.database import Database
from rules.bulk.progress import FileState
from runtime.logs import logger
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

    def __init__(self, *, database: Database, gateway: TemporalGateway) -> None:
        self._systems = Systems(database=database, gateway=gateway)
        self._known: dict[str, FileState] = {}
        """The states that the workflows of files were told of."""
        self._looks = 0

    def run(self, stop: threading.Event, every: float = EVERY) -> None:
        """Look until ``stop`` is set."""
        while not stop.wait(every):
            try:
                self.look()
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
        told = {number: state for number, state in self._known.items() if number in files}
        for number, state in files.items():
            if told.get(number) != state and wake(number, hub=self._systems):
                told[number] = state
        self._known = told
        self._looks += 1
        if self._looks % _WORKFLOWS_EVERY == 0:
            self._look_after_workflows(files)

    def _look_after_workflows(self, files: dict[str, FileState]) -> None:
        for number in files:
            if self._systems.gateway.start_bulk_file(number):
                _log.error("bulk-file-workflow-started-again", bulk_file=number)
