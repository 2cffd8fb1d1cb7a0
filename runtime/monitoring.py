"""How a process is watched from outside: ``/healthz`` and ``/metrics`` on a small HTTP port of its own.

On its own port, because the SOAP server's asks for client certificates, and the other processes listen nowhere.
"""

import errno
import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import AF_INET, AF_INET6
from socketserver import TCPServer
from threading import Thread

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest

from runtime.logs import logger

__all__ = ["Check", "Counter", "Gauge", "Histogram", "Monitoring", "Pulse", "Unwell", "timed"]

_PORTS_TRIED = 64
_FOLLOWS_WITHIN = 120.0
"""Seconds a process that gives way to another may take to end."""

_log = logger(__name__)


class Unwell(Exception):
    """A process cannot do all of its work; the text, in Japanese, says what is seen of it."""


@dataclass(frozen=True)
class Check:
    """One thing a process looks at when it is asked how it is."""

    name: str
    label: str
    """Its name in Japanese, for people at a terminal."""
    look: Callable[[], None]
    """Raises where it is not well: Unwell with words for people, anything else without."""
    needed: bool = True
    """True where the process cannot do its work without it."""


class Pulse:
    """Beaten by a loop with each round; a loop that hangs or has ended no longer beats."""

    def __init__(self, *, within: float) -> None:
        self._within = within
        self._last = time.monotonic()

    def beat(self) -> None:
        """Note that the loop has come round."""
        self._last = time.monotonic()

    def look(self) -> None:
        """Make sure that the loop came round lately.

        :raises Unwell: when it did not.
        """
        silent = time.monotonic() - self._last
        if silent > self._within:
            raise Unwell(f"{silent:.0f}秒前から進んでいません")


@contextmanager
def timed(histogram: Histogram) -> Iterator[None]:
    """Note how long the block took."""
    began = time.perf_counter()
    try:
        yield
    finally:
        histogram.observe(time.perf_counter() - began)


class Monitoring:
    """The port of one process. Started after a fork: threads do not survive it."""

    def __init__(
        self,
        process: str,
        *,
        host: str,
        port: int,
        checks: tuple[Check, ...] = (),
        show: Callable[[], None] = lambda: None,
    ) -> None:
        """Describe it.

        :param port: 0 for none at all.
        :param show: sets the figures that are found out only when somebody asks for them.
        """
        self._process = process
        self._show = show
        self._address = (host.strip("[]"), port)
        self._checks = checks

    def start(self) -> None:
        """Answer from now on, at the first port from its own on that no sister process has.

        A port that cannot be had is logged: the process's own work does not depend on it.
        """
        first = self._address[1]
        if first and not any(self._answer_at(port) for port in range(first, first + _PORTS_TRIED)):
            _log.error("monitoring-away", port=first)

    def start_at(self, place: int) -> None:
        """Answer at the port of a place, the first being 0, once the process that was there before has let go of it."""
        first = self._address[1]
        if first:
            Thread(target=self._follow, args=(first + place,), name="monitoring-follows", daemon=True).start()

    def _follow(self, port: int) -> None:
        end = time.monotonic() + _FOLLOWS_WITHIN
        while not self._answer_at(port):
            if time.monotonic() > end:
                _log.error("monitoring-away", port=port)
                return
            time.sleep(0.1)

    def _answer_at(self, port: int) -> bool:
        """Answer at a port, unless another process has it."""
        try:
            server = _Server((self._address[0], port), self._handler())
        except OSError as problem:
            if problem.errno == errno.EADDRINUSE:
                return False
            _log.error("monitoring-away", port=port, exc_info=problem)
            return True
        Thread(target=server.serve_forever, name="monitoring", daemon=True).start()
        return True

    def health(self) -> tuple[int, dict[str, object]]:
        """Look at everything side by side, and give the HTTP status and what is said."""
        with ThreadPoolExecutor(max(1, len(self._checks)), thread_name_prefix="check") as threads:
            problems = dict(zip(self._checks, threads.map(_look, self._checks), strict=True))
        well = all(remark is None for check, remark in problems.items() if check.needed)
        status = "ok" if not any(problems.values()) else "degraded" if well else "down"
        parts = {
            check.name: {"label": check.label, "status": "down" if remark else "ok", "remark": remark or ""}
            for check, remark in problems.items()
        }
        return 200 if well else 503, {"process": self._process, "status": status, "parts": parts}

    def metrics(self) -> bytes:
        """Give the figures of now; those that cannot be found out stay as they were."""
        try:
            self._show()
        except Exception as problem:
            _log.warning("figures-unknown", exc_info=problem)
        return generate_latest()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        monitoring = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 10

            def do_GET(self) -> None:
                if self.path == "/metrics":
                    self._say(200, monitoring.metrics(), CONTENT_TYPE_LATEST)
                elif self.path == "/healthz":
                    status, report = monitoring.health()
                    self._say(status, json.dumps(report, ensure_ascii=False).encode(), "application/json")
                else:
                    self._say(404, b"", "text/plain")

            def _say(self, status: int, body: bytes, kind: str) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Log nothing: a scrape comes every few seconds."""

        return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        self.address_family = AF_INET6 if ":" in address[0] else AF_INET
        super().__init__(address, handler)

    def server_bind(self) -> None:
        """Bind without asking a name server for the machine's name."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over whoever asked and has gone."""


def _look(check: Check) -> str | None:
    """Say what is wrong, in Japanese; None where it is well. Checks have time limits of their own where they wait."""
    try:
        check.look()
    except Unwell as problem:
        return str(problem)
    except Exception:
        return "応答がありません"
    return None
