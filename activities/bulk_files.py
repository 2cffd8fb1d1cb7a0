"""What the workflow of a bulk file has done: its check, and a look at how it stands."""

from collections.abc import Callable
from typing import Any

from temporalio import activity
from temporalio.exceptions import ApplicationError

from models.bulk.files import CheckOvertaken
from models.database import DatabaseAway
from rules.bulk.work import FileLook, Look
from runtime.fault_points import reach
from runtime.logs import logger
from temporal.names import CHECK_BULK_FILE, LOOK_AT_BULK_FILE, NOT_THIS_CASE
from usecases.bulk_check import check_file, give_up
from usecases.bulk_work import FileGone, look_at
from usecases.hub import Hub

MOST_TRIES = 3
"""How often a check is tried that fails by a fault of the hub's own; then its file is refused."""

_log = logger(__name__)


class BulkFileSteps:
    """The steps of files as wholes."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def activities(self) -> list[Callable[..., Any]]:
        """List the steps."""
        return [self.check_bulk_file, self.look_at_bulk_file]

    @activity.defn(name=CHECK_BULK_FILE, no_thread_cancel_exception=True)
    def check_bulk_file(self, number: str) -> None:
        """Check a file and store its rows; a file that was checked, or stopped, is left as it is."""

        def looked_at(rows: int) -> None:
            activity.heartbeat(rows)
            reach("check-bulk-file:part-stored")

        try:
            state = check_file(number, hub=self._hub, looked_at=looked_at)
        except CheckOvertaken:
            _log.info("bulk-check-overtaken")
        except DatabaseAway:
            raise
        except Exception as error:
            if activity.info().attempt < MOST_TRIES:
                raise
            _log.error("bulk-check-broken", exc_info=error)
            give_up(number, hub=self._hub)
        else:
            _log.info("bulk-file-checked", state=state and state.value)

    @activity.defn(name=LOOK_AT_BULK_FILE, no_thread_cancel_exception=True)
    def look_at_bulk_file(self, asked: Look) -> FileLook:
        """Tell how a file stands, and which rows are to be sent next.

        :raises ApplicationError: where there is no such file.
        """
        try:
            return look_at(asked, hub=self._hub)
        except FileGone:
            raise ApplicationError(
                "データベースにこのファイルの記録がありません（データベースが戻されました）。何も送信しません。",
                type=NOT_THIS_CASE,
                non_retryable=True,
            ) from None
