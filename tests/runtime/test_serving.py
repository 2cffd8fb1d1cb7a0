"""How a server meets its callers: mutual TLS, silence, an error, the end."""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from pathlib import Path
from subprocess import Popen

import pytest

from deploy.authority import Authority, issue_client_certificate, issue_server_certificate, make_authority
from runtime.tls import client_context
from tests.support.database import free_port
from tests.support.processes import running_module, stop, wait_until


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tls")


@pytest.fixture(scope="module")
def authority(folder: Path) -> Authority:
    new_authority = make_authority(folder)
    issue_server_certificate(new_authority, folder / "server.pem")
    issue_client_certificate(new_authority, folder / "client.pem", common_name="1001")
    issue_client_certificate(
        new_authority, folder / "expired.pem", common_name="1001", expires_at=datetime.now(UTC) - timedelta(minutes=1)
    )
    issue_client_certificate(make_authority(folder / "other"), folder / "foreign.pem", common_name="1001")
    return new_authority


def serving(
    port: int,
    folder: Path,
    *,
    answers_faults: bool = True,
    patience: float = 20.0,
    whole: float = 30.0,
    host: str = "127.0.0.1",
) -> AbstractContextManager[Popen[bytes]]:
    arguments = (str(port), str(folder), "yes" if answers_faults else "no", str(patience), str(whole), host)
    return running_module("tests.support.small_server", *arguments, port=port, log=log_of(port, folder))


def log_of(port: int, folder: Path) -> Path:
    return folder / f"{port}.log"


@pytest.fixture(scope="module")
def server(authority: Authority, folder: Path) -> Iterator[int]:
    port = free_port()
    with serving(port, folder):
        yield port


def get(
    port: int, folder: Path, *, certificate: str | None, path: str = "/", host: str = "localhost"
) -> tuple[int, str]:
    context = client_context(certificate=folder / "client.pem", authority=folder / "authority.pem")
    if certificate is None:
        context = ssl.create_default_context(cafile=folder / "authority.pem")
    elif certificate != "client":
        context.load_cert_chain(folder / f"{certificate}.pem")
    connection = HTTPSConnection(host, port, context=context, timeout=20)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def test_the_application_learns_who_called(server: int, folder: Path) -> None:
    assert get(server, folder, certificate="client") == (200, "1001")


def test_no_certificate_reaches_an_application_that_answers_faults(server: int, folder: Path) -> None:
    assert get(server, folder, certificate=None) == (200, "nobody")


def test_an_expired_certificate_reaches_an_application_that_answers_faults(server: int, folder: Path) -> None:
    assert get(server, folder, certificate="expired") == (200, "1001")


def test_a_certificate_of_an_unknown_authority_ends_in_the_handshake(server: int, folder: Path) -> None:
    with pytest.raises((ssl.SSLError, ConnectionError)):
        get(server, folder, certificate="foreign")


@pytest.mark.parametrize("certificate", [None, "expired", "foreign"])
def test_without_faults_only_a_sound_certificate_passes_the_handshake(
    certificate: str | None, authority: Authority, folder: Path
) -> None:
    port = free_port()
    with serving(port, folder, answers_faults=False):
        with pytest.raises((ssl.SSLError, ConnectionError)):
            get(port, folder, certificate=certificate)
        assert get(port, folder, certificate="client") == (200, "1001")


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="this machine has no IPv6")
def test_a_caller_by_ipv4_is_named_alike_where_the_server_listens_on_ipv6(authority: Authority, folder: Path) -> None:
    port = free_port()
    with serving(port, folder, host="::ffff:127.0.0.1"):
        assert get(port, folder, certificate="client", path="/from", host="127.0.0.1") == (200, "127.0.0.1")


def test_a_silent_caller_does_not_keep_the_only_thread(authority: Authority, folder: Path) -> None:
    port = free_port()
    with serving(port, folder, patience=1.0), socket.create_connection(("127.0.0.1", port)) as silent:
        silent.sendall(b"\x16")
        assert get(port, folder, certificate="client") == (200, "1001")


@pytest.mark.parametrize(
    "at_once",
    [b"", b"GET / HTTP/1.1\r\n", b"POST /reading HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n"],
    ids=["request-line", "headers", "body"],
)
def test_a_caller_that_sends_byte_by_byte_does_not_keep_the_only_thread(
    authority: Authority, folder: Path, at_once: bytes
) -> None:
    port = free_port()
    with serving(port, folder, whole=1.0), line_to(port, folder) as slow, dripping_into(slow, at_once):
        assert get(port, folder, certificate="client") == (200, "1001")


def test_a_handshake_that_comes_byte_by_byte_does_not_keep_the_only_thread(authority: Authority, folder: Path) -> None:
    port = free_port()
    begun = b"\x16\x03\x01\x3f\xff"
    with serving(port, folder, whole=1.0), socket.create_connection(("127.0.0.1", port)) as slow:
        dripped = dripping_into(slow, begun)
        with dripped:
            assert get(port, folder, certificate="client") == (200, "1001")


def test_a_caller_that_takes_its_answer_byte_by_byte_does_not_keep_the_only_thread(
    authority: Authority, folder: Path
) -> None:
    port, over = free_port(), threading.Event()
    with serving(port, folder, whole=1.0), line_to(port, folder) as slow:
        slow.sendall(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert slow.recv(1) == b"H"
        taking = threading.Thread(target=lambda: [slow.recv(1) for _ in iter(lambda: over.wait(0.02), True)])
        taking.start()
        try:
            assert get(port, folder, certificate="client") == (200, "1001")
        finally:
            over.set()
            taking.join(20)


def line_to(port: int, folder: Path) -> ssl.SSLSocket:
    context = client_context(certificate=folder / "client.pem", authority=folder / "authority.pem")
    return context.wrap_socket(socket.create_connection(("127.0.0.1", port)), server_hostname="localhost")


@contextmanager
def dripping_into(line: socket.socket, at_once: bytes) -> Iterator[None]:
    """Send some bytes, and then one now and then, for as long as the block lasts."""
    over = threading.Event()

    def drip() -> None:
        with suppress(OSError):  # the server hangs up, as it should
            while not over.wait(0.02):
                line.send(b"a")

    line.sendall(at_once + b"a")
    dripping = threading.Thread(target=drip)
    dripping.start()
    try:
        yield
    finally:
        over.set()
        dripping.join(20)


def test_an_error_is_logged_by_its_kind_and_not_by_its_words(server: int, folder: Path) -> None:
    status, _ = get(server, folder, certificate="client", path="/broken")

    assert status == 500
    log = log_of(server, folder)
    wait_until(lambda: "ValueError" in log.read_text(), what="the error in the log")
    logged = [json.loads(line) for line in log.read_text().splitlines()]
    assert [line["exception"] for line in logged if "exception" in line] == [["builtins.ValueError"]]
    assert "髙橋" not in json.dumps(logged, ensure_ascii=False)


def test_a_request_under_way_is_answered_before_the_server_stops(authority: Authority, folder: Path) -> None:
    port = free_port()
    answers: list[tuple[int, str]] = []
    asking = threading.Thread(target=lambda: answers.append(get(port, folder, certificate="client", path="/slow")))
    with serving(port, folder) as process:
        asking.start()
        wait_until((folder / "called").exists, what="the request")
        process.terminate()
        wait_until(lambda: "Handling signal: term" in log_of(port, folder).read_text(), what="the signal")
        (folder / "answer").touch()
        asking.join(20)
        assert answers == [(200, "1001")]
        assert stop(process) == 0
