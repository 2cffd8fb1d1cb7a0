"""A TLS server that answers each request with as many bytes as its caller takes."""

import socket
import ssl
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass
class FloodingServer:
    """Where it listens, and how much its callers have taken."""

    port: int
    taken: int = 0
    """Bytes of bodies, those that wait in the sockets' buffers included."""


@contextmanager
def flooding(certificate: Path, *, authority: Path, headers: bytes, body: Iterable[bytes]) -> Iterator[FloodingServer]:
    """Serve for a block, one caller after the other.

    :param headers: of the answer, after its status, each with its line end.
    :param body: in pieces, made as they are taken.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.load_verify_locations(authority)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = FloodingServer(listener.getsockname()[1])

        def answer(line: ssl.SSLSocket) -> None:
            _take_request(line)  # whole: a line that is closed with something unread in it is cut
            line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nConnection: close\r\n" + headers)
            line.sendall(b"\r\n")
            for piece in body:
                line.sendall(piece)
                server.taken += len(piece)

        def serve() -> None:
            with suppress(OSError):
                while True:
                    plain, _ = listener.accept()
                    with plain, suppress(OSError), context.wrap_socket(plain, server_side=True) as line:
                        answer(line)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(20)


def _take_request(line: ssl.SSLSocket) -> None:
    with line.makefile("rb") as request:
        length = 0
        while (header := request.readline()) not in (b"\r\n", b""):
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        request.read(length)
