"""The adapter behind a real gunicorn: what the server in front of WSGI does must not undo what WSGI promises."""

from collections.abc import Iterator

import pytest

from soap.guard import MAX_BODY
from tests.soap_support.answers import Answer, answer_of
from tests.soap_support.envelopes import request_bytes
from tests.soap_support.servers import exchange, gunicorn
from tests.soap_support.toy import TOY, ToyResponse, toy_wsdl

BODY = request_bytes("echo", {"messageId": "M-1", "text": "髙﨑市①番地㈱"}, namespace=TOY.namespace)
HEAD = b"POST /toy HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml; charset=utf-8\r\nConnection: close\r\n"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with gunicorn("tests.soap_support.toy:served()") as listening:
        yield listening


def send(port: int, request: bytes, *, shut: bool = False) -> Answer:
    received = exchange(port, request, shut=shut).removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")
    head, _, body = received.partition(b"\r\n\r\n")
    status, *headers = head.decode().split("\r\n")
    return answer_of(int(status.split()[1]), dict(line.split(": ", 1) for line in headers), body, wsdl=toy_wsdl())


def chunks(body: bytes, size: int) -> bytes:
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def test_a_message_with_its_length_is_answered(port: int) -> None:
    answer = send(port, HEAD + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY)
    assert answer.read(ToyResponse).text == "髙﨑市①番地㈱"  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [1, 100, 100_000])
def test_a_message_in_chunks_is_answered(port: int, size: int) -> None:
    answer = send(port, HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunks(BODY, size))
    assert answer.read(ToyResponse).text == "髙﨑市①番地㈱"  # type: ignore[attr-defined]


def test_a_message_in_chunks_over_the_limit_is_not_cut_short(port: int) -> None:
    body = BODY + b" " * MAX_BODY
    answer = send(port, HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunks(body, 65_536))
    assert (answer.status, answer.code) == (413, "HUB-T004")


def test_an_announced_length_over_the_limit_is_refused_without_waiting_for_it(port: int) -> None:
    answer = send(port, HEAD + b"Content-Length: 3000000\r\nExpect: 100-continue\r\n\r\n")
    assert (answer.status, answer.code) == (413, "HUB-T004")


@pytest.mark.parametrize("length", [b"Content-Length: 0\r\n", b""])
def test_an_empty_post_gets_a_fault(port: int, length: bytes) -> None:
    # C: gunicorn took spyne's StopIteration for a client that is gone, and closed the line.
    answer = send(port, HEAD + length + b"\r\n")
    assert (answer.status, answer.code) == (500, "HUB-T005")


def test_a_message_cut_off_by_its_sender_is_not_acted_on(port: int) -> None:
    answer = send(port, HEAD + b"Content-Length: %d\r\n\r\n" % (len(BODY) + 10) + BODY, shut=True)
    assert (answer.code, answer.broken_rules) == ("HUB-T005", {(None, "complete")})


def test_broken_chunks_get_a_fault(port: int) -> None:
    answer = send(port, HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n", shut=True)
    assert (answer.code, answer.broken_rules) == ("HUB-T005", {(None, "complete")})


def test_a_connection_serves_further_requests_after_a_fault(port: int) -> None:
    head = HEAD.replace(b"Connection: close\r\n", b"")
    wrong_request = head + b"Content-Length: 4\r\n\r\n<a/>"
    last = HEAD + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY
    received = exchange(port, wrong_request + last)
    assert received.count(b"HTTP/1.1 500") == 1
    assert received.count(b"HTTP/1.1 200") == 1
    assert "髙﨑市①番地㈱".encode() in received
