"""The line to the grid operators: mutual TLS, kept connections, limits of time and size."""

from typing import Any

import requests
from urllib3.util.ssl_ import create_urllib3_context
from zeep.transports import Transport

from grid_client.call_clock import CallClock
from runtime.bounded_answers import ENCODINGS, BoundedAdapter
from runtime.settings.shared import GridCallSettings
from runtime.traces import trace_headers
from schemas.codes import Area

MOST_BYTES = 8 * 1024 * 1024
"""Of one answer, packed and unpacked: a page of 1,000 applications has about one."""


class GridTransport(Transport):
    """Sends to the address it is given and to no other."""

    def __init__(self, settings: GridCallSettings, clock: CallClock) -> None:
        session = requests.Session()
        session.trust_env = False  # neither proxies nor authorities from the environment
        session.cert = str(settings.grid_client_certificate)
        session.verify = str(settings.tls_authority)
        session.headers["Accept-Encoding"] = ENCODINGS
        session.mount("https://", _TimedAdapter(clock))
        limits = (settings.grid_connect_timeout, settings.grid_read_timeout)
        super().__init__(session=session, operation_timeout=limits)  # type: ignore[no-untyped-call]

    def post(self, address: str, message: bytes, headers: dict[str, str]) -> requests.Response:
        """Send a message; what would send it on elsewhere is an answer without a fault."""
        return self.session.post(
            address, data=message, headers=headers, timeout=self.operation_timeout, allow_redirects=False
        )


class _TimedAdapter(BoundedAdapter):
    """Keeps a connection to each area, and ends a call with its clock however slowly its answer comes."""

    def __init__(self, clock: CallClock) -> None:
        self._context = create_urllib3_context()
        self._context.sslsocket_class = clock.sockets()
        super().__init__(most=MOST_BYTES, pool_connections=len(Area), pool_maxsize=1, max_retries=0)

    def add_headers(self, request: requests.PreparedRequest, **more: Any) -> None:
        """Have the grid operator's own traces, if it keeps any, belong to the one under way."""
        request.headers.update(trace_headers())

    def init_poolmanager(self, *limits: Any, **more: Any) -> None:
        """Have all connections made with the timed sockets."""
        super().init_poolmanager(*limits, **more, ssl_context=self._context)
