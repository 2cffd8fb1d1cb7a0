"""Traces (OpenTelemetry): how long the parts of a request took, across processes.

Off unless the environment names where to send them, and then nothing of OpenTelemetry is imported. What a span says of
what it is about are the values that the lines logged meanwhile bear: numbers and codes, never personal data.
"""

import os
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runtime.sent_traces import Kind, Traces

_ADDRESSES = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_PROTOCOLS = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
_SPOKEN = "http/protobuf"

_traces: "Traces | None" = None


class UnknownProtocol(ValueError):
    """The environment asks for a way of sending traces that there is not; the text names it."""


def are_wanted(environment: Mapping[str, str]) -> bool:
    """Tell whether an environment has traces sent, by OpenTelemetry's own variables.

    :raises UnknownProtocol: when it wants them sent otherwise than by HTTP.
    """
    if environment.get("OTEL_SDK_DISABLED", "").lower() == "true" or environment.get("OTEL_TRACES_EXPORTER") == "none":
        return False
    if not any(environment.get(name) for name in _ADDRESSES):
        return False
    protocol = next((environment[name] for name in _PROTOCOLS if environment.get(name)), _SPOKEN)
    if protocol != _SPOKEN:
        raise UnknownProtocol(f"OTEL_EXPORTER_OTLP_PROTOCOL={protocol}: only {_SPOKEN}")
    return True


def set_up_traces(process: str) -> None:
    """Have this process's spans sent, if its environment wants that; to be called once, at start.

    Other processes are waited for in no way: where nobody takes the spans, they are lost.

    :param process: its name, as its log lines bear it.
    :raises UnknownProtocol: when the environment wants them sent otherwise than by HTTP.
    """
    global _traces
    if are_wanted(os.environ):
        from runtime.sent_traces import Traces

        _traces = Traces(process)


def traces() -> "Traces | None":
    """Give what makes this process's spans; None where no traces are wanted."""
    return _traces


def span(name: str, *, kind: "Kind" = "internal", parent: str | None = None) -> AbstractContextManager[None]:
    """Note a block as a span of the trace under way, or of a new one.

    :param kind: ``server`` for a call that came in, ``client`` for one that goes out to another system.
    :param parent: what a caller's header ``traceparent`` says.
    """
    return nullcontext() if _traces is None else _traces.span(name, kind=kind, parent=parent)


def trace_headers() -> dict[str, str]:
    """Give the headers that have another system's spans belong to the trace under way."""
    return {} if _traces is None else _traces.headers()


def end_traces() -> None:
    """Send what is left, and wait a little for that; to be called before a process ends at once."""
    if _traces is not None:
        _traces.end()
