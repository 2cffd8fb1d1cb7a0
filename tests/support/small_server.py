"""A server whose application tells who called.

``python -m tests.support.small_server FOLDER WHERE [FRONTS [TLS [RENEW_AFTER [THREADS [FIGURES]]]]]``: where it listens
(``unix:/path``, ``host:port``), the addresses of the fronts that it believes there, ``tls`` to speak TLS itself, the
port where its first process shows its figures.
"""

import os
import signal
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

from runtime.addresses import address_of
from runtime.listening import Listening
from runtime.logs import logger, set_up_logs
from runtime.monitoring import Monitoring
from runtime.serving import PEER_CERTIFICATE, Strength, serve
from runtime.succession import WORN_OUT
from runtime.tls import MutualTls


def main(
    folder: str,
    where: str,
    fronts: str = "",
    tls: str = "",
    renew_after: str = "0",
    threads: str = "1",
    figures: str = "0",
) -> None:
    """Serve until SIGTERM."""
    place = Path(folder)

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        _do(environ, place)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [_answer(environ).encode()]

    set_up_logs("small")
    logger(__name__).info("ready")
    serve(
        application,
        listening=Listening(tuple(where.split()), frozenset(map(address_of, fronts.split())) if fronts else None),
        strength=Strength(threads=int(threads), renew_after=int(renew_after)),
        tls=MutualTls(place / "server.pem", place / "authority.pem") if tls == "tls" else None,
        monitoring=Monitoring("small", host="127.0.0.1", port=int(figures)),
    )


def _do(environ: WSGIEnvironment, place: Path) -> None:
    match environ["PATH_INFO"]:
        case "/slow":
            (place / "called").touch()
            while not (place / "answer").exists():
                time.sleep(0.01)
        case "/pid":
            time.sleep(0.01)
        case "/dying":
            os.kill(os.getpid(), signal.SIGKILL)
        case "/exhausted":
            environ[WORN_OUT] = True
        case "/broken":
            raise ValueError("髙橋　太郎")


def _answer(environ: WSGIEnvironment) -> str:
    peer = environ[PEER_CERTIFICATE]
    if environ["PATH_INFO"] == "/pid":
        return str(os.getpid())
    if environ["PATH_INFO"] == "/large":
        return " " * 3_000_000
    if environ["PATH_INFO"].startswith("/bulk/upload/"):
        return str(len(environ["wsgi.input"].read()))
    if environ["PATH_INFO"] == "/from":
        return str(environ["REMOTE_ADDR"])
    if peer is None:
        return "nobody"
    return str(peer.serial if environ["PATH_INFO"] == "/serial" else peer.subject.removeprefix("CN="))


if __name__ == "__main__":
    main(*sys.argv[1:])
