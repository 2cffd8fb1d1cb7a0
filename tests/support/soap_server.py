"""The hub's SOAP server as a process of the tests, and plain HTTP requests to it over real mutual TLS."""

import os
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPSConnection
from pathlib import Path
from types import TracebackType
from typing import Self

from deploy.front.places import front_of
from deploy.local_certificates import Certificates
from deploy.stack.probes import all_listen
from schemas.codes import Segment
from schemas.contract import Interface
from schemas.reading import RawValue
from soap_api.services import COMMON, LOW_VOLTAGE, SERVICES, file_of, path_of
from tests.soap_support.answers import Answer, answer_of
from tests.soap_support.envelopes import request_bytes
from tests.support.front import running_front
from tests.support.processes import running_module
from tests.support.settings import Settings, environment_for


@dataclass(frozen=True)
class SoapServer:
    """Where it runs, and what opens it."""

    port: int
    certificates: Certificates
    log: Path
    front_log: Path
    front_pid: int
    pid: int
    """Of the process that was started; those that answer are its children."""

    def connect(self, certificate: Path | None) -> "Connection":
        """Open a connection, which is kept, with a client certificate or none."""
        return Connection(self, certificate)


@contextmanager
def running_soap_server(
    settings: Settings, certificates: Certificates, *, folder: Path, environment: Mapping[str, str] | None = None
) -> Iterator[SoapServer]:
    """Run the server with the front before it for a block, as the stack does: ``python -m soap_api.server``.

    :param environment: what the process needs besides the settings, such as Temporal's address.
    """
    variables = environment_for(settings, folder=folder) | {"PATH": os.environ["PATH"]} | dict(environment or {})
    log = folder / "soap.log"
    front = front_of(settings, folder=folder / "front")
    is_ready = partial(all_listen, front.soap.processes)
    with (
        running_module("soap_api.server", port=is_ready, log=log, environment=variables) as process,
        running_front(front) as (front_log, front_pid),
    ):
        yield SoapServer(settings.soap_port, certificates, log, front_log, front_pid, process.pid)


class Connection:
    """A kept connection of one client."""

    def __init__(self, server: SoapServer, certificate: Path | None) -> None:
        context = ssl.create_default_context(cafile=server.certificates.authority)
        if certificate is not None:
            context.load_cert_chain(certificate)
        self._http = HTTPSConnection("localhost", server.port, context=context, timeout=30)
        self._sockets: set[int] = set()

    @property
    def opened(self) -> int:
        """How many connections it took, should one have been closed."""
        return len(self._sockets)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def post(
        self, body: bytes, *, path: str = path_of(LOW_VOLTAGE), headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Post a body as it is, and hold the answer to all it promises."""
        wsdl = file_of(next((service for service in SERVICES if path == path_of(service)), COMMON)).read_bytes()
        whole = {"Content-Type": "text/xml; charset=utf-8"} | dict(headers or {})
        status, got, content = self._request("POST", path, body, whole)
        return answer_of(status, got, content, wsdl=wsdl)

    def get(self, path: str) -> tuple[int, bytes]:
        status, _, content = self._request("GET", path, None, {})
        return status, content

    def call(
        self, interface: Interface, values: Mapping[str, RawValue], *, segment: Segment = Segment.LOW_VOLTAGE
    ) -> Answer:
        """Call an interface of a segment with values as they travel."""
        service = next(service for service in SERVICES if service.segment is (segment if interface.segments else None))
        body = request_bytes(interface.operation, values, namespace=service.namespace)
        return self.post(body, path=path_of(service))

    def _request(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[int, dict[str, str], bytes]:
        self._http.request(method, path, body=body, headers=dict(headers))
        self._sockets.add(self._http.sock.getsockname()[1])
        response = self._http.getresponse()
        http_only = {"server", "date", "connection"}
        got = {name: value for name, value in response.headers.items() if name.lower() not in http_only}
        return response.status, got, response.read()
