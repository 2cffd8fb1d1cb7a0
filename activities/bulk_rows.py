"""The rows of a bulk file, sent one after the other by each batch; several batches go side by side."""

import time
from collections import Counter

from temporalio import activity

from models.bulk.giving_way import somebody_waits
from models.bulk.rows import RowResult, note_results, rows_to_send
from rules.bulk.progress import RowOutcome
from rules.bulk.work import Batch, BatchResult
from runtime.fault_points import reach
from temporal.names import SEND_BULK_ROWS
from usecases.bulk_rows import near_workers, send_row, sending_of
from usecases.hub import Hub

_NOTED_EVERY = 1.0
"""Seconds after which what became of rows is noted at the latest, and is looked whether the file still runs."""
_NOTED_AT_MOST = 10
"""Rows that are noted together."""
_GIVES_WAY_FOR, _LOOKS_AGAIN_AFTER = 0.5, 0.02
"""Seconds for which a row waits for single requests at the most, and between two looks."""
_BATCH_AT_MOST = 60.0
"""Seconds of a batch; what is left by then is handed out again, behind the batches of others."""


class BulkRows:
    """What sends rows."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    @activity.defn(name=SEND_BULK_ROWS, no_thread_cancel_exception=True)
    def send_bulk_rows(self, batch: Batch) -> BatchResult:
        """Send what of a batch has no answer yet, as long as its file runs; a repeat sends the same messages.

        :raises DatabaseAway: when the database is: the batch is tried again.
        """
        with self._hub.database.plain_read() as line:
            rows = rows_to_send(line, number=batch.number, first=batch.first, last=batch.last)
        hub = near_workers(self._hub)
        sending = sending_of(batch.number, hub=hub)
        sent, outcomes = _Sent(self._hub, batch), Counter[RowOutcome]()
        began = time.monotonic()
        for place, row in enumerate(rows):
            if sending is None or activity.is_worker_shutdown() or time.monotonic() - began > _BATCH_AT_MOST:
                break
            activity.heartbeat(place)
            self._give_way()
            result = send_row(row, sending, hub=hub)
            reach("send-bulk-rows:after-row")
            outcomes[result.outcome] += 1
            if sent.add(result):
                sending = sending_of(batch.number, hub=hub)
        sent.note()
        reach("send-bulk-rows:after-note")
        done, refused = outcomes[RowOutcome.DONE], outcomes[RowOutcome.REFUSED]
        return BatchResult(done, refused, left=len(rows) - done - refused, halted=sending is None)

    def _give_way(self) -> None:
        """Wait while single requests are being carried out, though not for long: others may come without end."""
        end = time.monotonic() + _GIVES_WAY_FOR
        with self._hub.database.plain_read() as line:
            while somebody_waits(line) and time.monotonic() < end:
                time.sleep(_LOOKS_AGAIN_AFTER)


class _Sent:
    """What became of rows and is not noted yet."""

    def __init__(self, hub: Hub, batch: Batch) -> None:
        self._hub = hub
        self._number = batch.number
        self._results: list[RowResult] = []
        self._noted_at = time.monotonic()

    def add(self, result: RowResult) -> bool:
        """Take a result, and tell whether it was noted with those before it."""
        self._results.append(result)
        if len(self._results) < _NOTED_AT_MOST and time.monotonic() - self._noted_at < _NOTED_EVERY:
            return False
        self.note()
        return True

    def note(self) -> None:
        """Note what is left to be noted."""
        results, self._results = self._results, []
        if results:
            self._hub.database.run_plain(lambda line: note_results(line, number=self._number, results=results))
        self._noted_at = time.monotonic()
