"""The caller of a round, as a process of its own: TLS connections, prepared bytes, and as little work as can be.

It reads its orders as JSON from standard input and prints what it counted.
"""

import json
import select
import ssl
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from socket import IPPROTO_TCP, TCP_NODELAY, create_connection

from runtime.tls import client_context

_PIECE = 65_536


@dataclass(frozen=True)
class Orders:
    """What a round is."""

    ports: Sequence[int]
    """Shared out among the connections."""
    certificate: str
    authority: str
    connections: int
    seconds: float
    requests: list[str]
    """Whole HTTP requests, sent one after the other on each connection."""
    kept: bool = True
    """False where each request has a connection of its own."""


@dataclass(frozen=True)
class Count:
    """What came of it."""

    answers: int
    seconds: float


class WrongAnswer(Exception):
    """An answer that is not HTTP 200 was counted on."""


def run(orders: Orders) -> Count:
    """Send requests over connections, each as soon as the answer before it is there.

    :raises WrongAnswer: when one is refused.
    """
    context = client_context(certificate=Path(orders.certificate), authority=Path(orders.authority))
    return _on_kept_ones(orders, context) if orders.kept else _on_new_ones(orders, context)


def _on_kept_ones(orders: Orders, context: ssl.SSLContext) -> Count:
    requests = [request.encode() for request in orders.requests]
    lines = [_connect(orders, context, place) for place in range(orders.connections)]
    by_number = {line.fileno(): line for line in lines}
    poll = select.epoll()
    for number in by_number:
        poll.register(number, select.EPOLLIN)
    began = time.monotonic()
    end = began + orders.seconds
    answers = requests_sent = 0
    for line in lines:
        line.sendall(requests[requests_sent % len(requests)])
        requests_sent += 1
    while time.monotonic() < end:
        for number, _ in poll.poll(1.0):
            line = by_number[number]
            _take_answer(line)
            answers += 1
            line.sendall(requests[requests_sent % len(requests)])
            requests_sent += 1
    seconds = time.monotonic() - began
    for line in lines:
        line.close()
    return Count(answers=answers, seconds=seconds)


def _on_new_ones(orders: Orders, context: ssl.SSLContext) -> Count:
    requests = [request.encode() for request in orders.requests]
    began = time.monotonic()

    def call(place: int) -> int:
        answers = 0
        while time.monotonic() < began + orders.seconds:
            with _connect(orders, context, place) as line:
                line.sendall(requests[(place + answers * orders.connections) % len(requests)])
                _take_answer(line)
            answers += 1
        return answers

    with ThreadPoolExecutor(orders.connections) as threads:
        answers = sum(threads.map(call, range(orders.connections)))
    return Count(answers=answers, seconds=time.monotonic() - began)


def _connect(orders: Orders, context: ssl.SSLContext, place: int) -> ssl.SSLSocket:
    port = orders.ports[place % len(orders.ports)]
    connection = create_connection(("127.0.0.1", port))
    connection.setsockopt(IPPROTO_TCP, TCP_NODELAY, True)  # as HTTP libraries do; see docs/calling/connecting.md
    return context.wrap_socket(connection, server_hostname="localhost")


def _take_answer(line: ssl.SSLSocket) -> None:
    answer = line.recv(_PIECE)
    while (head := answer.find(b"\r\n\r\n")) < 0:
        answer += _more(line)
    if not answer.startswith(b"HTTP/1.1 200"):
        raise WrongAnswer(answer[:200])
    at = answer.lower().index(b"content-length:", 0, head + 2) + 15
    whole = head + 4 + int(answer[at : answer.index(b"\r", at)])
    while len(answer) < whole:
        answer += _more(line)


def _more(line: ssl.SSLSocket) -> bytes:
    piece = line.recv(_PIECE)
    if not piece:
        raise WrongAnswer("the connection was closed")
    return piece


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(run(Orders(**json.load(sys.stdin))))))
