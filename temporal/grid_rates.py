"""How many calls a second the workers make to a grid operator, as it was set on the Temporal server while they run.

The server holds to it for all workers together, from the next calls on, and keeps it when it is started anew.
"""

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import RateLimit, TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest, UpdateTaskQueueConfigRequest
from temporalio.client import Client

from schemas.codes import Area
from temporal.names import grid_queue

_CALLS = TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY


async def rate_set(client: Client, *, area: Area) -> float | None:
    """Tell the calls a second that were set; None where the workers' own setting holds.

    :raises RPCError: when the server does not answer.
    """
    described = await client.workflow_service.describe_task_queue(
        DescribeTaskQueueRequest(
            namespace=client.namespace,
            task_queue=TaskQueue(name=grid_queue(area)),
            task_queue_type=_CALLS,
            report_config=True,
        )
    )
    limit = described.config.queue_rate_limit
    return limit.rate_limit.requests_per_second if limit.HasField("rate_limit") else None


async def set_rate(client: Client, *, area: Area, rate: float | None, reason: str) -> None:
    """Set the calls a second to an area; None goes back to the workers' own setting.

    :raises RPCError: when the server does not answer.
    """
    limit = None if rate is None else RateLimit(requests_per_second=rate)
    await client.workflow_service.update_task_queue_config(
        UpdateTaskQueueConfigRequest(
            namespace=client.namespace,
            identity="upkeep",
            task_queue=grid_queue(area),
            task_queue_type=_CALLS,
            update_queue_rate_limit=UpdateTaskQueueConfigRequest.RateLimitUpdate(rate_limit=limit, reason=reason),
        )
    )
