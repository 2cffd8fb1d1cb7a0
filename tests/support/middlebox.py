"""Something that stands before the hub: it passes messages on, and at times answers with words of its own."""

import ssl
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.support.soap_server import SoapServer


@dataclass(frozen=True)
class Instead:
    """What it answers in place of the hub."""

    status: int
    body: bytes = b""
    passed_on: bool = True
    """True where the hub has had the message all the same."""
    length: int | None = None
    """The length it announces, if not that of what it sends."""


@dataclass
class Middlebox:
    """Where it listens, and what it says to the next messages; afterwards the hub's answers come through."""

    port: int
    says: deque[Instead] = field(default_factory=deque)

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"


@contextmanager
def middlebox(hub: SoapServer, *, certificate: Path) -> Iterator[Middlebox]:
    """Stand before a hub for a block, and call it with a retailer's certificate."""
    box = Middlebox(0)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = self._ask_hub()
            self._say(status, body.replace(f"https://localhost:{hub.port}".encode(), box.url.encode()))

        def do_POST(self) -> None:
            instead = box.says.popleft() if box.says else None
            status, body = (0, b"") if instead and not instead.passed_on else self._ask_hub()
            if instead is None:
                self._say(status, body)
            else:
                self._say(instead.status, instead.body, length=instead.length)

        def _ask_hub(self) -> tuple[int, bytes]:
            context = ssl.create_default_context(cafile=hub.certificates.authority)
            context.load_cert_chain(certificate)
            connection = HTTPSConnection("localhost", hub.port, context=context, timeout=30)
            length = int(self.headers.get("Content-Length") or 0)
            headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
            connection.request(self.command, self.path, self.rfile.read(length) if length else None, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()

        def _say(self, status: int, body: bytes, *, length: int | None = None) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "text/xml")
            self.send_header("Content-Length", str(len(body) if length is None else length))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Log nothing: what it does is seen from its callers."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(hub.certificates.soap_server)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    box.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield box
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
