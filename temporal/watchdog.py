"""A watchdog over workers: a process whose part of Temporal's library has lost its way ends, to be started anew.

A poller whose part of the library panicked ends without a word, and the rest lives on half dead.
"""

import asyncio
import time
from contextlib import suppress
from typing import Any, Literal

from temporalio.worker import Worker

LOOK_EVERY = 2.0
"""Seconds between two looks whether all still poll."""
YOUNG = 10.0
"""Seconds in which a worker holds nothing old: what is in disorder then is so in the store, and a new start no cure."""


class InDisorder(Exception):
    """A part of Temporal's library has ended unasked, or holds histories that fit the server no more."""


async def run_all(workers: list[Worker], stop: asyncio.Event, *, disorder: asyncio.Event | None = None) -> None:
    """Run workers until ``stop`` is set or one fails; then all end gracefully.

    :raises InDisorder: at once, because what is wedged does not end gracefully.
    """
    earlier_pollers = _pollers()
    running = [asyncio.create_task(worker.run()) for worker in workers]
    stopping = asyncio.create_task(stop.wait())
    watching = asyncio.create_task(_watch(_wanted_pollers(workers), earlier_pollers, disorder or asyncio.Event()))
    await asyncio.wait([*running, stopping, watching], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not watching.cancel():
        watching.result()
    await asyncio.gather(*(worker.shutdown() for worker in workers), return_exceptions=True)
    results = await asyncio.gather(*running, return_exceptions=True)
    for failure in results:
        if isinstance(failure, BaseException):
            raise failure


async def _watch(wanted_pollers: int, earlier_pollers: set[asyncio.Task[Any]], disorder: asyncio.Event) -> None:
    began, most = time.monotonic(), 0
    while True:
        with suppress(TimeoutError):
            await asyncio.wait_for(disorder.wait(), LOOK_EVERY)
        young = time.monotonic() - began < YOUNG
        polling = len(_pollers() - earlier_pollers)
        most = min(max(most, polling), wanted_pollers)  # others in the loop, of another call, come and go
        if polling < (most if young else wanted_pollers):
            raise InDisorder("a poller has ended")
        if disorder.is_set() and not young:
            raise InDisorder("histories do not fit the server's")
        disorder.clear()


def _wanted_pollers(workers: list[Worker]) -> int:
    kinds: tuple[Literal["workflows", "activities"], ...] = ("workflows", "activities")
    return sum(bool(worker.config().get(kind)) for worker in workers for kind in kinds)


def _pollers() -> set[asyncio.Task[Any]]:
    names = ("_WorkflowWorker.run", "_ActivityWorker.run")
    return {task for task in asyncio.all_tasks() if getattr(task.get_coro(), "__qualname__", "") in names}
