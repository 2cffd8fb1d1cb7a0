"""The line to the grid operators: mutual TLS, kept connections, limits of time and size."""

from collections.abc import Mapping
from dataclasses import dataclass

from urllib3 import PoolManager
from urllib3.util import Timeout
from urllib3.util.ssl_ import create_urllib3_context

from grid_client.call_clock import CallClock
from runtime.bounded_answers import ENCODINGS, whole_body
from runtime.settings.shared import GridCallSettings
from runtime.traces import trace_headers
from schemas.codes import Area

MOST_BYTES = 8 * 1024 * 1024
"""Of one answer, packed and unpacked: a page of 1,000 applications has about one."""


@dataclass(frozen=True)
class HttpAnswer:
    """What has come over the line, whole."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes


class GridLine:
    """The connections of one thread, one to each area, and the clock that ends its calls.

    They take neither proxies nor authorities from the environment, and try nothing again.
    """

    def __init__(self, settings: GridCallSettings) -> None:
        """Read the certificates, so that one that cannot be used is no matter of the other side's."""
        self._call_timeout = settings.grid_call_timeout
        self._clock = CallClock()
        context = create_urllib3_context()
        context.load_cert_chain(settings.grid_client_certificate)
        context.load_verify_locations(settings.tls_authority)
        context.sslsocket_class = self._clock.sockets()
        self._connections = PoolManager(
            num_pools=len(Area),
            maxsize=1,
            retries=False,
            timeout=Timeout(connect=settings.grid_connect_timeout, read=settings.grid_read_timeout),
            ssl_context=context,
            # read again for each connection: they may have been renewed
            cert_file=str(settings.grid_client_certificate),
            ca_certs=str(settings.tls_authority),
        )

    def post(self, address: str, message: bytes, headers: Mapping[str, str]) -> HttpAnswer:
        """Send a message and read its answer; what would send it on elsewhere is an answer too.

        The grid operator's own traces, if it keeps any, belong to the one under way.

        :raises HTTPError: urllib3's, where no answer came.
        :raises UnusableBody: where there is too much of it, or it cannot be unpacked.
        """
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
