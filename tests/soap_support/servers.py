"""A real gunicorn on a free port of the loopback."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

_ROOT = Path(__file__).parents[2]


@contextmanager
def gunicorn(application: str) -> Iterator[int]:
    """Serve ``module:factory()`` as long as the context lasts, and give the port."""
    with socket.socket() as listener:  # gunicorn inherits it, so nobody else can take the port in between
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        port = int(listener.getsockname()[1])
        command = ["-m", "gunicorn", "--bind", f"fd://{listener.fileno()}", "--worker-class", "gthread", application]
        server = subprocess.Popen(
            [sys.executable, *command, "--threads", "4", "--log-level", "critical"],
            cwd=_ROOT,
            pass_fds=[listener.fileno()],
        )
    try:
        _wait_until_it_answers(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait_until_it_answers(port: int) -> None:
    give_up = monotonic() + 20
    while monotonic() < give_up:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
                line.sendall(b"GET /?wsdl HTTP/1.0\r\n\r\n")
                if line.recv(15).startswith(b"HTTP/1."):
                    return
        except OSError:
            sleep(0.05)
    raise TimeoutError("gunicorn does not answer")


def exchange(port: int, request: bytes, *, shut: bool = False) -> bytes:
    """Send raw bytes and give all that comes back until the server closes or is silent."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(request)
        if shut:
            line.shutdown(socket.SHUT_WR)
        received = b""
        while piece := line.recv(65_536):
            received += piece
    return received
