"""A receiver of traces as a collector is one: OTLP over HTTP, read by the protocol's own messages."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import KeyValue


@dataclass(frozen=True)
class ReceivedSpan:
    """One span, as it was sent."""

    process: str
    name: str
    trace: str
    id: str
    parent: str
    attributes: dict[str, str]
    links: tuple[str, ...]
    """Traces that it is linked to."""
    status: str


@dataclass
class TraceReceiver:
    """Keeps what it was sent."""

    port: int = 0
    spans: list[ReceivedSpan] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where to send, as OTEL_EXPORTER_OTLP_ENDPOINT."""
        return f"http://127.0.0.1:{self.port}"

    def take(self, body: bytes) -> None:
        """Read a request and keep its spans."""
        self.bodies.append(body)
        for resource_spans in ExportTraceServiceRequest.FromString(body).resource_spans:
            process = _values(resource_spans.resource.attributes)["service.name"]
            for scope in resource_spans.scope_spans:
                self.spans += [
                    ReceivedSpan(
                        process=process,
                        name=span.name,
                        trace=span.trace_id.hex(),
                        id=span.span_id.hex(),
                        parent=span.parent_span_id.hex(),
                        attributes=_values(span.attributes),
                        links=tuple(link.trace_id.hex() for link in span.links),
                        status=span.status.message,
                    )
                    for span in scope.spans
                ]

    def ancestry(self, span: ReceivedSpan) -> list[str]:
        """Name a span and those above it that were sent, each with its process."""
        by_id = {span.id: span for span in self.spans}
        names = []
        current: ReceivedSpan | None = span
        while current is not None:
            names.append(f"{current.process}: {current.name}")
            current = by_id.get(current.parent)
        return names


@contextmanager
def trace_receiver() -> Iterator[TraceReceiver]:
    receiver = TraceReceiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/v1/traces"
            receiver.take(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Log nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    receiver.port = server.server_port
    threading.Thread(target=server.serve_forever, name="trace-receiver", daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()


def _values(pairs: Iterable[KeyValue]) -> dict[str, str]:
    return {pair.key: pair.value.string_value for pair in pairs}
