"""The tests' Temporal: the real development server with time skipping, kept in a file so that it can be set back."""

import asyncio
import shutil
import sys
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from subprocess import DEVNULL, STDOUT, Popen
from typing import TypeVar

from temporalio.api.sdk.v1 import WorkflowMetadata
from temporalio.client import Client
from temporalio.service import RPCError
from temporalio.testing import TimeSkipper, TimeSkippingConfig
from temporalio.worker import Worker

from temporal.connection import connect
from temporal.names import SEARCH_ATTRIBUTES
from temporal.search_attributes import ensure_search_attributes
from temporal.watchdog import run_all
from tests.support.database import free_port
from tests.support.processes import wait_until

T = TypeVar("T")


class TemporalServer:
    """A server of its own for the tests; stopping it keeps its store."""

    def __init__(self, folder: Path) -> None:
        self._store = folder / "temporal.db"
        self._log = folder / "temporal.log"
        self._port = free_port()
        self._process: Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._port}"

    @property
    def store(self) -> Path:
        """The file that holds all it knows."""
        return self._store

    def start(self) -> None:
        """Start the server and wait until it takes calls."""
        options = ["--ip", "127.0.0.1", "--port", str(self._port), "--headless", "--db-filename", str(self._store)]
        for pragma in ("journal_mode=WAL", "synchronous=OFF"):
            options += ["--sqlite-pragma", pragma]
        for name, kind in SEARCH_ATTRIBUTES.items():
            options += ["--search-attribute", f"{name}={kind}"]
        for value in (
            "frontend.WorkflowTimeSkippingEnabled=true",
            "matching.numTaskqueueReadPartitions=1",
            "matching.numTaskqueueWritePartitions=1",
            "system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute=1",
        ):
            options += ["--dynamic-config-value", value]
        program = Path(sys.executable).with_name("temporal")
        with self._log.open("ab") as log:
            self._process = Popen(
                [str(program), "server", "start-dev", "--log-level", "error", *options],
                stdin=DEVNULL,
                stdout=log,
                stderr=STDOUT,
            )
        wait_until(self._is_ready, what="the Temporal server")

    def stop(self) -> None:
        """End the server as a crash would; what it knows stays in its store."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None

    def lose_store(self) -> None:
        """Delete all the server knows; it must be stopped."""
        for file in self._store.parent.glob("temporal.db*"):
            file.unlink()

    def copy_store(self, folder: Path) -> None:
        """Copy the store aside; the server must be stopped."""
        shutil.copytree(self._store.parent, folder, ignore=shutil.ignore_patterns("*.log"))

    def put_store_back(self, folder: Path) -> None:
        """Put a copied store in the place of the present one; the server must be stopped."""
        self.lose_store()
        shutil.copytree(folder, self._store.parent, dirs_exist_ok=True)

    def _is_ready(self) -> bool:
        async def knows_all() -> bool:
            client = await Client.connect(self.address)
            return await ensure_search_attributes(client)

        try:
            return asyncio.run(asyncio.wait_for(knows_all(), 5))
        except Exception:
            return False


class LoopThread:
    """An event loop in a thread of its own, for tests that are synchronous."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._client: Client | None = None
        self._thread = threading.Thread(target=self.loop.run_forever, name="tests-temporal", daemon=True)
        self._thread.start()

    def run(self, work: Awaitable[T], *, within: float = 30.0) -> T:
        """Carry out asynchronous work and give its result."""

        async def limited() -> T:
            return await asyncio.wait_for(work, within)

        return asyncio.run_coroutine_threadsafe(limited(), self.loop).result(within + 5)

    def ask(self, question: Callable[[Client], Awaitable[T]], *, within: float = 30.0) -> T:
        """Ask Temporal, over a connection that is kept."""

        async def asked() -> T:
            self._client = self._client or await connect()
            return await question(self._client)

        return self.run(asked(), within=within)

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(5)


_STOPS_WITHIN = 60.0
"""Seconds: longer than the grace that ``worker.py`` gives to calls under way."""


def _end_of(ended: "asyncio.Task[None]") -> str:
    return "cancelled" if ended.cancelled() else repr(ended.exception())


class TestedWorker:
    """The hub's workers as ``worker.py`` makes them, to be started and stopped by tests."""

    __test__ = False

    def __init__(self, loop: LoopThread, make: Callable[[Client], list[Worker]]) -> None:
        self._loop = loop
        self._make = make
        self._stop: asyncio.Event | None = None
        self._running: asyncio.Task[None] | None = None

    @property
    def runs(self) -> bool:
        """True while it works."""
        return self._running is not None and not self._running.done()

    def start(self) -> None:
        """Start working, unless it does already.

        :raises AssertionError: where it had ended unasked, naming why. It works again: one test tells of it, not all.
        """
        if self.runs:
            return
        ended, self._running = self._running, None
        self._loop.run(self._start())
        assert ended is None, f"the worker had ended unasked: {_end_of(ended)}"

    def stop(self, *, within: float = _STOPS_WITHIN) -> None:
        """Stop working, as ``worker.py`` does when told to.

        :raises TimeoutError: when it does not end in time. It is not taken for working all the same.
        """
        running, self._running = self._running, None
        if running is not None:
            self._loop.run(self._finish(running), within=within)

    async def _start(self) -> None:
        self._stop = asyncio.Event()
        workers = self._make(await connect())
        self._running = asyncio.create_task(run_all(workers, self._stop))

    async def _finish(self, running: asyncio.Task[None]) -> None:
        assert self._stop is not None
        self._stop.set()
        await running


async def fast_forward(client: Client, case_number: str, by: timedelta) -> None:
    """Move one workflow's clock; that of the rest stays."""
    skipper = TimeSkipper(client, config=TimeSkippingConfig(enabled=False))
    await skipper.fast_forward(client.get_workflow_handle(case_number), by)


async def current_details(client: Client, case_number: str) -> str:
    """Ask a case's workflow for what the Temporal UI shows of it, as the UI asks."""
    metadata: WorkflowMetadata = await client.get_workflow_handle(case_number).query(
        "__temporal_workflow_metadata", result_type=WorkflowMetadata
    )
    return metadata.current_details


async def end_cases(client: Client, case_numbers: list[str]) -> None:
    """End the workflows that a test left running."""
    for case_number in case_numbers:
        with suppress(RPCError):  # it has none, or that has ended
            await client.get_workflow_handle(case_number).terminate("the test is over")
