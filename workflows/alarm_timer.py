"""The one timer of a case: set for the next alarm, and left alone as long as that stays the same."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from temporalio import workflow

from rules.procedure.alarms import Alarm
from workflows.business_time import FINEST, TOLERANCE, Anchor
from workflows.words import alarm_words

_SOON_AFTER = timedelta(days=1)
"""An alarm that follows so soon on the one that is waited for is not worth another timer: what runs rings first."""


@dataclass
class _Running:
    alarm: Alarm
    rings_at: datetime
    task: asyncio.Task[None]


class AlarmTimer:
    """A timer of Temporal's for the next alarm of the case."""

    def __init__(self) -> None:
        self._running: _Running | None = None

    def set_for(self, alarm: Alarm | None, anchor: Anchor) -> None:
        """See that the timer rings for ``alarm``, and for nothing else."""
        if alarm is None:
            self.clear()
            return
        rings_at = anchor.workflow_time(alarm.at)
        if self._running is not None:
            if self._goes_on_for(self._running, alarm, rings_at):
                return
            self.clear()
        if rings_at <= workflow.now():
            return  # it is due, and the loop sees that
        self._running = _Running(alarm, rings_at, asyncio.create_task(self._ring()))

    def _goes_on_for(self, running: _Running, alarm: Alarm, rings_at: datetime) -> bool:
        if running.task.done():
            return False
        if running.alarm == alarm:
            return abs(running.rings_at - rings_at) < TOLERANCE
        if not timedelta(0) <= rings_at - running.rings_at <= _SOON_AFTER:
            return False
        running.alarm, running.rings_at = alarm, rings_at
        return True

    async def _ring(self) -> None:
        while (running := self._running) is not None and (wait := running.rings_at - workflow.now()) > timedelta(0):
            await workflow.sleep(max(wait, FINEST), summary=alarm_words(running.alarm))

    def rang_for(self, alarm: Alarm) -> bool:
        """Tell whether the timer rang for this alarm."""
        return self._running is not None and self._running.alarm == alarm and self._running.task.done()

    def clear(self) -> None:
        """Take the timer away."""
        if self._running is not None:
            self._running.task.cancel()
            self._running = None
