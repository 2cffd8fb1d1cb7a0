"""Whatever a process reads over HTTP is limited: packed or not, with a length or without."""

import gzip
from collections.abc import Iterator
from contextlib import AbstractContextManager
from itertools import repeat
from pathlib import Path

import pytest
import requests

from deploy.authority import Authority, issue_client_certificate, issue_server_certificate, make_authority
from runtime.bounded_answers import BoundedAdapter, UnusableBody
from switching_hub_client import Connection, Hub, OutcomeOpen
from switching_hub_client.bounded import MOST_BYTES, UnusableAnswer
from tests.support.flooding_server import FloodingServer, flooding

MEBIBYTE = 1024**2
BUFFERS = 8 * MEBIBYTE
"""More than the sockets between two processes of one machine hold."""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def certificate(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return issue_server_certificate(authority, tmp_path_factory.mktemp("server") / "server.pem").path


def serving(
    certificate: Path, authority: Authority, *, headers: bytes = b"", body: Iterator[bytes] | list[bytes]
) -> AbstractContextManager[FloodingServer]:
    return flooding(certificate, authority=authority.certificate, headers=headers, body=body)


def endless() -> Iterator[bytes]:
    return repeat(b" " * 65_536, 65_536)


def bounded(authority: Authority, *, most: int) -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    session.verify = str(authority.certificate)
    session.mount("https://", BoundedAdapter(most=most))
    return session


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
@pytest.mark.parametrize("size", [0, 1, MEBIBYTE], ids=str)
def test_up_to_the_limit_an_answer_comes_as_any_other(
    certificate: Path, authority: Authority, size: int, packed: bool
) -> None:
    body = b"a" * size
    headers = b"Content-Encoding: gzip\r\n" if packed else b""
    with serving(certificate, authority, headers=headers, body=[gzip.compress(body) if packed else body]) as server:
        answer = bounded(authority, most=MEBIBYTE).get(f"https://localhost:{server.port}/")

    assert answer.content == body
    assert answer.text == body.decode()


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_a_byte_beyond_it_is_too_much(certificate: Path, authority: Authority, packed: bool) -> None:
    body = b"a" * (MEBIBYTE + 1)
    headers = b"Content-Encoding: gzip\r\n" if packed else b""
    with (
        serving(certificate, authority, headers=headers, body=[gzip.compress(body) if packed else body]) as server,
        pytest.raises(UnusableBody),
    ):
        bounded(authority, most=MEBIBYTE).get(f"https://localhost:{server.port}/")


def test_what_follows_a_packed_answer_is_not_read_with_it(certificate: Path, authority: Authority) -> None:
    body = [gzip.compress(b"a") + gzip.compress(b"b")]
    with (
        serving(certificate, authority, headers=b"Content-Encoding: gzip\r\n", body=body) as server,
        pytest.raises(UnusableBody),
    ):
        bounded(authority, most=MEBIBYTE).get(f"https://localhost:{server.port}/")


def test_an_endless_answer_is_given_up_at_the_limit(certificate: Path, authority: Authority) -> None:
    with serving(certificate, authority, body=endless()) as server, pytest.raises(UnusableBody):
        bounded(authority, most=MEBIBYTE).get(f"https://localhost:{server.port}/")

    assert server.taken < MEBIBYTE + BUFFERS


@pytest.mark.parametrize(
    ("headers", "why"), [(b"", "too-large"), (b"Content-Encoding: gzip\r\n", "content-encoding")], ids=["plain", "gzip"]
)
def test_the_retailers_client_takes_no_endless_answer(
    certificate: Path, authority: Authority, tmp_path: Path, headers: bytes, why: str
) -> None:
    own = issue_client_certificate(authority, tmp_path / "own.pem", common_name="own").path
    with serving(certificate, authority, headers=headers, body=endless()) as server:
        connection = Connection(f"https://localhost:{server.port}", own, authority.certificate)
        with pytest.raises(UnusableAnswer, match=why):
            connection.session().get(f"{connection.url}/")
        bytes_taken = server.taken
        with pytest.raises(OutcomeOpen):
            Hub(connection, patience=0).call("12210", caseNumber="SW03L20260812000000019")

    assert bytes_taken < MOST_BYTES + BUFFERS
