"""Waking the open cases after the business clock was moved or a store restored."""

import os
import subprocess
import sys
from datetime import timedelta

import click
import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from temporalio.client import WorkflowExecutionStatus

from models.handovers import is_started
from runtime import traces as process_traces
from runtime.sent_traces import Traces
from schemas.codes import CasePhase
from tests.support import referrals
from tests.support.cast import SECOND_POINT
from tests.support.hub import Hub
from tests.support.processes import ROOT
from upkeep.reading import duration


def test_a_case_without_a_workflow_gets_one(hub: Hub) -> None:
    case = referrals.open_case(hub.database)

    assert hub.wake().missed == []

    with hub.database.transaction() as session:
        assert is_started(session, case_number=case)
    assert hub.give(case, referrals.withdraw).phase is CasePhase.WITHDRAWN


def test_cases_that_could_not_be_reached_are_named(hub: Hub) -> None:
    case = hub.open()
    hub.wait_idle(case)
    hub.server.stop()

    missed = hub.wake().missed

    hub.server.start()
    assert missed == [case]


def test_a_case_whose_workflow_has_completed_gets_another(hub: Hub) -> None:
    case = hub.open()
    as_open = hub.row(case)
    hub.give(case, referrals.withdraw)
    hub.wait_closed(case)
    hub.put_row_back(case, as_open)

    assert hub.wake().missed == []

    assert hub.description(case).status is WorkflowExecutionStatus.RUNNING


def test_a_case_that_cannot_be_woken_holds_up_no_other_and_is_named(hub: Hub) -> None:
    broken, whole = hub.open(), hub.open(point_number=SECOND_POINT)
    for case in (broken, whole):
        hub.terminate(case)
    hub.sql("UPDATE cases SET state = '{}' WHERE case_number = :n", n=broken)

    assert hub.wake().missed == [broken]

    assert hub.description(whole).status is WorkflowExecutionStatus.RUNNING


def test_each_case_is_woken_in_a_trace_of_its_own(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    woken = {hub.open(), hub.open(point_number=SECOND_POINT)}
    exporter = InMemorySpanExporter()
    traces = Traces("waking", exporter=exporter)
    monkeypatch.setattr(process_traces, "_traces", traces)

    assert hub.wake().missed == []

    traces.end()
    spans = [span for span in exporter.get_finished_spans() if span.name == "wake"]
    assert woken <= {(span.attributes or {})["hub.case_number"] for span in spans}
    assert len({span.context.trace_id for span in spans}) == len(spans)


def test_a_duration_is_read_in_days_hours_minutes_and_seconds() -> None:
    assert duration("1d12h30m5s") == timedelta(days=1, hours=12, minutes=30, seconds=5)


@pytest.mark.parametrize("text", ["", "2", "d", "-1h", "1h x", "1.5h", "0h", "99999999d", "9" * 30 + "d"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(click.BadParameter):
        duration(text)


def test_from_the_command_line_it_needs_no_secret_and_says_how_many_were_woken(hub: Hub, database_url: str) -> None:
    hub.open()
    hub.open(point_number=SECOND_POINT)
    environment = os.environ | {"DATABASE_URL": database_url, "TEMPORAL_ADDRESS": hub.server.address}

    done = subprocess.run(
        [sys.executable, "-m", "upkeep", "wake"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )

    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "起こした案件 2 件"), done.stdout + done.stderr
