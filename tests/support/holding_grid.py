"""Grid operators that take every call and answer none before they are told to."""

import ssl
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from schemas.codes import Area


@dataclass
class HoldingGrid:
    """Where they listen, and what they hold."""

    port: int
    let_go: threading.Event = field(default_factory=threading.Event)
    calls: Counter[Area] = field(default_factory=Counter)
    """How many have come in, by area."""

    def hold(self) -> None:
        """Begin anew: hold what comes from now on, and count it."""
        self.calls.clear()
        self.let_go.clear()

    @property
    def url(self) -> str:
        """Give what the setting of their address is."""
        return f"https://localhost:{self.port}/grid/{{area}}/{{segment}}"


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 64


@contextmanager
def holding_grid(certificate: Path, *, authority: Path) -> Iterator[HoldingGrid]:
    """Serve for a block; what is still held at its end is answered by a refusal, as is all that is let go."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.load_verify_locations(authority)
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            with lock:
                grid.calls[Area(self.path.split("/")[2])] += 1
            grid.let_go.wait(60)
            self.send_error(503)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with _Server(("127.0.0.1", 0), Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        grid = HoldingGrid(server.server_port)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield grid
        finally:
            grid.let_go.set()
            server.shutdown()
            thread.join()
