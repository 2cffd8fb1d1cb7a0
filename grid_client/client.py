"""Calls to the grid operators' systems (スイッチング連携システム): written by zeep, read by the catalogue."""

import threading
import time
from typing import Any

import requests
from structlog.contextvars import bound_contextvars
from zeep import Client
from zeep.exceptions import ValidationError

from grid_client import figures
from grid_client.answers import Question, read_answer
from grid_client.call_clock import CallClock
from grid_client.contracts import SETTINGS, contract
from grid_client.errors import GridFault, GridUnreachable, UnreadableAnswer, UnsendableRequest
from grid_client.failures import unreachable
from grid_client.mapping import to_zeep
from grid_client.transport import GridTransport
from grid_client.unreadable_answers import note_unreadable
from runtime.bounded_answers import UnusableBody
from runtime.settings.shared import GridCallSettings
from runtime.traces import span
from schemas.codes import Area, Segment
from schemas.grid import grid_interface


class GridClient:
    """May be shared by threads; each has its own connections, which are kept."""

    def __init__(self, settings: GridCallSettings) -> None:
        """Read the contracts now, so that no call waits for it, and servers share them with those that they fork."""
        for segment in Segment:
            contract(segment)
        self._settings = settings
        self._own = threading.local()

    def call(self, *, area: Area, segment: Segment, interface_number: str, request: object) -> object:
        """Send a request of the grid's interfaces and give the answer of the catalogue.

        :raises GridUnreachable: when no answer came; it says whether the request may have been taken.
        :raises GridFault: when the grid operator answers with a fault.
        :raises UnsendableRequest: when the request breaks the contract.
        """
        began, outcome = time.perf_counter(), "ok"
        try:
            with bound_contextvars(area=area.value, interface=interface_number), span("grid", kind="client"):
                return self._call(area, segment, interface_number, request)
        except GridUnreachable as away:
            outcome = away.reason
            raise
        except GridFault as fault:
            outcome = fault.code
            raise
        except BaseException as error:
            outcome = type(error).__name__
            raise
        finally:
            figures.CALLS.labels(area.value, interface_number, outcome).inc()
            figures.SECONDS.labels(area.value).observe(time.perf_counter() - began)

    def _call(self, area: Area, segment: Segment, interface_number: str, request: object) -> object:
        interface = grid_interface(interface_number, segment)
        operation = getattr(self._service(area, segment), interface.operation)
        self._clock().begin(seconds=self._settings.grid_call_timeout)
        try:
            answer = operation(**to_zeep(request, segment=segment))
            return self._read(answer, Question(area, segment, interface, request))
        except ValidationError as error:
            raise UnsendableRequest(".".join(str(step) for step in error.path)) from None
        except UnusableBody as error:
            unreadable = UnreadableAnswer(area, str(error))
            note_unreadable(area, interface.number, unreadable.places)
            raise unreadable from None
        except requests.RequestException as error:
            raise unreachable(error, area=area) from None

    def _read(self, answer: requests.Response, question: Question) -> object:
        try:
            read = read_answer(answer, question)
        except UnreadableAnswer as unreadable:
            note_unreadable(question.area, question.interface.number, unreadable.places)
            raise
        if read.left_out:
            note_unreadable(question.area, question.interface.number, read.left_out)
        return read.message

    def _service(self, area: Area, segment: Segment) -> Any:
        client = self._client(segment)
        address = self._settings.grid_url.format(area=area.value, segment=segment.value)
        (binding,) = client.wsdl.bindings
        return client.create_service(binding, address)  # type: ignore[no-untyped-call]

    def _client(self, segment: Segment) -> Client:
        clients: dict[Segment, Client] = self._own.__dict__.setdefault("clients", {})
        if segment not in clients:
            clients[segment] = Client(  # type: ignore[no-untyped-call]
                contract(segment), transport=GridTransport(self._settings, self._clock()), settings=SETTINGS
            )
        return clients[segment]

    def _clock(self) -> CallClock:
        clock: CallClock = self._own.__dict__.setdefault("clock", CallClock())
        return clock
