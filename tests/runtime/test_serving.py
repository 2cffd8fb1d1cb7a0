"""How a server behind the front meets its callers: who called, an error, the end. The front is the real one."""

import json
import os
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from pathlib import Path
from subprocess import Popen

import pytest

from deploy.authority import Authority, issue_client_certificate, issue_server_certificate, make_authority
from deploy.front.places import Front, front_of
from deploy.stack.environment import socket_folder
from deploy.stack.probes import all_listen
from runtime.settings.processes import FrontSettings
from runtime.tls import client_context
from tests.support.database import free_port
from tests.support.front import running_front
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


def front_in(folder: Path, **settings: object) -> Front:
    values = {
        "soap_port": free_port(),
        "web_port": free_port(),
        "front_metrics_port": free_port(),
        "soap_certificate": folder / "server.pem",
        "tls_authority": folder / "authority.pem",
        "socket_folder": socket_folder(folder / f"{free_port()}"),
    }
    return front_of(FrontSettings.model_validate(values | settings), folder=folder / f"front-{values['soap_port']}")


@contextmanager
def serving(front: Front, folder: Path) -> Iterator[Popen[bytes]]:
    (place,) = front.soap.processes
    log = log_of(front, folder)
    with (
        running_module(
            "tests.support.small_server", str(folder), place, port=lambda: all_listen([place]), log=log
        ) as process,
        running_front(front),
    ):
        yield process


def log_of(front: Front, folder: Path) -> Path:
    return folder / f"{front.soap.port}.log"


@pytest.fixture(scope="module")
def front(authority: Authority, folder: Path) -> Iterator[Front]:
    described = front_in(folder)
    with serving(described, folder):
        yield described


def get(front: Front, folder: Path, *, certificate: str | None, path: str = "/") -> tuple[int, str]:
    connection = HTTPSConnection("localhost", front.soap.port, context=context_of(folder, certificate), timeout=20)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def context_of(folder: Path, certificate: str | None) -> ssl.SSLContext:
    if certificate is None:
        return ssl.create_default_context(cafile=folder / "authority.pem")
    return client_context(certificate=folder / f"{certificate}.pem", authority=folder / "authority.pem")


def test_the_application_learns_who_called(front: Front, folder: Path) -> None:
    assert get(front, folder, certificate="client") == (200, "1001")


def test_the_application_learns_where_a_call_came_from(front: Front, folder: Path) -> None:
    assert get(front, folder, certificate="client", path="/from") == (200, "127.0.0.1")


def test_no_certificate_reaches_the_application(front: Front, folder: Path) -> None:
    assert get(front, folder, certificate=None) == (200, "nobody")


def test_an_expired_certificate_reaches_the_application(front: Front, folder: Path) -> None:
    assert get(front, folder, certificate="expired") == (200, "1001")


def test_a_certificate_of_an_unknown_authority_ends_in_the_handshake(front: Front, folder: Path) -> None:
    with pytest.raises((ssl.SSLError, ConnectionError)):
        get(front, folder, certificate="foreign")


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="this machine has no IPv6")
def test_a_caller_by_ipv4_is_named_alike_where_the_front_listens_on_ipv6(authority: Authority, folder: Path) -> None:
    described = front_in(folder, soap_host="::ffff:127.0.0.1")
    with serving(described, folder):
        assert get(described, folder, certificate="client", path="/from") == (200, "127.0.0.1")


def test_an_error_is_logged_by_its_kind_and_not_by_its_words(front: Front, folder: Path) -> None:
    status, _ = get(front, folder, certificate="client", path="/broken")

    assert status == 500
    log = log_of(front, folder)
    wait_until(lambda: "ValueError" in log.read_text(), what="the error in the log")
    logged = [json.loads(line) for line in log.read_text().splitlines()]
    assert [line["exception"] for line in logged if "exception" in line] == [["builtins.ValueError"]]
    assert "髙橋" not in json.dumps(logged, ensure_ascii=False)


def test_a_long_path_is_cut_in_the_log(front: Front, folder: Path) -> None:
    get(front, folder, certificate="client", path="/" + "a" * 4_000)

    log = log_of(front, folder)
    wait_until(lambda: "aaa" in log.read_text(), what="the request in the log")
    assert "a" * 99 in log.read_text() and "a" * 100 not in log.read_text()


def test_a_request_under_way_is_answered_before_the_server_stops(authority: Authority, folder: Path) -> None:
    described = front_in(folder)
    answers: list[tuple[int, str]] = []
    asking = threading.Thread(target=lambda: answers.append(get(described, folder, certificate="client", path="/slow")))
    with serving(described, folder) as process:
        asking.start()
        wait_until((folder / "called").exists, what="the request")
        process.terminate()
        wait_until(lambda: "Handling signal: term" in log_of(described, folder).read_text(), what="the signal")
        (folder / "answer").touch()
        asking.join(20)
        assert answers == [(200, "1001")]
        assert stop(process) == 0


def test_a_server_does_not_start_where_others_could_open_its_sockets(authority: Authority, folder: Path) -> None:
    open_folder = folder / "open"
    open_folder.mkdir()
    open_folder.chmod(0o750)
    place = f"unix:{open_folder / 'soap-1.sock'}"
    log = folder / "open.log"

    with (
        pytest.raises(AssertionError, match="ended"),
        running_module("tests.support.small_server", str(folder), place, port=lambda: all_listen([place]), log=log),
    ):
        pass

    assert "is open to other users" in log.read_text()
    assert os.listdir(open_folder) == []
