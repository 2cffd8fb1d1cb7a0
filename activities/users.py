"""What is done by the calendar for the people at the screens."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from temporalio import activity

from temporal.schedules import DISABLE_UNUSED_USERS
from usecases.actors import Maintainer
from usecases.hub import Hub
from usecases.unused_users import disable_unused_users


class UserWork:
    """Disables who has not come in for a long time."""

    def __init__(self, hub: Hub, *, unused_days: int) -> None:
        self._hub = hub
        self._unused_for = timedelta(days=unused_days)

    def activities(self) -> list[Callable[..., Any]]:
        """List the activities."""
        return [self.disable_unused]

    @activity.defn(name=DISABLE_UNUSED_USERS.name, no_thread_cancel_exception=True)
    def disable_unused(self) -> str:
        """Disable them, and say how many they are."""
        count = disable_unused_users(self._unused_for, actor=Maintainer(), hub=self._hub)
        return f"{self._unused_for.days}日以上利用のない利用者 {count} 人を無効にした"
