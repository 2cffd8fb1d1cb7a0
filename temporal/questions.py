"""Asking the Temporal server how it is, from synchronous code; cases are spoken to through the gateway."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError

from temporal.connection import connect
from temporal.gateway import TemporalAway
from temporal.names import CASE_QUEUE

Answer = TypeVar("Answer")

_KINDS = (TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)


def ask_temporal(
    question: Callable[[Client], Coroutine[Any, Any, Answer]],
    *,
    within: float,
    environment: Mapping[str, str] | None = None,
) -> Answer:
    """Put a question to the server, over a connection of its own.

    :param within: seconds, connecting included.
    :param environment: which server, if not the one this process's own environment names.
    :raises TemporalAway: when there is no answer.
    """

    async def ask() -> Answer:
        async with asyncio.timeout(within):
            return await question(await connect(environment=environment))

    try:
        return asyncio.run(ask())
    except (RPCError, RuntimeError, TimeoutError) as problem:
        raise TemporalAway(type(problem).__name__) from None


async def last_poll(client: Client) -> datetime | None:
    """Tell when workers last asked for the cases' tasks (real time); None if none does.

    Of workflows and database steps, whichever was asked for longer ago.
    """
    polls = [await last_poll_of(client, CASE_QUEUE, kind) for kind in _KINDS]
    return min((poll for poll in polls if poll is not None), default=None) if None not in polls else None


async def last_poll_of(client: Client, queue: str, kind: TaskQueueType.ValueType) -> datetime | None:
    """Tell when a queue was last asked for work of a kind (real time); None if nobody does."""
    described = await client.workflow_service.describe_task_queue(
        DescribeTaskQueueRequest(namespace=client.namespace, task_queue=TaskQueue(name=queue), task_queue_type=kind)
    )
    return max((poller.last_access_time.ToDatetime(tzinfo=UTC) for poller in described.pollers), default=None)
