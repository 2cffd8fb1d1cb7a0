"""Traces are off unless the environment names a receiver, and cost nothing then; on, they say nothing personal."""

import os
import subprocess
import sys
from typing import Any

import pytest
import structlog
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from runtime.sent_traces import Traces
from runtime.traces import UnknownProtocol, are_wanted, span, trace_headers
from tests.support.processes import ROOT

ENDPOINT = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318"}
PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, False),
        (ENDPOINT, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://collector:4318/v1/traces"}, True),
        ({**ENDPOINT, "OTEL_SDK_DISABLED": "true"}, False),
        ({**ENDPOINT, "OTEL_TRACES_EXPORTER": "none"}, False),
        ({**ENDPOINT, "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf"}, True),
    ],
)
def test_the_environment_decides(environment: dict[str, str], wanted: bool) -> None:
    assert are_wanted(environment) is wanted


def test_a_protocol_that_is_not_spoken_is_named_at_start() -> None:
    with pytest.raises(UnknownProtocol, match="grpc"):
        are_wanted({**ENDPOINT, "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"})


def test_off_no_process_imports_anything_of_it() -> None:
    code = (
        "import sys, soap_api.server, web.server, worker, sweeper.sweeping, mail.sender, grid_stub.server\n"
        "from runtime.traces import set_up_traces, span\nset_up_traces('test')\n"
        "with span('something'): print([name for name in sys.modules if name.startswith('opentelemetry')])"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OTEL_")}

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True, timeout=60, text=True
    )

    assert done.stdout == "[]\n"


def test_off_a_block_is_only_a_block() -> None:
    with span("something", kind="server", parent=PARENT):
        assert trace_headers() == {}


class Sent:
    """What a process's traces send, kept in memory."""

    def __init__(self) -> None:
        self._exporter = InMemorySpanExporter()
        self.traces = Traces("test", exporter=self._exporter)

    def spans(self) -> dict[str, ReadableSpan]:
        """End the process's traces and give what was sent."""
        self.traces.end()
        return {span.name: span for span in self._exporter.get_finished_spans()}


@pytest.fixture
def sent() -> Any:
    structlog.contextvars.clear_contextvars()
    yield Sent()
    structlog.contextvars.clear_contextvars()


def test_a_span_says_what_the_log_lines_bear_also_what_is_known_only_at_its_end(sent: Sent) -> None:
    structlog.contextvars.bind_contextvars(case_number="SW1", user_id="somebody")
    with sent.traces.span("POST", kind="server", parent=None):
        structlog.contextvars.bind_contextvars(interface="12110")

    span = sent.spans()["POST 12110"]

    assert dict(span.attributes or {}) == {"hub.case_number": "SW1", "hub.interface": "12110"}
    assert span.resource.attributes["service.name"] == "test"


def test_a_callers_trace_is_taken_up_and_handed_on(sent: Sent) -> None:
    with sent.traces.span("in", kind="server", parent=PARENT), sent.traces.span("out", kind="client", parent=None):
        headers = sent.traces.headers()

    spans = sent.spans()
    context, parent = spans["out"].context, spans["in"].parent
    assert context is not None and parent is not None
    assert headers == {"traceparent": f"00-{PARENT[3:35]}-{context.span_id:016x}-01"}
    assert f"{parent.span_id:016x}" == PARENT[36:52]


@pytest.mark.parametrize("header", ["", "nonsense", "00-" + "0" * 32 + "-" + "0" * 16 + "-01", "x" * 100_000])
def test_a_header_that_is_none_begins_a_new_trace(sent: Sent, header: str) -> None:
    with sent.traces.span("in", kind="server", parent=header):
        pass

    assert sent.spans()["in"].parent is None


def test_an_error_is_told_by_its_kind_without_words(sent: Sent) -> None:
    with pytest.raises(ValueError, match="髙橋"), sent.traces.span("step", kind="internal", parent=None):
        int("髙橋")

    span = sent.spans()["step"]

    assert span.status.description == "ValueError"
    assert "髙橋" not in span.to_json(indent=None)
    assert span.events == ()


def test_where_nobody_takes_the_spans_the_process_ends_all_the_same() -> None:
    code = (
        "import time\nfrom runtime.traces import set_up_traces, span, end_traces\nset_up_traces('test')\n"
        "with span('something'): pass\nbegan = time.monotonic()\nend_traces()\nprint(time.monotonic() - began < 8)"
    )
    environment = {**os.environ, "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1"}

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True, timeout=60, text=True
    )

    assert done.stdout == "True\n"
