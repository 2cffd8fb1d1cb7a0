"""The wait of a case's calls for the end of a maintenance window: one timer, however many calls wait."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from temporalio import workflow

from rules.steps import Maintenance
from schemas.codes import Area
from workflows.business_time import FINEST, TOLERANCE, Anchor
from workflows.words import maintenance_words


class MaintenanceWait:
    """All calls of a case go to one area; none is made before the window is over of which the first has heard."""

    def __init__(self, *, changed: Callable[[], None]) -> None:
        """Take ``changed``, which is called when the wait begins and when it ends."""
        self._changed = changed
        self._waited_for: Maintenance | None = None
        self._anchor: Anchor
        self._timer: asyncio.Task[None]

    @property
    def waited_for(self) -> Maintenance | None:
        """The window whose end is waited for; None while there is none."""
        return self._waited_for

    @property
    def _until(self) -> datetime | None:
        return None if self._waited_for is None else self._waited_for.until

    def begin(self, maintenance: Maintenance, *, area: Area) -> None:
        """Have calls wait for the end of a window; where they do already, nothing is begun."""
        anchor = Anchor(business=maintenance.at, workflow=workflow.now())
        if self._until is not None:
            self.follow(anchor)
            return
        self._waited_for, self._anchor = maintenance, anchor
        self._timer = asyncio.create_task(self._pass_by(maintenance, area))
        self._changed()

    def follow(self, anchor: Anchor) -> None:
        """Take over what is newly known of the business time: a moved clock ends a window sooner.

        Anchors err on the late side alone, so of two the one is truer by which the business time is later.
        """
        if self._until is not None and anchor.workflow_time(self._until) < self._anchor.workflow_time(self._until):
            self._anchor = anchor

    def ask_again(self) -> None:
        """Wait no longer where the end is only the grid operator's word: it may be back sooner than it told."""
        if self._waited_for is not None and self._waited_for.announced:
            self._timer.cancel()
            self._waited_for = None
            self._changed()

    async def over(self) -> None:
        """Return when no window is waited for."""
        if self._until is not None:
            await workflow.wait_condition(lambda: self._until is None)

    async def _pass_by(self, maintenance: Maintenance, area: Area) -> None:
        summary = maintenance_words(area, maintenance)
        while (wait := (ends_at := self._anchor.workflow_time(maintenance.until)) - workflow.now()) > timedelta(0):
            if not await self._ends_sooner(ends_at, within=max(wait, FINEST), summary=summary):
                break
        self._waited_for = None
        self._changed()

    async def _ends_sooner(self, ends_at: datetime, *, within: timedelta, summary: str) -> bool:
        """Tell whether the business clock was moved before the timer rang."""
        try:
            await workflow.wait_condition(
                lambda: self._until is not None and ends_at - self._anchor.workflow_time(self._until) >= TOLERANCE,
                timeout=within,
                timeout_summary=summary,
            )
        except TimeoutError:
            return False
        return True
