"""How a server behind the front meets its callers: who called, an error, the end. The front is the real one."""

import json
import os
import socket
import ssl
import threading
from pathlib import Path

import pytest

from deploy.front.places import Front
from deploy.stack.probes import all_listen
from tests.support.processes import running_module, stop, wait_until
from tests.support.small_front import describe_front, get, log_of, serving


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
def test_a_caller_by_ipv4_is_named_alike_where_the_front_listens_on_ipv6(folder: Path) -> None:
    described = describe_front(folder, soap_host="::ffff:127.0.0.1")
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


def test_a_request_under_way_is_answered_before_the_server_stops(folder: Path) -> None:
    described = describe_front(folder)
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
    (folder / "called").unlink()
    (folder / "answer").unlink()


def test_a_server_that_ends_leaves_its_place_to_the_one_that_took_it(folder: Path) -> None:
    described = describe_front(folder)
    (place,) = described.soap.processes
    socket_file = Path(place.removeprefix("unix:"))
    with serving(described, folder) as old:
        before = socket_file.stat().st_ino
        new = running_module(
            "tests.support.small_server",
            str(folder),
            place,
            port=lambda: socket_file.exists() and socket_file.stat().st_ino != before and all_listen([place]),
            log=folder / "new.log",
        )
        with new:
            assert stop(old) == 0
            assert get(described, folder, certificate="client") == (200, "1001")


def test_a_server_does_not_start_where_others_could_open_its_sockets(folder: Path) -> None:
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
