"""What cases cost in Temporal, as their histories show it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from temporalio.api.enums.v1 import EventType
from temporalio.client import Client

BILLED = frozenset(
    {
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
        EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
        EventType.EVENT_TYPE_TIMER_STARTED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
        EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
        EventType.EVENT_TYPE_MARKER_RECORDED,
    }
)
"""Events that Temporal's cloud would bill as actions; of several markers in one workflow task, it bills one."""


@dataclass(frozen=True)
class HistoryCost:
    """Of one case, or the medians of several."""

    events: float
    actions: float
    workflow_tasks: float
    activities: float
    size: float
    """In bytes, as the server counts them."""


async def cost_of_histories(client: Client, workflow_ids: Sequence[str]) -> HistoryCost:
    """Read the histories of cases that have ended, and give the medians."""
    costs = [await _cost(client, workflow_id) for workflow_id in workflow_ids]
    return HistoryCost(**{name: median(getattr(cost, name) for cost in costs) for name in HistoryCost.__annotations__})


async def _cost(client: Client, workflow_id: str) -> HistoryCost:
    case = client.get_workflow_handle(workflow_id)
    await case.result()  # a case that is 完了 in its row may have its last task before it
    happened = Counter(event.event_type for event in (await case.fetch_history()).events)
    described = await case.describe()
    return HistoryCost(
        events=happened.total(),
        actions=sum(happened[kind] for kind in BILLED),
        workflow_tasks=happened[EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED],
        activities=happened[EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED],
        size=described.raw_description.workflow_execution_info.history_size_bytes,
    )
