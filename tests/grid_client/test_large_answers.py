"""An answer that would fill the memory is given up early: packed or not, with a length or without."""

import gzip
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from itertools import chain, repeat
from pathlib import Path

import pytest

from grid_client.client import GridClient
from grid_client.errors import UnreadableAnswer
from grid_client.transport import MOST_BYTES
from schemas.codes import ApplicationKind, Segment
from schemas.grid import HUB_ITSELF, grid_namespace
from tests.soap_support.envelopes import request_bytes
from tests.support.flooding_server import FloodingServer, flooding
from tests.support.grid import Grid
from tests.support.grid_requests import start_request

GIGABYTES = 4 * 1024**3
_SPACES = b" " * 65_536
_BUFFERS = 8 * 1024 * 1024
"""More than the sockets between two processes of one machine hold."""


def bomb() -> Iterator[bytes]:
    """Pack four gigabytes of spaces into four megabytes of gzip."""
    packer, mebibyte = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16), b" " * 1024**2
    first, again = (packer.compress(mebibyte) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return chain([first], repeat(again, GIGABYTES // 1024**2 - 1))


def serving(grid: Grid, headers: bytes, body: object) -> AbstractContextManager[FloodingServer]:
    certificate = Path(grid.server.environment["HUB_GRID_STUB_CERTIFICATE"])
    return flooding(certificate, authority=grid.server.authority.certificate, headers=headers, body=body)  # type: ignore[arg-type]


def ask(grid: Grid, server: FloodingServer) -> object:
    client = GridClient(grid.server.settings(grid_url=f"https://localhost:{server.port}/grid/{{area}}/{{segment}}"))
    return grid.send(ApplicationKind.START, start_request(effective_date=grid.day()), client=client)


@pytest.fixture
def memory() -> Iterator[None]:
    """See that the test's own memory, at its peak, stays within a few times the limit."""
    tracemalloc.start()
    yield
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6 * MOST_BYTES


@pytest.mark.usefixtures("memory")
def test_a_packed_answer_is_unpacked_to_its_limit_and_no_further(grid: Grid) -> None:
    with serving(grid, b"Content-Encoding: gzip\r\n", bomb()) as server, pytest.raises(UnreadableAnswer) as error:
        ask(grid, server)

    assert error.value.places == ("too-large",)
    assert server.taken < MOST_BYTES


@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize("announced", [b"", f"Content-Length: {GIGABYTES}\r\n".encode()], ids=["endless", "announced"])
def test_a_plain_answer_is_taken_to_its_limit_and_no_further(grid: Grid, announced: bytes) -> None:
    body = repeat(_SPACES, GIGABYTES // len(_SPACES))
    with serving(grid, announced, body) as server, pytest.raises(UnreadableAnswer) as error:
        ask(grid, server)

    assert error.value.places == ("too-large",)
    assert server.taken < MOST_BYTES + _BUFFERS


@pytest.mark.parametrize(
    ("headers", "body", "place"),
    [
        (b"Content-Encoding: gzip\r\n", b"<a/>", "not-gzip"),
        (b"Content-Encoding: gzip\r\n", gzip.compress(b"<a/>")[:-9], "incomplete"),
        (b"Content-Encoding: gzip\r\n", b"", "incomplete"),
        (b"Content-Encoding: br\r\n", b"<a/>", "content-encoding"),
        (b"Content-Encoding: gzip, gzip\r\n", gzip.compress(gzip.compress(b"<a/>")), "content-encoding"),
    ],
    ids=["not packed", "cut", "empty", "another packing", "packed twice"],
)
def test_what_cannot_be_unpacked_is_unreadable(grid: Grid, headers: bytes, body: bytes, place: str) -> None:
    with serving(grid, headers, [body]) as server, pytest.raises(UnreadableAnswer) as error:
        ask(grid, server)

    assert error.value.places == (place,)


def test_a_packed_answer_of_the_usual_size_is_read(grid: Grid) -> None:
    sent = grid.start()

    plain = grid.request(
        "POST",
        "/grid/03/low_voltage",
        data=status_question(sent.application_number),
        headers={"Content-Type": "text/xml; charset=utf-8"},
    ).content
    with serving(grid, b"Content-Encoding: gzip\r\n", [gzip.compress(plain)]) as server:
        client = GridClient(grid.server.settings(grid_url=f"https://localhost:{server.port}/{{area}}/{{segment}}"))
        status = Grid(grid.server, client, grid.database).status(ApplicationKind.START, sent.application_number)

    assert status == grid.status(ApplicationKind.START, sent.application_number)


def status_question(number: str) -> bytes:
    values = {"messageId": "M-1", "retailerCode": HUB_ITSELF, "applicationNumber": number}
    return request_bytes("getStartApplicationStatus", values, namespace=grid_namespace(Segment.LOW_VOLTAGE))
