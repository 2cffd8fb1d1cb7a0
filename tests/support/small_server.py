"""A server whose application tells who called.

``python -m tests.support.small_server FOLDER WHERE [FRONTS [TLS]]``: where it listens (``unix:/path``, ``host:port``),
the addresses of the fronts that it believes there, and ``tls`` to speak TLS itself.
"""

import sys
import time
from collections.abc import Iterable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

from runtime.addresses import address_of
from runtime.listening import Listening
from runtime.logs import logger, set_up_logs
from runtime.serving import PEER_CERTIFICATE, Strength, serve
from runtime.tls import MutualTls


def main(folder: str, where: str, fronts: str = "", tls: str = "") -> None:
    """Serve until SIGTERM, one request at a time."""
    place = Path(folder)

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/slow":
            (place / "called").touch()
            while not (place / "answer").exists():
                time.sleep(0.01)
        if environ["PATH_INFO"] == "/broken":
            raise ValueError("髙橋　太郎")
        if environ["PATH_INFO"] == "/reading":
            environ["wsgi.input"].read()
        if environ["PATH_INFO"] == "/large":
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [b" " * 1_000_000] * 100
        if environ["PATH_INFO"] == "/from":
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [environ["REMOTE_ADDR"].encode()]
        peer = environ[PEER_CERTIFICATE]
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"nobody" if peer is None else peer.subject.removeprefix("CN=").encode()]

    set_up_logs("small")
    logger(__name__).info("ready")
    certificate, authority = place / "server.pem", place / "authority.pem"
    serve(
        application,
        listening=Listening((where,), frozenset(map(address_of, fronts.split())) if fronts else None),
        strength=Strength(threads=1),
        tls=MutualTls(certificate, authority) if tls == "tls" else None,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
