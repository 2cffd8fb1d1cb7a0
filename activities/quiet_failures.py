"""What Temporal hears of an activity that failed: the exception's type, and not its words.

Words of libraries quote what they stumbled over, a row's values or a piece of a message, and Temporal
keeps and shows them. The worker's log has the places.
"""

import asyncio
from typing import Any

from temporalio.exceptions import FailureError
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from runtime.logs import logger

_log = logger(__name__)


class QuietFailures(Interceptor):
    """Applied to every activity of a worker."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """Put the interceptor in front of the activities."""
        return _Quiet(next)


class ActivityFailed(Exception):
    """An activity failed; named after the exception, whose words stay out of Temporal."""


class _Quiet(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        try:
            return await self.next.execute_activity(input)
        except (FailureError, asyncio.CancelledError):
            raise  # said by us, with words chosen for whoever reads the Temporal UI
        except Exception as error:
            _log.warning("activity-failed", activity=input.fn.__name__, exc_info=error)
            raise ActivityFailed(type(error).__name__) from None
