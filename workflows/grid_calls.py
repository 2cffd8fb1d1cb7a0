"""The calls to grid operators that run beside the loop of a case.

They follow from the case's state alone: what is wanted and not running is started, what runs and is no
longer wanted is stopped, and what it may still bring is ignored.
"""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, is_cancelled_exception

from rules.procedure.calls import GridCall
from rules.procedure.events import GridNews
from rules.steps import CallResult, Maintenance
from temporal.names import CALL_GRID, grid_queue
from temporal.time_limits import time_limits
from workflows.business_time import Anchor
from workflows.maintenance_wait import MaintenanceWait
from workflows.words import again_summary, call_summary

_UNTIL_IT_ANSWERS = RetryPolicy(
    initial_interval=timedelta(seconds=2), backoff_coefficient=2.0, maximum_interval=timedelta(seconds=60)
)
"""A grid operator is waited for, for days if need be; tries cost no history. It is back for us within a minute."""

_AGAIN_AFTER = timedelta(minutes=5)
"""Pause before a call is made again whose news did not change the case's wish."""


@dataclass
class _Running:
    task: asyncio.Task[None]
    news: tuple[GridNews, ...] | None = None
    troubled: GridCall | None = None
    """The call as it is made again and again, where its case has been told that."""


class GridCalls:
    """The calls of one case, by their keys."""

    def __init__(
        self, *, hear: Callable[[GridNews], None], changed: Callable[[], None], given_up: Callable[[], None]
    ) -> None:
        """Take ``hear``, which takes the news, and ``changed``, called when what keeps calls waiting has changed.

        :param given_up: called when a call failed for good, as where the database knows nothing of what it is about.
        """
        self._hear = hear
        self._changed = changed
        self._given_up = given_up
        self._running: dict[str, _Running] = {}
        self._window = MaintenanceWait(changed=changed)

    @property
    def maintenance(self) -> Maintenance | None:
        """The maintenance window whose end calls wait for; None where none does."""
        return self._window.waited_for if any(running.news is None for running in self._running.values()) else None

    @property
    def troubled(self) -> tuple[GridCall, ...]:
        """The calls that go unanswered, each with what is known of why."""
        return tuple(
            running.troubled
            for running in self._running.values()
            if running.troubled is not None and running.news is None
        )

    def follow(self, wanted: tuple[GridCall, ...], *, inbox: Collection[object], anchor: Anchor) -> None:
        """Start and stop calls so that those wanted are running; ``inbox`` is what waits."""
        self._window.follow(anchor)
        keys = [call.key for call in wanted]
        for key in [key for key in self._running if key not in keys]:
            self._running.pop(key).task.cancel()
        for call in wanted:
            running = self._running.get(call.key)
            if running is None:
                self._start(call)
            elif running.news is not None and not any(news in inbox for news in running.news):
                self._start(call, after=_AGAIN_AFTER)

    def ask_again(self) -> None:
        """Make the calls that wait for the end of a maintenance as the grid operator told it: it may be over."""
        self._window.ask_again()

    def _start(self, call: GridCall, *, after: timedelta | None = None) -> None:
        self._running[call.key] = _Running(asyncio.create_task(self._run(call, after)))

    async def _run(self, call: GridCall, after: timedelta | None) -> None:
        news: tuple[GridNews, ...] = ()
        while not news:
            if after is not None:
                await workflow.sleep(after, summary=again_summary(call))
            news = await self._news_of(call)
            after = _AGAIN_AFTER
        self._running[call.key].news = news
        for piece in news:
            self._hear(piece)

    async def _news_of(self, call: GridCall) -> tuple[GridNews, ...]:
        while True:
            await self._window.over()
            result = await self._call(call)
            if result.maintenance is not None:
                call = replace(call, tried=result.maintenance.tried, windows=call.windows + 1, trouble=None)
                self._window.begin(result.maintenance, area=call.area)
            elif result.trouble is not None:
                told = (*call.told, result.trouble.kind)
                call = replace(call, tried=result.trouble.tried, trouble=result.trouble, told=told)
            else:
                self._note(call.key, None)
                return result.news
            self._note(call.key, None if call.trouble is None else call)

    def _note(self, key: str, troubled: GridCall | None) -> None:
        running = self._running[key]
        if running.troubled != troubled:
            running.troubled = troubled
            self._changed()

    async def _call(self, call: GridCall) -> CallResult:
        try:
            result: CallResult = await workflow.execute_activity(
                CALL_GRID,
                call,
                task_queue=grid_queue(call.area),
                result_type=CallResult,
                start_to_close_timeout=time_limits().call,
                retry_policy=_UNTIL_IT_ANSWERS,
                summary=call_summary(call),
            )
        except ActivityError as error:
            if is_cancelled_exception(error):
                raise asyncio.CancelledError from error
            workflow.logger.error("A call to a grid operator was given up", extra={"call": call.key})
            self._given_up()
            return CallResult(())
        return result
