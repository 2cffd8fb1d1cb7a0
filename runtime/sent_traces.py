"""The sending of traces, by OpenTelemetry's SDK. Imported by :mod:`runtime.traces` alone, where they are wanted."""

import atexit
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import requests
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_NAMESPACE, Resource
from opentelemetry.sdk.trace import Span, SpanLimits, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.trace import SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from structlog.contextvars import get_contextvars

from runtime.bounded_answers import BoundedAdapter

Kind = Literal["internal", "server", "client"]

SHOWN = ("case_number", "message_id", "message_key", "interface", "retailer", "area", "segment", "outcome")
"""What a span says of what it is about, as ``hub.case_number`` and so on, where the log lines bear it."""

_TRACEPARENT = "traceparent"
"""The header of W3C Trace Context by which a caller says in whose trace a call belongs. Its sister ``tracestate`` is
neither read nor sent: it may hold anything."""
_LAST_WORDS = 3.0
"""Seconds that what is left may take to be sent when the process ends."""
_LONGEST_ANSWER = 1024 * 1024
"""Bytes of what a collector says to what it was sent."""
_NAMESPACE = "switching-hub"
_KINDS = {"internal": SpanKind.INTERNAL, "server": SpanKind.SERVER, "client": SpanKind.CLIENT}
_W3C = TraceContextTextMapPropagator()


def _session() -> requests.Session:
    session = requests.Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, BoundedAdapter(most=_LONGEST_ANSWER))
    return session


class Traces:
    """Makes this process's spans and sends them, in batches and from a thread of its own."""

    def __init__(self, process: str, *, exporter: SpanExporter | None = None) -> None:
        """Send them as OpenTelemetry's variables say, or to an exporter."""
        named = {SERVICE_NAMESPACE: _NAMESPACE}
        if not os.environ.get("OTEL_SERVICE_NAME"):
            named[SERVICE_NAME] = process
        self._provider = TracerProvider(
            resource=Resource.create(named),
            # events would carry the words of exceptions, which may quote what they stumbled over
            span_limits=SpanLimits(max_events=0),
            shutdown_on_exit=False,
        )
        self._provider.add_span_processor(_About())
        self._provider.add_span_processor(BatchSpanProcessor(exporter or OTLPSpanExporter(session=_session())))
        self.tracer = self._provider.get_tracer(_NAMESPACE)
        atexit.register(self.end)

    @contextmanager
    def span(self, name: str, *, kind: Kind, parent: str | None) -> Iterator[None]:
        """Note a block as a span; what is known of it at its end is said of it too."""
        context: Context | None = None if parent is None else _W3C.extract({_TRACEPARENT: parent})
        with self.tracer.start_as_current_span(
            name, context, _KINDS[kind], record_exception=False, set_status_on_exception=False
        ) as open_span:
            try:
                yield
            except BaseException as error:
                open_span.set_status(Status(StatusCode.ERROR, type(error).__name__))
                raise
            finally:
                about = get_contextvars()
                open_span.set_attributes(_shown(about))
                if kind == "server" and (what := about.get("interface") or about.get("screen")):
                    open_span.update_name(f"{name} {what}")

    def headers(self) -> dict[str, str]:
        """Give the headers that carry the trace under way to another system."""
        carrier: dict[str, str] = {}
        _W3C.inject(carrier)
        return {name: value for name, value in carrier.items() if name == _TRACEPARENT}

    def end(self) -> None:
        """Send what is left, and give up after a while."""
        ending = threading.Thread(target=self._provider.shutdown, name="traces-end", daemon=True)
        ending.start()
        ending.join(_LAST_WORDS)


class _About(SpanProcessor):
    """Says of every span what it is about, also of those that Temporal's library makes."""

    def on_start(self, span: Span, parent_context: Context | None = None) -> None:
        """Take what the log lines bear; of Temporal's, the workflow's id is the case number."""
        case_number = (span.attributes or {}).get("temporalWorkflowID")
        if case_number is not None:
            span.set_attribute("hub.case_number", case_number)
        span.set_attributes(_shown(get_contextvars()))


def _shown(about: dict[str, object]) -> dict[str, str]:
    return {f"hub.{name}": str(about[name]) for name in SHOWN if name in about}
