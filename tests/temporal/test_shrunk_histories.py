"""A workflow whose history has become shorter does nothing any more; tests/faults sets a whole store back."""

from typing import Any, cast

import pytest
from temporalio.bridge.proto.workflow_activation import (
    RemoveFromCache,
    ResolveActivity,
    WorkflowActivation,
    WorkflowActivationJob,
)
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails, WorkflowRunner

from temporal.shrunk_histories import HistoryShrunk, NoShrunkHistories

NOTHING = cast(WorkflowInstanceDetails, None)


class Recording(WorkflowRunner):
    """A runner whose workflows note how long the histories were that they were given."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def prepare_workflow(self, defn: Any) -> None:
        pass

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        return cast(WorkflowInstance, RecordingInstance(self.lengths))


class RecordingInstance:
    def __init__(self, lengths: list[int]) -> None:
        self._lengths = lengths

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        self._lengths.append(act.history_length)
        return WorkflowActivationCompletion(run_id=act.run_id)


def went_on(length: int) -> WorkflowActivation:
    job = WorkflowActivationJob(resolve_activity=ResolveActivity(seq=1))
    return WorkflowActivation(run_id="run", history_length=length, jobs=[job])


def let_go() -> WorkflowActivation:
    return WorkflowActivation(run_id="run", jobs=[WorkflowActivationJob(remove_from_cache=RemoveFromCache())])


@pytest.fixture
def inner() -> Recording:
    return Recording()


@pytest.fixture
def workflow(inner: Recording) -> WorkflowInstance:
    """Make a workflow that has seen 25 events."""
    instance = NoShrunkHistories(inner).create_instance(NOTHING)
    for length in (3, 20, 25):
        assert instance.activate(went_on(length)).run_id == "run"
    return instance


def test_a_history_that_grows_or_stays_is_followed(inner: Recording, workflow: WorkflowInstance) -> None:
    workflow.activate(went_on(25))
    workflow.activate(went_on(26))

    assert inner.lengths == [3, 20, 25, 25, 26]


def test_on_a_shorter_one_the_workflow_does_nothing(inner: Recording, workflow: WorkflowInstance) -> None:
    for length in (24, 3):
        with pytest.raises(HistoryShrunk, match=f"{length} events after 25"):
            workflow.activate(went_on(length))

    assert inner.lengths == [3, 20, 25]


def test_it_can_always_be_let_go(inner: Recording, workflow: WorkflowInstance) -> None:
    with pytest.raises(HistoryShrunk):
        workflow.activate(went_on(24))

    workflow.activate(let_go())

    assert inner.lengths == [3, 20, 25, 0]


def test_another_run_begins_anew(inner: Recording, workflow: WorkflowInstance) -> None:
    NoShrunkHistories(inner).create_instance(NOTHING).activate(went_on(3))

    assert inner.lengths[-1] == 3
