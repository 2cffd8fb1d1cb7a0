"""The line to the grid operators: mutual TLS, kept connections, limits of time and size."""

from collections.abc import Mapping

from urllib3 import PoolManager
from urllib3.util import Timeout
from urllib3.util.ssl_ import create_urllib3_context

from grid_client.call_clock import CallClock
from grid_client.http_answer import HttpAnswer
from runtime.bounded_answers import ENCODINGS, whole_body
from runtime.settings.shared import GridCallSettings
from runtime.traces import trace_headers
from schemas.codes import Area

MOST_BYTES = 8 * 1024 * 1024
"""Of one answer, packed and unpacked: a page of 1,000 applications has about one."""


class GridLine:
    """The connections of one thread, one to each area, and the clock that ends its calls.

    They take neither proxies nor authorities from the environment, and try nothing again.
    """

    def __init__(self, settings: GridCallSettings) -> None:
        self._call_timeout = settings.grid_call_timeout
        self._clock = CallClock()
        self._certificates = (settings.grid_client_certificate, settings.tls_authority)
        self._read_as_of: tuple[int, ...] = ()
        self._context = create_urllib3_context()
        self._context.sslsocket_class = self._clock.sockets()
        self._connections = PoolManager(
            num_pools=len(Area),
            maxsize=1,
            retries=False,
            timeout=Timeout(connect=settings.grid_connect_timeout, read=settings.grid_read_timeout),
            ssl_context=self._context,
        )

    def post(self, address: str, message: bytes, headers: Mapping[str, str]) -> HttpAnswer:
        """Send a message and read its answer; what would send it on elsewhere is an answer too.

        The grid operator's own traces, if it keeps any, belong to the one under way.

        :raises HTTPError: urllib3's, where no answer came.
        :raises UnusableBody: where there is too much of it, or it cannot be unpacked.
        :raises OSError: where a certificate cannot be used, which is no matter of the other side's.
        """
        self._read_certificates()
        self._clock.begin(seconds=self._call_timeout)
        response = self._connections.urlopen(
            "POST",
            address,
            body=message,
            headers={"Accept-Encoding": ENCODINGS, **headers, **trace_headers()},
            redirect=False,
            preload_content=False,
        )
        return HttpAnswer(response.status, response.headers, whole_body(response, most=MOST_BYTES))

    def _read_certificates(self) -> None:
        """Read them where they were renewed, for the connections that are made from here on."""
        own, authority = self._certificates
        as_of = tuple(path.stat().st_mtime_ns for path in self._certificates)
        if as_of != self._read_as_of:
            self._context.load_cert_chain(own)
            self._context.load_verify_locations(authority)
            self._read_as_of = as_of
