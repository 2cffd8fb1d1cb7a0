"""What is done by the calendar for those of whom nothing is to be kept any longer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from temporalio import activity

from temporal.schedules import MASK_ENDED_CASES
from usecases.actors import Maintainer
from usecases.hub import Hub
from usecases.masking import mask_ended


class MaskingWork:
    """Masks the customers of cases that ended long ago."""

    def __init__(self, hub: Hub, *, kept_days: int) -> None:
        self._hub = hub
        self._kept_for = timedelta(days=kept_days)

    def activities(self) -> list[Callable[..., Any]]:
        """List the activities."""
        return [self.mask]

    @activity.defn(name=MASK_ENDED_CASES.name, no_thread_cancel_exception=True)
    def mask(self) -> str:
        """Mask them, and say in how many messages."""
        count = mask_ended(kept_for=self._kept_for, actor=Maintainer(), hub=self._hub)
        return f"終わって{self._kept_for.days}日を過ぎた案件の電文 {count} 件から、個人データを消した"
