"""Calls to the grid operators' systems (スイッチング連携システム): zeep over mutual TLS, with time limits."""

import threading
import time
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from structlog.contextvars import bound_contextvars
from urllib3.util.ssl_ import create_urllib3_context
from zeep import Client
from zeep import Settings as ZeepSettings
from zeep.exceptions import Error as ZeepError
from zeep.exceptions import Fault, ValidationError
from zeep.transports import Transport

from grid_client import figures
from grid_client.errors import GridFault, GridUnreachable, UnreadableAnswer, UnsendableRequest
from grid_client.failures import fault_of, unreachable
from grid_client.mapping import from_zeep, to_zeep
from runtime.settings import Settings
from runtime.timed_sockets import CallClock
from runtime.traces import span, trace_headers
from schemas.codes import Area, Segment
from schemas.grid import grid_interface

_WSDLS = Path(__file__).parents[1] / "grid_stub" / "wsdl"
"""The committed contract with the grid operators: no WSDL is ever fetched."""


class GridClient:
    """May be shared by threads; each has its own connections, which are kept."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._own = threading.local()

    def call(self, *, area: Area, segment: Segment, interface_number: str, request: object) -> object:
        """This function will send a request of the grid's interfaces and give the answer of the catalogue.

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
            return from_zeep(answer, interface.response, segment=segment)
        except Fault as fault:
            raise fault_of(fault, area=area) from None
        except ValidationError as error:
            raise UnsendableRequest(".".join(str(step) for step in error.path)) from None
        except requests.RequestException as error:
            raise unreachable(error, area=area) from None
        except (ZeepError, UnreadableAnswer):
            raise GridUnreachable(area, "unreadable-answer", outcome_unknown=True) from None

    def _service(self, area: Area, segment: Segment) -> Any:
        client = self._client(segment)
        address = self._settings.grid_url.format(area=area.value, segment=segment.value)
        (binding,) = client.wsdl.bindings
        return client.create_service(binding, address)  # type: ignore[no-untyped-call]

    def _client(self, segment: Segment) -> Client:
        clients: dict[Segment, Client] = self._own.__dict__.setdefault("clients", {})
        if segment not in clients:
            clients[segment] = Client(  # type: ignore[no-untyped-call]
                str(_WSDLS / f"{segment.value}.wsdl"),
                transport=self._transport(),
                settings=ZeepSettings(forbid_dtd=True, forbid_external=True),
            )
        return clients[segment]

    def _clock(self) -> CallClock:
        clock: CallClock = self._own.__dict__.setdefault("clock", CallClock())
        return clock

    def _transport(self) -> Transport:
        session = requests.Session()
        session.trust_env = False  # neither proxies nor authorities from the environment
        session.cert = str(self._settings.grid_client_certificate)
        session.verify = str(self._settings.tls_authority)
        session.mount("https://", _TimedAdapter(self._clock()))
        limits = (self._settings.grid_connect_timeout, self._settings.grid_read_timeout)
        return Transport(session=session, operation_timeout=limits)  # type: ignore[no-untyped-call]


class _TimedAdapter(HTTPAdapter):
    """Keeps a connection to each area, and ends a call with its clock however slowly its answer comes."""

    def __init__(self, clock: CallClock) -> None:
        self._context = create_urllib3_context()
        self._context.sslsocket_class = clock.sockets()
        super().__init__(pool_connections=len(Area), pool_maxsize=1, max_retries=0)

    def add_headers(self, request: requests.PreparedRequest, **more: Any) -> None:
        """This method will have the grid operator's own traces, if it keeps any, belong to the one under way."""
        request.headers.update(trace_headers())

    def init_poolmanager(self, *limits: Any, **more: Any) -> None:
        """This method will have all connections made with the timed sockets."""
        super().init_poolmanager(*limits, **more, ssl_context=self._context)
