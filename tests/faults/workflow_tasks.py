"""What became of the tasks of workflows, as Temporal's histories tell it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from temporalio.api.enums.v1 import EventType, WorkflowTaskFailedCause
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client

from temporal.questions import ask_temporal
from tests.support.world import World

_WITHIN = 120.0


@dataclass
class WorkflowTasks:
    """The tasks of some cases' workflows."""

    completed: Counter[str] = field(default_factory=Counter)
    """By the build that did it; empty where it names none."""
    failed: list[str] = field(default_factory=list)
    """Of which case, and why."""
    overtaken: int = 0
    """Something came in while the workflow was about to end: Temporal has it look at that first, and end then."""
    timed_out: int = 0
    """A worker that took one has ended, or took too long; it was given to another."""

    def count(self, case_number: str, event: HistoryEvent) -> None:
        """Count an event of a case's history, if it is about a task."""
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
            self.completed[event.workflow_task_completed_event_attributes.deployment_version.build_id] += 1
        elif event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED:
            attributes = event.workflow_task_failed_event_attributes
            if attributes.cause == WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND:
                self.overtaken += 1
            else:
                cause = WorkflowTaskFailedCause.Name(attributes.cause)
                self.failed.append(f"{case_number}, event {event.event_id}: {cause} {attributes.failure.message}")
        elif event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT:
            self.timed_out += 1

    @property
    def words(self) -> str:
        """The same in a line for people."""
        builds = "、".join(f"{build or '版なし'} {times}" for build, times in sorted(self.completed.items()))
        failures = f"失敗 {len(self.failed)}、終了の直前に知らせ {self.overtaken}、時間切れ {self.timed_out}"
        return f"  ワークフローのタスク: 完了（{builds}）、{failures}"


def workflow_tasks(world: World, case_numbers: Sequence[str]) -> WorkflowTasks:
    """Read the histories of cases and count."""
    tasks = WorkflowTasks()

    async def asked(client: Client) -> WorkflowTasks:
        for case_number in case_numbers:
            async for event in client.get_workflow_handle(case_number).fetch_history_events():
                tasks.count(case_number, event)
        return tasks

    return ask_temporal(asked, within=_WITHIN, environment=world.stack.environment)
