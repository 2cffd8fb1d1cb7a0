"""Whether a server answers at all. What it says is for others to judge."""

import http.client
import json
import socket
import ssl
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from deploy.stack.ports import HOST
from runtime.front_headers import ALIVE
from runtime.tls import client_context

_LONGEST_ANSWER = 65_536
_ALIVE_WITHIN = 3.0
"""Seconds a process behind the front may take to say that it lives, as the front has it (deploy.front.clusters)."""
_HEALTH_WITHIN = 10.0
"""Seconds a process may take to look at what it needs."""


def answers(port: int, path: str, *, tls: ssl.SSLContext | None) -> bool:
    """Tell whether a server on a loopback port answers to a GET."""
    if tls is None:
        connection = http.client.HTTPConnection(HOST, port, timeout=5)
    else:
        connection = http.client.HTTPSConnection(HOST, port, timeout=5, context=tls)
    try:
        connection.request("GET", path)
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def all_listen(places: Iterable[str]) -> bool:
    """Tell whether the processes behind the front answer where they listen, ``unix:/path`` or ``host:port``."""
    return all(map(_listens, places))


def which_listen(places: Sequence[str]) -> list[bool]:
    """Tell of each process behind the front whether it answers; those that do not shall not add up."""
    with ThreadPoolExecutor(max(1, len(places))) as threads:
        return list(threads.map(_listens, places))


def _listens(place: str) -> bool:
    try:
        with _connection_to(place) as line:
            line.sendall(f"GET {ALIVE} HTTP/1.0\r\n\r\n".encode())
            return bool(line.recv(1))
    except OSError:
        return False


def _connection_to(place: str) -> socket.socket:
    if not place.startswith("unix:"):
        host, _, port = place.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=_ALIVE_WITHIN)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(_ALIVE_WITHIN)
    line.connect(place.removeprefix("unix:"))
    return line


@dataclass(frozen=True)
class SaidHealth:
    """What a process says of itself."""

    well: bool
    remark: str
    """What is missing, in Japanese; may also be there where the process does its work without it."""


def ask_health(port: int) -> SaidHealth:
    """Ask a process at its monitoring port how it is."""
    connection = http.client.HTTPConnection(HOST, port, timeout=_HEALTH_WITHIN)
    try:
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        report = json.loads(answer.read(_LONGEST_ANSWER))
    except (OSError, http.client.HTTPException, ValueError):
        return SaidHealth(False, "状態を確認できません")
    finally:
        connection.close()
    missing = [part for part in report["parts"].values() if part["status"] != "ok"]
    return SaidHealth(answer.status == 200, "、".join(f"{part['label']}: {part['remark']}" for part in missing))


def over_tls(environment: Mapping[str, str]) -> ssl.SSLContext:
    """Show the hub's own client certificate."""
    return client_context(
        certificate=Path(environment["HUB_GRID_CLIENT_CERTIFICATE"]), authority=Path(environment["HUB_TLS_AUTHORITY"])
    )


def has_lasted(since: datetime, *, seconds: float) -> bool:
    """Take a process for ready that listens nowhere and did not end at once."""
    return (datetime.now(UTC) - since).total_seconds() > seconds
