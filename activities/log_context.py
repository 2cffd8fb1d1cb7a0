"""What every line logged within an activity bears: the case's number, and the message concerned."""

from typing import Any

import structlog
from temporalio import activity
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from rules.steps import message_concerned
from temporal.names import BULK_FILE, SCHEDULED_WORK

_SUBJECTS = {BULK_FILE: "bulk_file", SCHEDULED_WORK: "scheduled_work"}
"""What the id of a workflow is the number of, where it is not that of a case."""


class CaseLogs(Interceptor):
    """Applied to every activity of a worker."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """Put the interceptor in front of the activities."""
        return _Logged(next)


class _Logged(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        # threads of activities take the context over; it ends with the activity
        with structlog.contextvars.bound_contextvars(**_concerned(input)):
            return await self.next.execute_activity(input)


def _concerned(input: ExecuteActivityInput) -> dict[str, str]:
    info = activity.info()
    context = {_SUBJECTS.get(info.workflow_type or "", "case_number"): info.workflow_id or ""}
    (argument,) = input.args[:1] or (None,)
    key = message_concerned(argument)
    return context if key is None else {**context, "message_key": key}
