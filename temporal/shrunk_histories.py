"""A history that has become shorter: Temporal's store was set back under a worker that holds what it has seen since.

Whatever the case did next would be written behind events that it does not follow from, and no worker could ever replay
it. So it does nothing: the task fails, the library lets go of what it holds, and plays the case from what is stored.
"""

from collections.abc import Sequence
from typing import Any

from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.converter import SerializationContext, StorageDriverStoreContext
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails, WorkflowRunner
from temporalio.workflow import Info

_STORED_NOWHERE_ELSE = StorageDriverStoreContext(target=None)


class HistoryShrunk(Exception):
    """The history of a workflow is shorter than what its worker has seen of it."""


class NoShrunkHistories(WorkflowRunner):
    """Runs workflows as another runner does, as long as their histories grow."""

    def __init__(self, runner: WorkflowRunner) -> None:
        self._runner = runner

    def prepare_workflow(self, defn: Any) -> None:
        self._runner.prepare_workflow(defn)

    def set_worker_level_failure_exception_types(self, types: Sequence[type[BaseException]]) -> None:
        self._runner.set_worker_level_failure_exception_types(types)

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """Give a workflow of the other runner, watched."""
        return _Watched(self._runner.create_instance(det))


class _Watched(WorkflowInstance):
    def __init__(self, instance: WorkflowInstance) -> None:
        self._instance = instance
        self._length = 0
        """Of the history, in events, as far as this workflow has seen it."""

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        """Let the workflow go on, unless its history has become shorter, and always let it go.

        :raises HistoryShrunk: when it has; the workflow task then fails, and nothing is written.
        """
        if not any(job.HasField("remove_from_cache") for job in act.jobs):
            if act.history_length < self._length:
                raise HistoryShrunk(f"{act.history_length} events after {self._length}")
            self._length = act.history_length
        return self._instance.activate(act)

    def get_serialization_context(self, command_info: Any) -> SerializationContext | None:
        """Give none: our converter does not go by one, and the library asks three times for each payload."""
        return None

    def get_external_store_context(self, command_info: Any) -> StorageDriverStoreContext:
        return _STORED_NOWHERE_ELSE

    def get_info(self) -> Info:
        return self._instance.get_info()

    def get_thread_id(self) -> int | None:
        return self._instance.get_thread_id()
