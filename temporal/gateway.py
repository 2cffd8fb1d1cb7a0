"""The bridge from synchronous code to Temporal: one event loop and one client for each process."""

import asyncio
import os
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import wait
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

from temporalio.api.sdk.v1 import WorkflowMetadata
from temporalio.client import Client, RPCTimeoutOrCancelledError, WorkflowUpdateFailedError
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.runtime import Runtime
from temporalio.service import RPCError, RPCStatusCode

from rules.bulk.work import FileStart
from rules.core import Procedure
from rules.procedure.events import Command, GridNews
from rules.steps import CaseStart
from runtime.logs import logger
from temporal import names
from temporal.connection import connect
from temporal.library_figures import watched_runtime
from temporal.start_options import bulk_file_options, start_options

Answer = TypeVar("Answer")

CALL_TIMEOUT = 5.0
"""Seconds for a call that only has to reach the server."""
_BRIDGE_GRACE = 1.0
_ASK_AGAIN = 0.25
"""Seconds between two looks whether a caller is still to wait."""
_METADATA = "__temporal_workflow_metadata"
_ANOTHER_CASE = "この番号で動いていたワークフローは、データベースが戻される前の別の案件のものです"

_log = logger(__name__)


class TemporalAway(Exception):
    """Temporal or the worker did not answer in time, or could not; whether it heard is open."""


class CaseNotRunning(Exception):
    """No workflow runs for the case: it was not started yet, or it has ended."""


@dataclass(frozen=True)
class Run:
    """The run of a case's workflow."""

    id: str
    new: bool
    """True where it was started just now."""


NO_RUN = "gone"
"""How a case's workflow stands of which Temporal knows nothing: never started, deleted, or lost with its store."""


class TemporalGateway:
    """One for each process. It connects with the first call; after a fork each process has connections of its own."""

    def __init__(self, *, connecting: Callable[..., Coroutine[Any, Any, Client]] | None = None) -> None:
        """Take ``connecting``, which takes the runtime and gives a client."""
        self._connecting = connecting or partial(connect, lazy=True)
        self._lock = threading.Lock()
        self._pid: int | None = None
        self._loop: asyncio.AbstractEventLoop
        self._client: Client | None
        self._runtime: Runtime

    def start_case(self, state: Procedure, *, timeout: float = CALL_TIMEOUT) -> Run:
        """Start the workflow of a case, or find it running.

        What runs under its number for another case, of before a database was put back, is terminated first.

        :raises TemporalAway: when it is open whether it was started.
        """
        return self._ask(lambda client: _start(client, state, timeout), timeout)

    def how_it_stands(self, case_number: str, *, timeout: float = CALL_TIMEOUT) -> str:
        """Tell how the last run of a case's workflow stands, by Temporal's name in small letters, or :data:`NO_RUN`.

        :raises TemporalAway: when there is no answer.
        """
        try:
            return self._ask(lambda client: _status(client, case_number, timeout), timeout)
        except CaseNotRunning:
            return NO_RUN

    def take_command(self, command: Command, *, timeout: float, may_go_on: Callable[[], bool] = lambda: True) -> None:
        """Have the case's workflow take a command, and return when its answer is stored.

        :param may_go_on: asked while there is no answer; where it says no, none is waited for.
        :raises CaseNotRunning: when no workflow can take it.
        :raises TemporalAway: when it is open what becomes of it.
        """
        self._ask(lambda client: _update(client, command, timeout), timeout, may_go_on)

    def signal_news(self, case_number: str, news: Sequence[GridNews], *, timeout: float = CALL_TIMEOUT) -> None:
        """Tell a case's workflow news from the grid operator.

        :raises CaseNotRunning: when no workflow can hear it.
        :raises TemporalAway: when it is open whether it heard.
        """
        self._ask(lambda client: _signal(client, case_number, list(news), timeout), timeout)

    def look_again(self, case_number: str, *, timeout: float = CALL_TIMEOUT) -> None:
        """Have a case's workflow look at its row and at the business time.

        :raises CaseNotRunning: when there is no workflow that could.
        :raises TemporalAway: when it is open whether it will.
        """
        self._ask(lambda client: _look_again(client, case_number, timeout), timeout)

    def await_taken_up(self, case_number: str, *, timeout: float = CALL_TIMEOUT) -> None:
        """Return when a worker has taken up a case's workflow: what was told it before has been carried out.

        :raises CaseNotRunning: when there is no workflow.
        :raises TemporalAway: when none has in time.
        """
        self._ask(lambda client: _taken_up(client, case_number, timeout), timeout)

    def wake_bulk_file(self, number: str, *, timeout: float = CALL_TIMEOUT) -> None:
        """Have the workflow of a bulk file look at its row, started where there is none.

        :raises TemporalAway: when it is open whether it will.
        """
        self._ask(lambda client: _wake_bulk_file(client, number, timeout), timeout)

    def start_bulk_file(self, number: str, *, timeout: float = CALL_TIMEOUT) -> bool:
        """Start the workflow of a bulk file unless it runs, and tell whether it was started.

        :raises TemporalAway: when that is open.
        """
        return self._ask(lambda client: _start_bulk_file(client, number, timeout), timeout)

    def close(self) -> None:
        """End the gateway's thread."""
        with self._lock:
            if self._pid == os.getpid():
                self._loop.call_soon_threadsafe(self._loop.stop)
            self._pid = None

    def _ask(
        self,
        question: Callable[[Client], Coroutine[Any, Any, Answer]],
        timeout: float,
        may_go_on: Callable[[], bool] = lambda: True,
    ) -> Answer:
        if timeout <= 0:
            raise TemporalAway("no time left")
        answer = asyncio.run_coroutine_threadsafe(self._answer(question, timeout), self._loop_of_this_process())
        until = time.monotonic() + timeout + _BRIDGE_GRACE
        while not answer.done() and may_go_on() and (left := until - time.monotonic()) > 0:
            wait((answer,), timeout=min(left, _ASK_AGAIN))
        try:
            return answer.result(0)
        except (TimeoutError, RPCTimeoutOrCancelledError):
            answer.cancel()
            raise TemporalAway("no answer in time") from None
        except WorkflowUpdateFailedError:
            raise CaseNotRunning from None  # the run ended while it held the command
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                raise CaseNotRunning from None
            raise TemporalAway(error.status.name) from None
        except RuntimeError:
            raise TemporalAway("no connection") from None

    async def _answer(self, question: Callable[[Client], Coroutine[Any, Any, Answer]], timeout: float) -> Answer:
        async with asyncio.timeout(timeout):
            if self._client is None:
                self._client = await self._connecting(runtime=self._runtime)
            return await question(self._client)

    def _loop_of_this_process(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._pid != os.getpid():
                if self._pid is not None:
                    _inherited.append((self._runtime, self._client))
                self._pid, self._client, self._runtime = os.getpid(), None, watched_runtime()
                Runtime.set_default(self._runtime, error_if_already_set=False)
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="temporal", daemon=True).start()
            return self._loop


_inherited: list[object] = []
"""What a fork left in the child. It must not be used there, and not be let go either."""


async def _start(client: Client, state: Procedure, timeout: float) -> Run:
    limit = timedelta(seconds=timeout)
    while True:  # until the time is over: what is found running may end before it is looked at
        try:
            started = await client.start_workflow(
                names.SWITCHING_CASE,
                CaseStart(state.case_number, state.origin),
                **start_options(state),
                rpc_timeout=limit,
            )
            return Run(started.result_run_id or "", new=True)
        except WorkflowAlreadyStartedError as there:
            running = client.get_workflow_handle(state.case_number, run_id=there.run_id)
        description = await running.describe(rpc_timeout=limit)
        if description.close_time is not None:
            continue
        if (await description.memo()).get(names.ORIGIN) == state.origin:
            return Run(description.run_id, new=False)
        await running.terminate(reason=_ANOTHER_CASE, rpc_timeout=limit)
        _log.error("workflow-of-another-case-terminated", case_number=state.case_number, run=description.run_id)


async def _status(client: Client, case_number: str, timeout: float) -> str:
    description = await client.get_workflow_handle(case_number).describe(rpc_timeout=timedelta(seconds=timeout))
    return NO_RUN if description.status is None else description.status.name.lower()


async def _look_again(client: Client, case_number: str, timeout: float) -> None:
    case = client.get_workflow_handle(case_number)
    await case.signal(names.CLOCK_MOVED, rpc_timeout=timedelta(seconds=timeout))


async def _update(client: Client, command: Command, timeout: float) -> None:
    case = client.get_workflow_handle(command.content.case_number)
    await case.execute_update(
        names.TAKE_COMMAND, command, id=command.message_key, rpc_timeout=timedelta(seconds=timeout)
    )


async def _signal(client: Client, case_number: str, news: list[GridNews], timeout: float) -> None:
    case = client.get_workflow_handle(case_number)
    await case.signal(names.HEAR_GRID_NEWS, news, rpc_timeout=timedelta(seconds=timeout))


async def _taken_up(client: Client, case_number: str, timeout: float) -> None:
    """Ask what every workflow answers by itself. The question goes with the task that waits, and writes nothing."""
    case = client.get_workflow_handle(case_number)
    await case.query(_METADATA, result_type=WorkflowMetadata, rpc_timeout=timedelta(seconds=timeout))


async def _wake_bulk_file(client: Client, number: str, timeout: float) -> None:
    await client.start_workflow(
        names.BULK_FILE,
        FileStart(number),
        **bulk_file_options(number),
        start_signal=names.LOOK_AGAIN,
        rpc_timeout=timedelta(seconds=timeout),
    )


async def _start_bulk_file(client: Client, number: str, timeout: float) -> bool:
    try:
        await client.start_workflow(
            names.BULK_FILE,
            FileStart(number),
            **bulk_file_options(number),
            rpc_timeout=timedelta(seconds=timeout),
        )
    except WorkflowAlreadyStartedError:
        return False
    return True
