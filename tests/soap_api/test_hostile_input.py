"""Input made to do harm, over mutual TLS to the real server: each costs little, is answered, and harms nobody else."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from models.database import Database
from schemas.interfaces.participants import PARTICIPANT_LIST
from soap_api.services import COMMON, LOW_VOLTAGE, file_of
from tests.soap_api.conftest import Connect
from tests.soap_support.answers import answer_of
from tests.soap_support.hostile import MARK, Hostile, hostile_inputs
from tests.support.cast import NEW
from tests.support.database_contents import row_counts
from tests.support.processor_time import family, processor_seconds
from tests.support.soap_server import SoapServer

MOST_SECONDS = 0.5
"""Of processor time, that one input may cost the server, with its answer."""
LONGEST_LINE = 1_000
"""Characters of a line in the log."""


@pytest.mark.parametrize("name", hostile_inputs())
def test_it_costs_little_and_is_refused(
    name: str,
    connect: Connect,
    soap_process: SoapServer,
    retailers: Database,
    record_property: Callable[[str, object], None],
) -> None:
    hostile = hostile_inputs()[name]
    caller = connect(NEW)
    assert caller.call(PARTICIPANT_LIST, {"messageId": "M-1"}).status == 200
    pids, stored, logged = family(soap_process.pid), row_counts(retailers), _logged(soap_process)
    assert len(pids) > 1
    before = processor_seconds([*pids, soap_process.front_pid])

    status, code = exchange(soap_process, hostile)

    cost = processor_seconds([*pids, soap_process.front_pid]) - before
    record_property("processor_seconds", round(cost, 2))
    assert cost < MOST_SECONDS
    assert (status, code) in hostile.answers
    assert caller.call(PARTICIPANT_LIST, {"messageId": "M-1"}).status == 200
    assert family(soap_process.pid) == pids
    assert row_counts(retailers) == stored
    for log, before_it in logged.items():
        lines = log.read_text()[before_it:]
        assert MARK not in lines
        assert max(map(len, lines.splitlines()), default=0) < LONGEST_LINE


def _logged(server: SoapServer) -> dict[Path, int]:
    """Give how long each log is."""
    return {log: len(log.read_text()) for log in (server.log, server.front_log)}


def exchange(server: SoapServer, hostile: Hostile) -> tuple[int, str | None]:
    """Give status and message code of the answer; the code is None where it is one of HTTP alone."""
    with line_to(server) as line:
        with suppress(OSError):  # it may be refused before all is sent
            line.sendall(hostile.wire)
        received = b""
        while piece := line.recv(65_536):
            received += piece
    assert MARK.encode() not in received
    assert len(received) < 200_000, "an answer is not as large as what was sent"
    head, _, body = received.partition(b"\r\n\r\n")
    status, *headers = head.decode().split("\r\n")
    if "text/xml" not in head.decode():
        return int(status.split()[1]), None
    answer = answer_of(
        int(status.split()[1]),
        dict(each.split(": ", 1) for each in headers),
        body,
        wsdl=_wsdl_of(body),
    )
    return answer.status, answer.code


def _wsdl_of(body: bytes) -> bytes:
    """Choose the WSDL that a fault is written by: that of all services, where what was sent names no address."""
    service = COMMON if COMMON.namespace.encode() in body else LOW_VOLTAGE
    return file_of(service).read_bytes()


@contextmanager
def line_to(server: SoapServer) -> Iterator[ssl.SSLSocket]:
    context = ssl.create_default_context(cafile=server.certificates.authority)
    context.load_cert_chain(server.certificates.retailer(NEW))
    plain = socket.create_connection(("localhost", server.port), timeout=60)
    with context.wrap_socket(plain, server_hostname="localhost") as line:
        yield line
