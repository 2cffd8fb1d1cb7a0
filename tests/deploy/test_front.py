"""The front as callers meet it: limits, words, certificates that are replaced, figures. Envoy is the real one."""

import json
import re
import socket
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import Any

import pytest

from deploy.authority import issue_client_certificate, issue_server_certificate, make_authority, read_issued
from deploy.front.places import Front
from deploy.stack.supervisor import ROOT
from rules.bulk.reading import MOST_BYTES
from schemas.findings import Refusal
from schemas.refusal_codes import RefusalCode
from soap_api.services import COMMON, LOW_VOLTAGE, file_of, path_of
from tests.soap_support.answers import Answer, answer_of
from tests.support import small_front
from tests.support.authorities import make_authority_with_intermediates, make_expired_intermediate
from tests.support.front import running_front
from tests.support.processes import wait_until
from tests.support.small_front import (
    comes_in,
    connect,
    context_of,
    describe_front,
    get,
    line_to,
    make_small_certificates,
    serving,
)
from tools.siege.processes import resident

HELD = 'envoy_listener_downstream_cx_active{envoy_listener_address="callers"}'
HEAD = f"POST {path_of(LOW_VOLTAGE)} HTTP/1.1\r\nHost: localhost\r\n".encode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("front")
    make_small_certificates(made)
    return made


@pytest.fixture(scope="module")
def front(folder: Path) -> Iterator[Front]:
    described = describe_front(folder, front_request_within=2.0)
    with serving(described, folder, screens=True):
        yield described


def exchange(front: Front, folder: Path, request: bytes) -> bytes:
    """Send raw bytes and give what comes back until the front closes."""
    with connect(front, folder) as line:
        line.sendall(request)
        return received(line)


def received(line: socket.socket) -> bytes:
    answer = b""
    while piece := line.recv(65_536):
        answer += piece
    return answer


def read(raw: bytes) -> Answer:
    """Hold an answer to all that a typed fault promises."""
    head, _, body = raw.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n").partition(b"\r\n\r\n")
    status, *headers = head.decode().split("\r\n")
    service = COMMON if COMMON.namespace.encode() in body else LOW_VOLTAGE
    pairs = dict(line.split(": ", 1) for line in headers)
    return answer_of(int(status.split()[1]), pairs, body, wsdl=file_of(service).read_bytes())


NOT_HTTP = {
    "no-http": b"HELLO\r\n\r\n",
    "no-letters": b"\x00\x01\x02\r\n\r\n",
    "another-protocol": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "no-method": b"P<OST / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "no-host": b"GET / HTTP/1.1\r\n\r\n",
    "header-of-8-kib": HEAD + b"X: " + b"y" * 8_200 + b"\r\n\r\n",
    "headers-101": HEAD + b"".join(b"X-%d: y\r\n" % number for number in range(100)) + b"\r\n",
    "path-of-20-kb": b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "no-header-name": HEAD + b"X Y: z\r\n\r\n",
    "nul-in-a-header": HEAD + b"X: a\x00b\r\n\r\n",
    "gzip-in-chunks": HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "length-and-chunks": HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "two-lengths": HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
    "length-no-number": HEAD + b"Content-Length: 1e3\r\n\r\n",
    "wrong-chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "tunnel": b"CONNECT localhost:443 HTTP/1.1\r\nHost: localhost:443\r\n\r\n",
    "upgrade": HEAD + b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
}


def upload(front: Front, path: str, body: bytes) -> tuple[int, str]:
    """Send something to the screens on a new connection."""
    line = HTTPConnection("localhost", front.screens.port, timeout=30)
    try:
        with suppress(ConnectionError):  # the front may have refused it before all of it was sent
            line.request("POST", path, body)
        response = line.getresponse()
        return response.status, response.read().decode()
    finally:
        line.close()


class TestWords:
    @pytest.mark.parametrize("request_bytes", NOT_HTTP.values(), ids=NOT_HTTP)
    def test_what_is_no_request_gets_a_typed_fault_and_the_end_of_the_connection(
        self, front: Front, folder: Path, request_bytes: bytes
    ) -> None:
        answer = read(exchange(front, folder, request_bytes))

        assert (answer.status, answer.code, answer.fault_code) == (400, "HUB-T011", "Client")
        assert answer.headers["connection"] == "close"

    @pytest.mark.parametrize("body", [b"x" * 3_000_000, b""], ids=["while-it-comes", "before-it-comes"])
    def test_what_is_too_large_gets_its_fault_and_the_end_of_the_connection(
        self, front: Front, folder: Path, body: bytes
    ) -> None:
        answer = read(exchange(front, folder, HEAD + b"Content-Length: 3000000\r\n\r\n" + body))

        assert (answer.status, answer.code) == (413, "HUB-T004")
        assert answer.headers["connection"] == "close"

    def test_who_asks_before_sending_what_is_too_large_hears_so_and_the_end_of_the_connection(
        self, front: Front, folder: Path
    ) -> None:
        raw = exchange(front, folder, HEAD + b"Expect: 100-continue\r\nContent-Length: 3000000\r\n\r\n")

        assert raw.startswith(b"HTTP/1.1 100 Continue\r\n\r\n"), "the front says so to whoever asks, and then looks"
        answer = read(raw)
        assert (answer.status, answer.code, answer.headers["connection"]) == (413, "HUB-T004", "close")

    def test_what_grows_too_large_in_chunks_gets_its_fault(self, front: Front, folder: Path) -> None:
        chunk = b"10000\r\n" + b"x" * 65_536 + b"\r\n"

        answer = read(exchange(front, folder, HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 17))

        assert (answer.status, answer.code) == (413, "HUB-T004")

    def test_who_goes_on_sending_after_the_refusal_still_gets_it(self, front: Front, folder: Path) -> None:
        with connect(front, folder) as line:
            line.sendall(HEAD + b"Content-Length: 30000000\r\n\r\n")
            for _ in range(20):
                line.sendall(b"x" * 65_536)
                time.sleep(0.01)

            assert read(received(line)).code == "HUB-T004"

    @pytest.mark.parametrize("beginning", [HEAD, HEAD + b"Content-Length: 10\r\n\r\nabc"], ids=["headers", "body"])
    def test_who_does_not_come_to_an_end_may_try_again(self, front: Front, folder: Path, beginning: bytes) -> None:
        answer = read(exchange(front, folder, beginning))

        assert (answer.status, answer.code, answer.fault_code) == (408, "HUB-R009", "Server")
        assert answer.headers["retry-after"] == str(Refusal(RefusalCode.TOO_SLOW).retry_after)
        assert answer.headers["connection"] == "close"

    def test_a_fault_is_written_as_the_service_that_was_asked_has_it(self, front: Front, folder: Path) -> None:
        raw = exchange(front, folder, HEAD + b"Content-Length: 3000000\r\n\r\n")

        assert LOW_VOLTAGE.namespace.encode() in raw

    def test_where_a_process_says_that_it_lives_is_not_reached_from_outside(self, front: Front, folder: Path) -> None:
        for path in ("/-/alive", "/-/%61live", "/-%2Falive", "/-%5calive/../alive", "/x/../-/alive"):
            assert get(front, folder, path=path)[0] == 404

    def test_a_path_that_grows_as_it_is_written_out_is_the_applications_to_answer(
        self, front: Front, folder: Path
    ) -> None:
        assert get(front, folder, path="/" + '"' * 8_000) == (200, "1001")

    def test_old_callers_of_http_1_0_are_answered(self, front: Front, folder: Path) -> None:
        assert exchange(front, folder, b"GET / HTTP/1.0\r\n\r\n").endswith(b"nobody")

    def test_the_screens_take_a_whole_file_at_its_address_and_nowhere_else(self, front: Front) -> None:
        file = bytes(MOST_BYTES)

        assert upload(front, "/bulk/upload/any/kind", file) == (200, str(MOST_BYTES))
        assert upload(front, "/bulk/upload/any/kind", file + bytes(65_537))[0] == 413
        assert upload(front, "/bulk", bytes(1_048_577))[0] == 413

    def test_the_soap_face_takes_no_file(self, front: Front, folder: Path) -> None:
        line = line_to(front, folder, certificate="client")
        line.request("POST", "/bulk/upload/any/kind", bytes(1_048_577))

        assert line.getresponse().status == 413
        line.close()

    def test_the_screens_refuse_with_a_page(self, front: Front) -> None:
        with socket.create_connection(("127.0.0.1", front.screens.port), timeout=10) as line:
            line.sendall(b"HELLO\r\n\r\n")
            answer = received(line).decode()

        assert answer.startswith("HTTP/1.1 400") and "text/html; charset=utf-8" in answer
        assert "<h1>要求を受け付けられません</h1>" in answer


class TestWhatCallersTellTheFrontToDo:
    def test_a_request_is_not_repeated_at_its_callers_word(self, front: Front, folder: Path) -> None:
        log = small_front.log_of(front, folder)
        before = log.read_text().count("Error handling request")

        again = {"x-envoy-max-retries": "3", "x-envoy-retry-on": "5xx"}
        status, _ = get(front, folder, path="/broken", headers=again)

        assert status == 500
        assert get(front, folder)[0] == 200
        assert log.read_text().count("Error handling request") == before + 1

    @pytest.mark.parametrize(
        "name",
        [
            "x-envoy-upstream-rq-timeout-ms",
            "X-Envoy-Upstream-Rq-Per-Try-Timeout-Ms",
            "x-envoy-upstream-stream-duration-ms",
        ],
    )
    def test_nor_given_up_before_its_time(self, front: Front, folder: Path, name: str) -> None:
        assert get(front, folder, path="/pid", headers={name: "1"})[0] == 200


class TestProcessesBehind:
    def test_while_none_is_there_a_caller_may_try_again(self, folder: Path) -> None:
        described = describe_front(folder)
        with running_front(described):
            request = HEAD + b"Connection: close\r\nContent-Length: 0\r\n\r\n"
            answer = read(exchange(described, folder, request))

        assert (answer.status, answer.code, answer.fault_code) == (503, "HUB-R006", "Server")
        assert answer.headers["retry-after"] == str(Refusal(RefusalCode.OVERLOADED).retry_after)

    def test_what_came_of_a_request_whose_process_was_lost_is_open(self, folder: Path) -> None:
        described = describe_front(folder)
        with serving(described, folder):
            status, body = get(described, folder, path="/dying")

        assert (status, "HUB-R004" in body, "<faultcode>soapenv:Server" in body) == (500, True, True)

    def test_a_hung_one_is_taken_out(self, folder: Path) -> None:
        described = describe_front(folder, soap_workers=2)
        with serving(described, folder):
            hung = threading.Thread(target=lambda: get(described, folder, path="/slow"))
            hung.start()
            wait_until(lambda: healthy(described) == 1, what="one process taken out")
            began = time.monotonic()
            assert [get(described, folder)[0] for _ in range(10)] == [200] * 10
            assert time.monotonic() - began < 5.0
            (folder / "answer").touch()
            hung.join(20)
            wait_until(lambda: healthy(described) == 2, what="both again")
        (folder / "called").unlink()
        (folder / "answer").unlink()


def healthy(front: Front) -> int:
    return int(figures(front)['envoy_cluster_membership_healthy{envoy_cluster_name="soap"}'])


def figures(front: Front, asking: HTTPConnection | None = None) -> dict[str, float]:
    """Read all figures.

    :param asking: a connection to ask on; otherwise one of its own.
    """
    with closing(HTTPConnection("127.0.0.1", front.figures_port, timeout=5)) as passing:
        line = asking or passing
        line.request("GET", "/metrics")
        lines = line.getresponse().read().decode().splitlines()
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line[:1] != "#")}


class TestSlowCallers:
    """The process behind has one thread; whoever is slow leaves it to the others."""

    @pytest.mark.parametrize(
        "at_once", [b"\x16", b"\x16\x03\x01\x3f\xff"], ids=["one-byte", "the-beginning-of-a-handshake"]
    )
    def test_who_does_not_finish_the_handshake(self, front: Front, folder: Path, at_once: bytes) -> None:
        with socket.create_connection(("127.0.0.1", front.soap.port), timeout=10) as slow, dripping_into(slow, at_once):
            assert get(front, folder) == (200, "1001")

    @pytest.mark.parametrize(
        "at_once", [b"", HEAD, HEAD + b"Content-Length: 1000000\r\n\r\n"], ids=["request-line", "headers", "body"]
    )
    def test_who_sends_byte_by_byte(self, front: Front, folder: Path, at_once: bytes) -> None:
        with connect(front, folder) as slow, dripping_into(slow, at_once):
            assert get(front, folder) == (200, "1001")

    def test_who_takes_the_answer_byte_by_byte(self, front: Front, folder: Path) -> None:
        with ExitStack() as open_lines:
            for _ in range(8):
                slow = open_lines.enter_context(connect(front, folder))
                slow.sendall(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")
                assert slow.recv(1) == b"H"

            assert get(front, folder) == (200, "1001")

    def test_who_keeps_the_connection_after_the_answer(self, front: Front, folder: Path) -> None:
        with ExitStack() as open_lines:
            for _ in range(8):
                kept = open_lines.enter_context(connect(front, folder))
                kept.sendall(HEAD + b"Connection: close\r\nContent-Length: 0\r\n\r\n")

            assert get(front, folder) == (200, "1001")


@contextmanager
def dripping_into(line: socket.socket, at_once: bytes) -> Iterator[None]:
    """Send some bytes, and then one now and then, for as long as the block lasts."""
    over = threading.Event()

    def drip() -> None:
        with suppress(OSError):  # the front hangs up, as it should
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


class TestCeilings:
    def test_an_address_that_takes_all_it_may_leaves_the_others_theirs(self, folder: Path) -> None:
        described = describe_front(folder, front_connections_per_address=20, front_new_per_address=1_000)
        with serving(described, folder), ExitStack() as open_lines:
            for _ in range(60):
                silent = socket.create_connection(("127.0.0.1", described.soap.port), source_address=("127.0.0.2", 0))
                open_lines.enter_context(silent)
            refusals = "envoy_connection_limit_limited_connections"
            wait_until(lambda: refused(described, refusals) and held(described), what="the ceiling")

            assert held(described) <= 20
            with pytest.raises((ssl.SSLError, ConnectionError, TimeoutError)):
                connect(described, folder, address="127.0.0.2")
            assert others_answered(described, folder) >= 15

    def test_an_address_that_comes_too_often_is_not_shaken_hands_with(self, folder: Path) -> None:
        described = describe_front(folder, front_new_per_address=5)
        with serving(described, folder):
            tries = [comes_in(described, folder, address="127.0.0.2") for _ in range(40)]

            assert not all(tries), "most come too often"
            assert tries[0]
            assert others_answered(described, folder) >= 15

    def test_all_together_take_no_more_than_the_whole(self, folder: Path) -> None:
        described = describe_front(folder, front_connections=30)
        with serving(described, folder):
            with ExitStack() as open_lines:
                asking = open_lines.enter_context(asking_alone(described))
                for number in range(60):
                    address = f"127.0.1.{number + 1}"
                    silent = socket.create_connection(("127.0.0.1", described.soap.port), source_address=(address, 0))
                    open_lines.enter_context(silent)
                refusals = 'envoy_listener_downstream_global_cx_overflow{envoy_listener_address="callers"}'
                wait_until(lambda: figures(described, asking).get(refusals), what="the ceiling")
                assert 0 < figures(described, asking)[HELD] <= 30
            wait_until(lambda: comes_in(described, folder, address="127.0.0.1"), what="room after they have gone")

    def test_a_silent_connection_is_closed(self, folder: Path, front: Front) -> None:
        with socket.create_connection(("127.0.0.1", front.soap.port), timeout=10) as silent:
            silent.sendall(b"\x16\x03\x01")
            assert silent.recv(1) == b""


@contextmanager
def asking_alone(front: Front) -> Iterator[HTTPConnection]:
    """Keep a connection for figures for a block, which begins when there is no other.

    Envoy counts them down from the whole when they end, and never up: while the whole is looked at, none may end.
    """
    active = f'envoy_listener_downstream_cx_active{{envoy_listener_address="127.0.0.1_{front.figures_port}"}}'
    with closing(HTTPConnection("127.0.0.1", front.figures_port, timeout=5)) as asking:
        wait_until(lambda: figures(front, asking)[active] == 1, what="the end of the others")
        yield asking


def refused(front: Front, figure: str) -> float:
    return sum(value for name, value in figures(front).items() if name.startswith(figure))


def held(front: Front) -> float:
    """Count the connections that are open at both faces; one that does not shake hands is closed after 5 seconds."""
    return figures(front)[HELD]


def others_answered(front: Front, folder: Path) -> int:
    """Count who of sixteen other addresses is answered; one may share the group of the address that has too much."""
    return sum(comes_in(front, folder, address=f"127.0.2.{number}") for number in range(1, 17))


class TestMemory:
    def test_what_a_crowd_took_is_given_back(self, folder: Path) -> None:
        described = describe_front(folder)
        body = HEAD + b"Content-Length: 1000000\r\n\r\n" + b"x" * 999_999
        with running_front(described) as (_, pid):
            before = resident((pid,))
            with ExitStack() as open_lines:
                for _ in range(60):
                    open_lines.enter_context(connect(described, folder)).sendall(body)
                wait_until(lambda: resident((pid,)) > 1.3 * before, what="the crowd")
            wait_until(lambda: figures(described) and resident((pid,)) <= 1.1 * before, what="the memory", within=60.0)


class TestCertificates:
    def test_new_ones_count_for_new_handshakes_while_a_kept_connection_lives_on(self, tmp_path: Path) -> None:
        make_small_certificates(tmp_path)
        described = describe_front(tmp_path)
        kept = line_to(described, tmp_path, certificate="client")
        with serving(described, tmp_path):
            assert answered(kept) == "1001"
            before = server_certificate(described, tmp_path)

            issue_server_certificate(make_authority(tmp_path), tmp_path / "server.pem")
            wait_until(lambda: server_certificate(described, tmp_path) != before, what="the new server certificate")
            with pytest.raises((ssl.SSLError, ConnectionError)):
                get(described, tmp_path, certificate="foreign")
            both = (tmp_path / "authority.pem").read_bytes() + (tmp_path / "other" / "authority.pem").read_bytes()
            (tmp_path / "both.pem").write_bytes(both)
            (tmp_path / "both.pem").replace(tmp_path / "authority.pem")
            wait_until(lambda: accepted(described, tmp_path, "foreign"), what="the added authority")

            assert accepted(described, tmp_path, "client")
            assert answered(kept) == "1001" and kept.sock is not None
        kept.close()

    def test_one_of_an_expired_intermediate_authority_is_taken_for_its_own_time(self, tmp_path: Path) -> None:
        make_authority_with_intermediates(tmp_path)
        make_small_certificates(tmp_path)
        intermediate = make_expired_intermediate(tmp_path)
        issue_client_certificate(intermediate, tmp_path / "leaf.pem", common_name="1001")
        chain = (tmp_path / "leaf.pem").read_bytes() + intermediate.certificate.read_bytes()
        (tmp_path / "leaf.pem").write_bytes(chain)
        described = describe_front(tmp_path)

        with serving(described, tmp_path):
            assert get(described, tmp_path, certificate="leaf") == (200, "1001")

    def test_a_broken_one_is_told_and_the_one_before_serves_on(self, tmp_path: Path) -> None:
        make_small_certificates(tmp_path)
        described = describe_front(tmp_path)
        whole = (tmp_path / "authority.pem").read_bytes()
        new = line_to(described, tmp_path, certificate="client")  # opened when it is first used
        with serving(described, tmp_path):
            for refused, broken in enumerate((whole[: len(whole) // 2], b""), start=1):
                (tmp_path / "broken.pem").write_bytes(broken)
                (tmp_path / "broken.pem").replace(tmp_path / "authority.pem")
                wait_until(lambda count=refused: rotations_refused(described) >= count, what="the refusal")  # type: ignore[misc]

            assert answered(new) == "1001"
        new.close()


def rotations_refused(front: Front) -> float:
    return figures(front)['envoy_sds_key_rotation_failed{envoy_xds_resource_name="authority"}']


def answered(line: HTTPSConnection) -> str:
    line.request("GET", "/")
    return line.getresponse().read().decode()


def accepted(front: Front, folder: Path, certificate: str) -> bool:
    try:
        return get(front, folder, certificate=certificate) == (200, "1001")
    except (ssl.SSLError, ConnectionError):
        return False


def server_certificate(front: Front, folder: Path) -> bytes | None:
    with connect(front, folder) as line:
        return line.getpeercert(binary_form=True)


class TestFigures:
    def test_all_that_the_dashboard_and_the_alarms_ask_for_is_there(self, front: Front, folder: Path) -> None:
        assert get(front, folder) == (200, "1001")
        asked = "".join(path.read_text() for path in (ROOT / "deploy" / "monitoring").iterdir())

        there = {word for name in figures(front) for word in re.findall(r"envoy_\w+", name)}  # with their labels
        missing = set(re.findall(r"envoy_\w+", asked)) - there

        assert missing == set()

    def test_nobody_can_end_it_or_read_its_configuration_there(self, front: Front) -> None:
        for path in ("/", "/quitquitquit", "/config_dump", "/certs"):
            with pytest.raises(urllib.error.HTTPError, match="404"):
                urllib.request.urlopen(f"http://127.0.0.1:{front.figures_port}{path}", timeout=5)


class TestLog:
    def test_a_request_is_one_line_without_query_and_with_its_path_cut(self, front: Front, folder: Path) -> None:
        get(front, folder, path="/a-path/" + "b" * 200 + "?secret=hostile-secret", headers={"X-Name": "hostile-secret"})

        (line,) = awaited_lines(front, "a-path")
        assert (line["process"], line["event"], line["listener"], line["status"]) == ("front", "request", "soap", 200)
        assert (line["address"], line["tls"], line["method"]) == ("127.0.0.1", "TLSv1.3", "GET")
        assert len(line["path"]) == 100
        assert line["certificate"].lstrip("0") == read_issued(folder / "client.pem").serial
        assert "hostile-secret" not in log_of(front).read_text()

    @pytest.mark.parametrize(
        "rest",
        [b"Content-Length: 3000000\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n16E360\r\n" + b"x" * 1_500_000],
        ids=["announced", "in-chunks"],
    )
    def test_nor_with_its_query_where_it_is_refused(self, front: Front, folder: Path, rest: bytes) -> None:
        exchange(front, folder, b"POST /too-large?secret=hostile-secret HTTP/1.1\r\nHost: localhost\r\n" + rest)

        assert awaited_lines(front, "too-large")[-1]["status"] == 413
        assert "hostile-secret" not in log_of(front).read_text()

    def test_a_failed_handshake_says_why(self, front: Front, folder: Path) -> None:
        with pytest.raises((ssl.SSLError, ConnectionError)):
            get(front, folder, certificate="foreign")

        lines = awaited_lines(front, "CERTIFICATE_VERIFY_FAILED")
        assert {(line["event"], line["address"]) for line in lines} == {("handshake-failed", "127.0.0.1")}


def log_of(front: Front) -> Path:
    return front.folder / "front.log"


def awaited_lines(front: Front, part: str) -> list[dict[str, Any]]:
    """Wait for lines of the log that hold a text; the front writes them now and then."""
    wait_until(lambda: part in log_of(front).read_text(), what=f"{part} in the log")
    return [json.loads(line) for line in log_of(front).read_text().splitlines() if part in line]


class TestScreensOverTls:
    @pytest.mark.parametrize(("certificate", "answer"), [(None, "nobody"), ("client", "1001")])
    def test_they_are_reached_with_and_without_a_certificate(
        self, folder: Path, certificate: str | None, answer: str
    ) -> None:
        described = describe_front(folder, web_public_url="https://hub.example")
        context = context_of(folder, certificate)
        with serving(described, folder, screens=True):
            line = HTTPSConnection("localhost", described.screens.port, context=context, timeout=10)

            assert answered(line) == answer
            line.close()

    def test_without_tls_they_are_reached_on_this_machine(self, front: Front) -> None:
        line = HTTPConnection("localhost", front.screens.port, timeout=10)
        line.request("GET", "/from")

        assert line.getresponse().read() == b"127.0.0.1"
        line.close()
