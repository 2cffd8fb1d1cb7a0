"""The good requests: fifty retailers' systems in a process of their own, each with a connection that it keeps.

Each request has its time, and is sent then however slow the answers are; only a retailer's own connection is waited
for, and its wait counts. Orders come as JSON in one line; a line is printed for each answer; ends with its input.
"""

import json
import re
import ssl
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from socket import IPPROTO_TCP, TCP_NODELAY, create_connection
from threading import Event, Thread

from runtime.tls import client_context

PATIENCE = 60.0
SERIAL = "77777777"
"""Stands in a request where each has a number of its own."""
_HOST = "127.0.0.1"
_CODE = re.compile(rb"HUB-[A-Z]\d{3}")
_LEAD = 1.0
_READ, _INBOX, _REGISTRATION, _NEW_LINE = "12210", "12310", "12110", "new line"
_MIX = (_READ, _INBOX, _READ, _NEW_LINE, _READ, _READ, _INBOX, _READ, _READ) * 2 + (
    *(_READ, _INBOX, _READ, _NEW_LINE, _READ, _READ, _INBOX, _READ, _REGISTRATION),
)
"""What is sent, in turn: 27, which shares no divisor with the number of retailers, so that each sends all of it."""


@dataclass(frozen=True)
class Caller:
    """One retailer's system."""

    address: str
    certificate: str
    requests: Mapping[str, str]
    """Whole HTTP requests by kind."""


@dataclass(frozen=True)
class Orders:
    """What is to be sent."""

    port: int
    authority: str
    a_second: float
    callers: Sequence[Caller]


class _Lost(Exception):
    """No answer, or one that ends too early."""


class _System:
    def __init__(self, orders: Orders, place: int) -> None:
        self._orders, self._place, self._me = orders, place, orders.callers[place]
        self._context = client_context(certificate=Path(self._me.certificate), authority=Path(orders.authority))
        self._kept: ssl.SSLSocket | None = None

    def call(self, begin: float, over: Event) -> None:
        number = self._place
        while not over.wait(max(0.0, (due := begin + number / self._orders.a_second) - time.monotonic())):
            kind = _MIX[number % len(_MIX)]
            try:
                refusal = self._answered(kind, number)
            except (OSError, _Lost, ValueError) as problem:
                refusal = type(problem).__name__.strip("_")
                self._drop()
            sys.stdout.write(f"{due:.6f}\t{time.monotonic():.6f}\t{kind}\t{refusal}\n")
            number += len(self._orders.callers)

    def _answered(self, kind: str, number: int) -> str:
        content = self._me.requests[_READ if kind == _NEW_LINE else kind]
        request = content.replace(SERIAL, f"{number:08d}").encode()
        if kind == _NEW_LINE:
            with self._connect() as line:
                return _exchange(line, request)
        if self._kept is None or _is_closed(self._kept):
            self._drop()
            self._kept = self._connect()
        return _exchange(self._kept, request)

    def _connect(self) -> ssl.SSLSocket:
        line = create_connection((_HOST, self._orders.port), timeout=PATIENCE, source_address=(self._me.address, 0))
        line.setsockopt(IPPROTO_TCP, TCP_NODELAY, True)  # as HTTP libraries do; without it each handshake waits 40 ms
        return self._context.wrap_socket(line, server_hostname="localhost")

    def _drop(self) -> None:
        if self._kept is not None:
            self._kept.close()
            self._kept = None


def _is_closed(line: ssl.SSLSocket) -> bool:
    """Look, as HTTP libraries do, whether the server has ended a kept connection."""
    line.settimeout(0)
    try:
        return not line.recv(1)
    except ssl.SSLWantReadError:
        return False
    except OSError:
        return True
    finally:
        line.settimeout(PATIENCE)


def _exchange(line: ssl.SSLSocket, request: bytes) -> str:
    line.sendall(request)
    answer = b""
    while (head := answer.find(b"\r\n\r\n")) < 0:
        answer += _more(line)
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", answer[: head + 2])
    if length is None:
        raise _Lost
    while len(answer) < head + 4 + int(length[1]):
        answer += _more(line)
    if answer[9:12] == b"200":
        return ""
    code = _CODE.search(answer)
    return code[0].decode() if code else answer[9:12].decode("latin-1")


def _more(line: ssl.SSLSocket) -> bytes:
    piece = line.recv(65_536)
    if not piece:
        raise _Lost
    return piece


def main() -> None:
    """Send until nobody wants it any more."""
    read = json.loads(sys.stdin.readline())
    orders = Orders(**read | {"callers": [Caller(**caller) for caller in read["callers"]]})
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    begin, over = time.monotonic() + _LEAD, Event()
    sys.stdout.write(f"{begin:.6f}\n")
    systems = [_System(orders, place) for place in range(len(orders.callers))]
    for system in systems:
        Thread(target=system.call, args=(begin, over), daemon=True).start()
    sys.stdin.read()
    over.set()


if __name__ == "__main__":
    main()
