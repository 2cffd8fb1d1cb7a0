"""A connection to the SOAP face of 低圧託送 that is kept, as a retailer's system keeps it."""

import time
from http.client import HTTPSConnection
from pathlib import Path

from deploy.stack.ports import HOST
from runtime.tls import client_context
from soap_api.services import LOW_VOLTAGE, path_of

_PATIENCE = 60.0
_KEPT = 15.0
"""Seconds without a message after which a connection is opened anew: the server keeps none for ever."""


class Line:
    """One connection under one retailer's certificate; for one thread at a time."""

    def __init__(self, *, certificate: Path, authority: Path, port: int) -> None:
        """Connect with the first message; ``certificate`` is the retailer's, ``authority`` the one that both trust."""
        context = client_context(certificate=certificate, authority=authority)
        self._connection = HTTPSConnection(HOST, port, context=context, timeout=_PATIENCE)
        self._used_at = time.monotonic()

    def post(self, body: str | bytes) -> bytes:
        """Send a message and give the answer's body, a fault's too."""
        if time.monotonic() - self._used_at > _KEPT:
            self._connection.close()
        self._connection.request("POST", path_of(LOW_VOLTAGE), body, {"Content-Type": "text/xml; charset=utf-8"})
        answer = self._connection.getresponse().read()
        self._used_at = time.monotonic()
        return answer

    def close(self) -> None:
        self._connection.close()
