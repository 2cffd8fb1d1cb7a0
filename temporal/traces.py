"""Traces through Temporal: from a request to the steps and calls that come of it. Imported where traces are wanted.

Temporal's own interceptor makes the spans, and has all of a workflow's belong to the trace in which it was started. A
case lives for months: here a step, and the calls that it brings about, belong to the trace of the request or of the
poll that they come of. What nothing from outside caused, such as an alarm, stays in the trace of the registration.
"""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any

from opentelemetry.context import Context, attach, get_current
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from structlog.contextvars import bound_contextvars
from temporalio import client, worker
from temporalio.api.common.v1 import Payload
from temporalio.contrib.opentelemetry import TracingInterceptor
from temporalio.converter import PayloadConverter
from temporalio.worker import (
    ExecuteWorkflowInput,
    HandleSignalInput,
    HandleUpdateInput,
    StartActivityInput,
    StartLocalActivityInput,
)
from temporalio.workflow import ActivityHandle

from rules.procedure.calls import GridCall
from rules.procedure.events import Command, GridNews
from rules.steps import Step, message_concerned
from runtime.sent_traces import Traces

_HEADER = "_tracer-data"
"""Under which Temporal's own interceptor hands a trace on."""
_W3C = TraceContextTextMapPropagator()


class ClientTraces(client.Interceptor):
    """On a client: what is asked of Temporal. Not on workers made of it, whose list of interceptors names theirs."""

    def __init__(self, traces: Traces) -> None:
        self._temporals = TracingInterceptor(traces.tracer)

    def intercept_client(self, next: client.OutboundInterceptor) -> client.OutboundInterceptor:
        """Put Temporal's interceptor in front of the client."""
        return self._temporals.intercept_client(next)


def worker_traces(traces: Traces) -> list[worker.Interceptor]:
    """Give what makes the spans of a worker, in the order in which they are to stand."""
    return [TracingInterceptor(traces.tracer), CaseTraces()]


class CaseTraces(worker.Interceptor):
    """Applied to every workflow, behind Temporal's own."""

    def workflow_interceptor_class(
        self, input: worker.WorkflowInterceptorClassInput
    ) -> type[worker.WorkflowInboundInterceptor]:
        """Name what comes in between."""
        return _ComingIn


class _Origins:
    """The traces that what a case takes came in, by the key of a command, the cause of news, or the key of a call."""

    def __init__(self) -> None:
        self.of_case: Context = Context()
        self._known: dict[str, Context] = {}

    def note(self, headers: Mapping[str, Payload], causes: Iterable[str]) -> None:
        """Remember the trace that headers tell, if they do."""
        if _HEADER in headers:
            (carrier,) = PayloadConverter.default.from_payloads([headers[_HEADER]])
            self._known.update(dict.fromkeys(causes, _W3C.extract(carrier)))

    def note_call(self, key: str) -> None:
        """Remember the trace under way as that of a call; its news bring steps of it."""
        self._known[key] = get_current()

    def of_step(self, step: Step) -> Context:
        """Give the trace that a step belongs to."""
        origin = self._known.get(step.message_key or step.cause)
        if origin is not None:
            return origin
        return next((context for key, context in self._known.items() if step.cause.startswith(key)), self.of_case)


class _ComingIn(worker.WorkflowInboundInterceptor):
    def __init__(self, next: worker.WorkflowInboundInterceptor) -> None:
        super().__init__(next)
        self._origins = _Origins()

    def init(self, outbound: worker.WorkflowOutboundInterceptor) -> None:
        super().init(_GoingOut(outbound, self._origins))

    async def execute_workflow(self, input: ExecuteWorkflowInput) -> Any:
        self._origins.of_case = get_current()
        return await super().execute_workflow(input)

    async def handle_update_handler(self, input: HandleUpdateInput) -> Any:
        self._origins.note(
            input.headers, [command.message_key for command in input.args if isinstance(command, Command)]
        )
        return await super().handle_update_handler(input)

    async def handle_signal(self, input: HandleSignalInput) -> None:
        pieces = [piece for news in input.args if isinstance(news, list) for piece in news]
        self._origins.note(input.headers, [piece.cause for piece in pieces if isinstance(piece, GridNews)])
        await super().handle_signal(input)


class _GoingOut(worker.WorkflowOutboundInterceptor):
    def __init__(self, next: worker.WorkflowOutboundInterceptor, origins: _Origins) -> None:
        super().__init__(next)
        self._origins = origins

    def start_activity(self, input: StartActivityInput) -> ActivityHandle[Any]:
        with self._in_its_trace(input):
            return super().start_activity(input)

    def start_local_activity(self, input: StartLocalActivityInput) -> ActivityHandle[Any]:
        with self._in_its_trace(input):
            return super().start_local_activity(input)

    def _in_its_trace(self, input: StartActivityInput | StartLocalActivityInput) -> AbstractContextManager[None]:
        (argument,) = input.args[:1] or (None,)
        if isinstance(argument, Step):
            attach(self._origins.of_step(argument))  # for good: the calls that follow are tasks made in this context
        if isinstance(argument, GridCall):
            self._origins.note_call(argument.key)
        return bound_contextvars(**_about(argument))


def _about(argument: object) -> dict[str, str]:
    key = message_concerned(argument)
    return {} if key is None else {"message_key": key}
