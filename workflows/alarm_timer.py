"""The one timer of a case: set for the next alarm, and left alone as long as that stays the same."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from temporalio import workflow

from rules.procedure.alarms import Alarm
from workflows.business_time import FINEST, TOLERANCE, Anchor
from workflows.words import alarm_words


@dataclass(frozen=True)
class _Running:
    alarm: Alarm
    rings_at: datetime
    task: asyncio.Task[None]


class AlarmTimer:
    """A timer of Temporal's for the next alarm of the case."""

    def __init__(self) -> None:
        self._running: _Running | None = None

    def set_for(self, alarm: Alarm | None, anchor: Anchor) -> None:
        """This function will see that the timer rings for ``alarm``, and for nothing else."""
        if alarm is None:
            self.clear()
            return
        rings_at = anchor.workflow_time(alarm.at)
        if self._running is not None:
            same = self._running.alarm == alarm and abs(self._running.rings_at - rings_at) < TOLERANCE
            if same and not self._running.task.done():
                return
            self.clear()
        wait = rings_at - workflow.now()
        if wait <= timedelta(0):
            return  # it is due, and the loop sees that
        task = asyncio.create_task(workflow.sleep(max(wait, FINEST), summary=alarm_words(alarm)))
        self._running = _Running(alarm, rings_at, task)

    def rang_for(self, alarm: Alarm) -> bool:
        """This function will tell whether the timer rang for this alarm."""
        return self._running is not None and self._running.alarm == alarm and self._running.task.done()

    def clear(self) -> None:
        """This function will take the timer away."""
        if self._running is not None:
            self._running.task.cancel()
            self._running = None
