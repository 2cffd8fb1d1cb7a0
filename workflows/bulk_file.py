"""A bulk file as a durable process: checked, confirmed by somebody, and worked off in batches.

Where the file stands, and what people ask of it, is its row: a pause or a stop is read there by the activities, and a
signal only has the workflow look at once. One that is lost delays.

Each run hands out so many rows and continues as new, so that no history grows with its file.
"""

import asyncio
from contextlib import suppress
from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

from rules.bulk.progress import FileState
from rules.bulk.work import Batch, BatchResult, FileLook, FileStart, Look
from rules.wording import plain_moment
from temporal import names
from workflows.bulk_words import batch_summary, describe, look_summary, seen_line, wait_summary

AT_ONCE = 4
"""Batches of one file that are handed out side by side. All files have as many, so those of two retailers share the
slots evenly, whichever came first."""
LOOKS_A_RUN = 6
"""How often a run hands out rows until it continues as new: some 3,000 events, for 12,000 rows."""
_LINES_KEPT = 30
"""Of what people read of what went before."""
_LOOKED_AT_LEAST = timedelta(minutes=10)
"""How long a signal that was lost delays."""
_TURN_LOOKED_FOR = timedelta(seconds=30)
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=5), timedelta(seconds=60)
"""Before rows without an answer are tried again."""
_UNTIL_DONE = RetryPolicy(
    initial_interval=timedelta(milliseconds=500), backoff_coefficient=2.0, maximum_interval=timedelta(seconds=10)
)
_ALIVE_EVERY = timedelta(seconds=20)
"""Rows of a worker that died are sent by another after as long. One that only waits, for a workflow or a database that
is away, may be taken for dead: then its row is sent twice, which is the same message."""

_READING_AT_MOST = timedelta(minutes=2)
"""Until a file of any size is read, and its first rows are stored."""


@workflow.defn(name=names.BULK_FILE)
class BulkFileWorkflow:
    """One file, from its upload to its end."""

    @workflow.init
    def __init__(self, start: FileStart) -> None:
        self._number = start.number
        self._after = start.after
        self._rounds = start.rounds
        self._seen = list(start.seen)
        self._woken = False

    @workflow.run
    async def run(self, start: FileStart) -> None:
        """Carry the file to its end."""
        if not start.checked:
            await self._check()
        handed_out = 0
        while not (look := await self._look()).state.ended:
            if look.state is not FileState.RUNNING:
                await self._wait(_LOOKED_AT_LEAST, look)
            elif look.waits_for is not None:
                await self._wait(_TURN_LOOKED_FOR, look)
            elif look.batches:
                await self._hand_out(look)
                handed_out += 1
            else:
                await self._next_round(look)
            if handed_out >= LOOKS_A_RUN or workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(
                    FileStart(self._number, True, self._after, self._rounds, tuple(self._seen[-_LINES_KEPT:]))
                )

    @workflow.signal(name=names.LOOK_AGAIN, description="ファイルの記録が変わった（実行・中断・再開・中止）")
    def look_again(self) -> None:
        """Look at the file's row soon."""
        self._woken = True

    async def _check(self) -> None:
        await workflow.execute_activity(
            names.CHECK_BULK_FILE,
            self._number,
            start_to_close_timeout=timedelta(minutes=30),
            heartbeat_timeout=_READING_AT_MOST,
            retry_policy=_UNTIL_DONE,
            summary="ファイル全体を確認して、行を保存",
        )

    async def _look(self) -> FileLook:
        self._woken = False
        look: FileLook = await workflow.execute_activity(
            names.LOOK_AT_BULK_FILE,
            Look(self._number, self._after),
            result_type=FileLook,
            start_to_close_timeout=timedelta(seconds=30),
            retry_policy=_UNTIL_DONE,
            summary=look_summary(self._after),
        )
        if not self._seen or not self._seen[-1].endswith(seen_line(look)):
            self._seen.append(f"{plain_moment(look.at)} {seen_line(look)}")
        workflow.set_current_details(describe(look, self._seen))
        return look

    async def _hand_out(self, look: FileLook) -> None:
        """Have batches sent, a few side by side; where the file is halted among them, they are handed out again."""
        places = asyncio.Semaphore(AT_ONCE)
        halted = False

        async def send(batch: Batch) -> None:
            nonlocal halted
            async with places:
                if not (halted or self._woken):
                    result: BatchResult = await workflow.execute_activity(
                        names.SEND_BULK_ROWS,
                        batch,
                        task_queue=names.BULK_ROWS_QUEUE,
                        result_type=BatchResult,
                        start_to_close_timeout=timedelta(minutes=10),
                        heartbeat_timeout=_ALIVE_EVERY,
                        retry_policy=_UNTIL_DONE,
                        summary=batch_summary(batch),
                    )
                    if result.halted:
                        halted = True

        await asyncio.gather(*(send(batch) for batch in look.batches))
        if not (halted or self._woken):
            self._after = look.batches[-1].last

    async def _next_round(self, look: FileLook) -> None:
        """Go to the beginning again; rows that are left without an answer rest a while before they are tried again."""
        if look.left:
            await self._wait(min(_FIRST_PAUSE * 2 ** min(self._rounds, 6), _LONGEST_PAUSE), look)
            self._rounds += 1
        self._after = 0

    async def _wait(self, longest: timedelta, look: FileLook) -> None:
        with suppress(TimeoutError):
            await workflow.wait_condition(lambda: self._woken, timeout=longest, timeout_summary=wait_summary(look))
