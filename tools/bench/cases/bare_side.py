"""The bare case as it is measured: its callers speak to Temporal themselves, and tell it the news by the clock."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from temporalio.client import Client, WorkflowHandle

from temporal.connection import connect
from tools.bench.cases.bare_case import BARE_CASE, HEAR, LAST, NEWS, QUEUE, TAKE
from tools.bench.cases.database import one_number
from tools.bench.cases.side import OPENING, UPDATES

NEWS_AFTER = (1.0, 4.0, 0.0)
"""Seconds from the last command to each piece of news, one after the other, as the grid stub's steps and the watch
bring them to the hub."""
_PATIENCE = timedelta(seconds=120)
"""How long an answer may take until its worker counts as lost."""


class BareSide:
    """Starts, updates and signals."""

    name = "bare"

    def __init__(
        self,
        environment: Mapping[str, str],
        *,
        database_url: str,
        processes: dict[str, int],
        news_after: tuple[float, ...] = NEWS_AFTER,
    ) -> None:
        self._environment = environment
        self._news_after = news_after
        self._client: Client | None = None
        self._database_url = database_url
        self._processes = processes
        self._started: list[str] = []
        self._telling: set[asyncio.Task[None]] = set()

    async def send(self, message: str, number: int) -> None:
        """Start the case, or send it a command and wait for its answer."""
        case = f"BARE-{number}"
        client = await self.client()
        if message == OPENING:
            await client.start_workflow(BARE_CASE, case, id=case, task_queue=QUEUE)
            self._started.append(case)
            return
        await client.get_workflow_handle(case).execute_update(
            TAKE, message, id=f"{case}-{message}", rpc_timeout=_PATIENCE
        )
        if message == UPDATES[-1]:
            telling = asyncio.create_task(self._tell(client.get_workflow_handle(case)))
            self._telling.add(telling)
            telling.add_done_callback(self._telling.discard)

    def completed(self) -> int:
        """Count the cases that have written their last piece of news."""
        return one_number(self._database_url, "SELECT count(*) FROM steps WHERE kind = %s", LAST)

    def steps(self) -> int:
        """Count the steps that are written, of all cases."""
        return one_number(self._database_url, "SELECT count(*) FROM steps")

    def workflow_ids(self) -> list[str]:
        return self._started

    def processes(self) -> dict[str, int]:
        """Name its worker and the stores."""
        return self._processes

    async def client(self) -> Client:
        """Give the client of the loop that runs it, connected with the first call."""
        if self._client is None:
            self._client = await connect(lazy=True, environment=self._environment)
        return self._client

    async def _tell(self, case: WorkflowHandle[Any, Any]) -> None:
        for news, after in zip(NEWS, self._news_after, strict=True):
            await asyncio.sleep(after)
            await case.signal(HEAR, news)
