"""A case whose history became shorter under its worker writes nothing, is played anew, and goes on."""

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.worker import Worker

from schemas.codes import CasePhase
from tests.support import case_applications, decisions
from tests.support.hub import Hub


def test_a_case_is_read_anew_and_goes_on(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    case = hub.open()
    hub.wait_idle(case)
    poll, shortened = Worker.poll_workflow_activation, list[int]()

    async def poll_shortened(worker: Worker) -> WorkflowActivation:
        activation = await poll(worker)
        if not shortened and activation.history_length > 1 and activation.jobs[0].HasField("resolve_activity"):
            shortened.append(activation.history_length)
            activation.history_length = 1
        return activation

    monkeypatch.setattr(Worker, "poll_workflow_activation", poll_shortened)

    assert hub.give(case, decisions.decide).phase is CasePhase.AWAITING_APPLICATIONS

    failed = [
        event.workflow_task_failed_event_attributes.failure.message
        for event in hub.history(case).events
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED
    ]
    assert len(shortened) == len(failed) == 1
    assert failed[0].startswith("1 events after")
    assert hub.give(case, case_applications.file_start).refusal is None
