"""What is done by the calendar (:mod:`temporal.schedules`), as a durable process: one activity, until it is done."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

from temporal import names

_UNTIL_DONE = RetryPolicy(
    initial_interval=timedelta(seconds=1), backoff_coefficient=2.0, maximum_interval=timedelta(minutes=1)
)
_ONE_TRY = timedelta(minutes=10)


@workflow.defn(name=names.SCHEDULED_WORK)
class ScheduledWorkflow:
    """One run of one schedule. While it lasts, the server begins no other of the same."""

    @workflow.run
    async def run(self, work: str) -> str:
        """Have the work done, and give what came of it for who reads the Temporal UI."""
        outcome: str = await workflow.execute_activity(
            work, result_type=str, start_to_close_timeout=_ONE_TRY, retry_policy=_UNTIL_DONE
        )
        return outcome
