"""Whether a server answers at all. What it says is for others to judge."""

import http.client
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from deploy.stack.ports import HOST
from runtime.tls import client_context


def answers(port: int, path: str, *, tls: ssl.SSLContext | None) -> bool:
    """This function will tell whether a server on a loopback port answers to a GET."""
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


def over_tls(environment: Mapping[str, str]) -> ssl.SSLContext:
    """This function will show the hub's own client certificate."""
    return client_context(
        certificate=Path(environment["HUB_GRID_CLIENT_CERTIFICATE"]), authority=Path(environment["HUB_TLS_AUTHORITY"])
    )


def has_lasted(since: datetime, *, seconds: float) -> bool:
    """This function will take a process for ready that listens nowhere and did not end at once."""
    return (datetime.now(UTC) - since).total_seconds() > seconds
