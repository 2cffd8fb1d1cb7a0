"""With traces, a case does what it does without; and its history replays with them and without."""

from collections.abc import Iterator

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from rules.procedure.outcomes import HistoryKind
from runtime import traces as process_traces
from runtime.sent_traces import Traces
from schemas.codes import CasePhase
from temporal.gateway import TemporalGateway
from temporal.step_names import LOOK, all_names
from temporal.traces import worker_traces
from tests.support import case_applications, decisions, referrals
from tests.support.fingerprints import difference, fingerprint
from tests.support.hub import Hub
from tests.workflows.test_replay import replay


@pytest.fixture
def exporter(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    """Keep the spans of a hub whose worker and gateway trace."""
    span_store, untraced = InMemorySpanExporter(), hub.gateway
    hub.worker.stop()
    monkeypatch.setattr(process_traces, "_traces", Traces("test", exporter=span_store))
    hub.gateway = TemporalGateway()
    hub.worker.start()
    yield span_store
    hub.worker.stop()
    hub.gateway.close()
    hub.gateway = untraced


@pytest.fixture
def withdrawn(hub: Hub, exporter: InMemorySpanExporter) -> str:
    """Make a case whose application was received and then taken back, with traces."""
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.give(case, case_applications.file_start)
    hub.wait_for_line(case, HistoryKind.RECEIVED)
    hub.give(case, referrals.withdraw)
    hub.wait_for(case, CasePhase.WITHDRAWN)
    hub.wait_closed(case)
    return case


def test_it_takes_the_same_way_and_replays_with_traces_and_without(hub: Hub, withdrawn: str) -> None:
    history, second_exporter = hub.history(withdrawn), InMemorySpanExporter()

    assert "_tracer-data" in history.events[0].workflow_execution_started_event_attributes.header.fields
    assert not (deviation := difference("withdrawn_at_the_grid", fingerprint(history))), deviation
    replay(history)
    traces = Traces("again", exporter=second_exporter)
    replay(history, interceptors=worker_traces(traces))
    traces.end()
    assert second_exporter.get_finished_spans() == ()


def test_steps_and_calls_belong_to_what_they_come_of(withdrawn: str, exporter: InMemorySpanExporter) -> None:
    traces = process_traces.traces()
    assert traces is not None
    traces.end()

    spans = sorted(exporter.get_finished_spans(), key=lambda span: span.start_time or 0)
    requests = [_trace(span) for span in spans if span.name == "deliver"]
    opened, decided, filed, withdrew = requests
    assert [_trace(span) for span in spans if span.name == "StartActivity:call-grid"] == [filed, withdrew]
    steps = {f"StartActivity:{name}" for name in all_names()}
    assert [_trace(span) for span in spans if span.name in steps] == [
        decided,
        *[filed, filed],  # stored, and received
        *[withdrew, withdrew],  # asked for, and done at the grid operator
    ]
    assert [_trace(span) for span in spans if span.name == f"StartActivity:{LOOK}"] == [opened]


def _trace(span: ReadableSpan) -> int:
    assert span.context is not None
    return int(span.context.trace_id)
