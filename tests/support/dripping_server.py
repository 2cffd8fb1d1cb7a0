"""A TLS server that takes a request and answers it a byte at a time."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class DrippingServer:
    """Where it listens, and what became of its callers."""

    port: int
    hung_up: threading.Event = field(default_factory=threading.Event)
    """Set once a caller has gone before it had its answer."""


@contextmanager
def dripping(
    certificate: Path, *, authority: Path, answer: bytes, at_once: int, every: float
) -> Iterator[DrippingServer]:
    """Serve for a block, one caller after the other.

    :param at_once: how much of the answer comes whole, before the first single byte.
    :param every: seconds between two bytes.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.load_verify_locations(authority)
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = DrippingServer(listener.getsockname()[1])

        def drip(line: ssl.SSLSocket) -> None:
            line.recv(65_536)
            line.sendall(answer[:at_once])
            for place in range(at_once, len(answer)):
                if over.wait(every):
                    return
                line.sendall(answer[place : place + 1])

        def serve() -> None:
            with suppress(OSError):
                while True:
                    plain, _ = listener.accept()
                    with plain:
                        try:
                            with context.wrap_socket(plain, server_side=True) as line:
                                drip(line)
                        except OSError:
                            server.hung_up.set()

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server
        finally:
            over.set()
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(20)
