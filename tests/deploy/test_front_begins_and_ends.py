"""How the front begins, or says why it does not, and how it ends without an answer lost. Envoy is the real one."""

import socket
import subprocess
import threading
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from deploy.stack.front import command, drain, prepare
from tests.support.database import free_port
from tests.support.processes import wait_until
from tests.support.small_front import (
    comes_in,
    describe_front,
    get,
    line_to,
    make_small_certificates,
    serving,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("front")
    make_small_certificates(made)
    return made


@pytest.mark.parametrize("face", ["soap", "web"])
def test_a_front_whose_door_is_taken_ends_and_names_it(folder: Path, face: str) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        described = describe_front(folder, **{f"{face}_port": port})
        prepare(described)

        ended = subprocess.run(command(described.folder), capture_output=True, text=True, timeout=60)

    assert ended.returncode == 1
    assert f"cannot bind '127.0.0.1:{port}'" in ended.stdout + ended.stderr


def test_both_faces_may_have_one_port_at_two_addresses(folder: Path) -> None:
    port = free_port()
    described = describe_front(folder, soap_port=port, web_port=port, soap_host="127.0.0.1", web_host="127.0.0.9")
    with serving(described, folder, screens=True), closing(HTTPConnection("127.0.0.9", port, timeout=10)) as screens:
        screens.request("GET", "/from")

        assert screens.getresponse().read() == b"127.0.0.1"
        assert get(described, folder) == (200, "1001")


def test_an_answer_under_way_is_the_last_of_its_connection_when_the_front_ends(folder: Path) -> None:
    described = describe_front(folder)
    answers: list[tuple[int, bytes, str | None]] = []
    with serving(described, folder), closing(line_to(described, folder, certificate="client")) as kept:

        def ask() -> None:
            kept.request("GET", "/slow")
            answer = kept.getresponse()
            answers.append((answer.status, answer.read(), answer.getheader("Connection")))

        asking = threading.Thread(target=ask)
        asking.start()
        wait_until((folder / "called").exists, what="the request")
        draining = threading.Thread(target=drain, args=(described.admin_socket,))
        draining.start()
        wait_until(lambda: not comes_in(described, folder, address="127.0.0.1"), what="no new connection")
        (folder / "answer").touch()
        draining.join(20)
        asking.join(20)
    (folder / "called").unlink()
    (folder / "answer").unlink()

    assert answers == [(200, b"1001", "close")]
