"""Cases under way survive a new version: histories of every path and version are replayed by the workflow as it is now.

How to change a workflow, and what to record then: docs/changing-workflows.md.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from temporalio.client import WorkflowHistory
from temporalio.worker import Interceptor, Replayer, WorkflowRunner
from temporalio.workflow import NondeterminismError

from rules.lone_application.kinds import KINDS
from runtime.sent_traces import Traces
from temporal.converter import DATA_CONVERTER
from temporal.step_names import LOOK
from temporal.traces import worker_traces
from tests.support.fingerprints import HOW_TO_MEND, fingerprint, stored_fingerprints
from tests.support.histories import HISTORIES, read_history, versions_of
from tests.support.sandbox import sandboxed_runner
from tests.support.steps_in_histories import activity_of, is_step, rename
from worker import workflow_runner
from workflows.bulk_file import BulkFileWorkflow
from workflows.procedure import ProcedureWorkflow

FILES = sorted(HISTORIES.glob("*.json"))
PATHS = {
    "accepted",
    "rejected",
    "expired",
    "withdrawn",
    "withdrawn_at_the_grid",
    "withdrawn_on_its_way",
    "cancel_impossible",
    "unmatched",
    "not_matched_on_its_day",
    "corrected",
    "grid_down_for_a_day",
    "completed",
    "lone_completed",
    "lone_corrected",
    "lone_cancelled_on_its_way",
    "lone_grid_down_for_a_day",
    "lone_met_by_another",
    "lone_unmatched",
    "lone_gave_way",
    "stood_back",
    *(f"lone_{kind.value}" for kind, rules in KINDS.items() if not rules.matched),
    "maintenance_window",
    "grid_away_and_told",
    "amended",
    "one_cancelled_and_filed_again",
    "cancelled_by_the_grid",
    "date_moved_after_matching",
    "completed_before_its_day",
    "completed_after_its_day",
    "meter_work_found_unnecessary",
    "completed_in_high_voltage",
    "completed_in_low_voltage_fit",
    "one_side_done_and_closed",
    "one_side_done_and_completed",
    "suspended_and_succeeded",
    "suspended_and_resumed",
    "closed",
    "recorded_by_hand",
    "lone_closed",
    "bulk_finished",
    "bulk_refused",
    "bulk_stopped",
    "bulk_paused_and_resumed",
}


def replay(
    history: WorkflowHistory, *, interceptors: Sequence[Interceptor] = (), runner: WorkflowRunner | None = None
) -> None:
    replayer = Replayer(
        workflows=[ProcedureWorkflow, BulkFileWorkflow],
        data_converter=DATA_CONVERTER,
        workflow_runner=runner or sandboxed_runner(),
        interceptors=interceptors,
    )
    try:
        asyncio.run(replayer.replay_workflow(history))
    except NondeterminismError as error:
        error.add_note(HOW_TO_MEND)
        raise


def test_every_path_has_its_history() -> None:
    assert {file.stem.partition(".")[0] for file in FILES} == set(stored_fingerprints()) == PATHS


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_stored_history_replays_in_the_sandbox_and_as_the_worker_runs_it(file: Path) -> None:
    replay(read_history(file), runner=sandboxed_runner())
    replay(read_history(file), runner=workflow_runner())


@pytest.mark.parametrize("path", ["completed", "lone_completed", "grid_down_for_a_day"])
def test_a_stored_history_replays_with_traces_too_and_makes_no_span_anew(path: str) -> None:
    exporter = InMemorySpanExporter()
    traces = Traces("test", exporter=exporter)

    replay(read_history(HISTORIES / f"{path}.json"), interceptors=worker_traces(traces))

    traces.end()
    assert exporter.get_finished_spans() == ()


@pytest.mark.parametrize("path", sorted(PATHS))
def test_the_newest_history_of_a_path_did_what_is_committed_as_its_commands(path: str) -> None:
    assert fingerprint(read_history(versions_of(path)[-1])) == stored_fingerprints()[path]


def test_a_change_in_the_order_of_steps_is_noticed() -> None:
    history = read_history(next(file for file in FILES if file.stem == "completed"))
    steps = (event for event in history.events if is_step(event))
    rename(next(step for step in steps if activity_of(step) != LOOK), LOOK)

    with pytest.raises(NondeterminismError) as error:
        replay(history)
    assert HOW_TO_MEND in error.value.__notes__
