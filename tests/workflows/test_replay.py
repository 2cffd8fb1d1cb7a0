"""Cases under way survive a new version: histories recorded before are replayed by the workflow as it is now.

``pytest tests/workflows/test_outcomes.py --record-histories`` records them anew, which is right only as
long as no case runs anywhere; later, a change comes under ``workflow.patched`` and with a further history.
"""

import asyncio
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

from contracts.names import CALL_GRID, RECORD_STEP
from contracts.temporal import DATA_CONVERTER
from rules.application.kinds import KINDS
from tests.support.histories import read_history
from worker import workflow_runner
from workflows.switching_case import SwitchingCase

HISTORIES = sorted((Path(__file__).parents[1] / "histories").glob("*.json"))
PATHS = {
    "accepted",
    "rejected",
    "expired",
    "withdrawn",
    "withdrawn_at_the_grid",
    "withdrawn_on_its_way",
    "cancel_impossible",
    "unmatched",
    "corrected",
    "grid_down_for_a_day",
    "completed",
    "lone_completed",
    "lone_corrected",
    "lone_cancelled_on_its_way",
    "lone_grid_down_for_a_day",
    "lone_met_by_another",
    "lone_unmatched",
    *(f"lone_{kind.value}" for kind, rules in KINDS.items() if not rules.matched),
}


def replay(history: WorkflowHistory) -> None:
    replayer = Replayer(
        workflows=[SwitchingCase], data_converter=DATA_CONVERTER, workflow_runner=workflow_runner(), interceptors=[]
    )
    asyncio.run(replayer.replay_workflow(history))


def test_every_path_has_its_history() -> None:
    assert {file.stem for file in HISTORIES} == PATHS


@pytest.mark.parametrize("file", HISTORIES, ids=lambda file: file.stem)
def test_a_stored_history_replays(file: Path) -> None:
    replay(read_history(file))


def test_a_change_in_the_order_of_steps_is_noticed() -> None:
    history = read_history(next(file for file in HISTORIES if file.stem == "completed"))
    first_step = next(
        event
        for event in history.events
        if event.activity_task_scheduled_event_attributes.activity_type.name == RECORD_STEP
    )
    first_step.activity_task_scheduled_event_attributes.activity_type.name = CALL_GRID

    with pytest.raises(NondeterminismError):
        replay(history)
