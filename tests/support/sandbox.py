"""The SDK's sandbox, in which tests run workflows: what does not come out the same in a replay fails there at once."""

from temporalio.worker import Worker, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from temporal.shrunk_histories import NoShrunkHistories

_WITHOUT_EFFECTS = ("schemas", "rules", "temporal.names", "temporal.step_names", "temporal.time_limits", "jpholiday")
"""Our own rooms that do nothing but reckon: shared, so that a case costs no imports."""


def sandboxed_runner() -> WorkflowRunner:
    """Give what runs workflows in the sandbox, watched as in the worker."""
    restrictions = SandboxRestrictions.default.with_passthrough_modules(*_WITHOUT_EFFECTS)
    return NoShrunkHistories(SandboxedWorkflowRunner(restrictions=restrictions))


_PATIENCE = 30
"""Seconds; tests have their own time limits."""


def with_patience(worker: Worker) -> Worker:
    """Have the SDK wait for a turn of a workflow, on cores that other tests use as well.

    After two seconds it takes a turn for deadlocked, and interrupts the thread wherever that is; no option of it says
    otherwise.
    """
    workflows = worker._workflow_worker
    if workflows is not None:
        workflows._deadlock_timeout_seconds = _PATIENCE
    return worker
