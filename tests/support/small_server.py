"""A server whose application tells who called.

``python -m tests.support.small_server PORT FOLDER FAULTS PATIENCE [WHOLE [HOST]]``
"""

import sys
import time
from collections.abc import Iterable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

from runtime.logs import logger, set_up_logs
from runtime.serving import PEER_CERTIFICATE, Address, Strength, serve
from runtime.tls import MutualTls


def main(
    port: str, folder: str, answers_faults: str, patience: str, whole: str = "30", host: str = "127.0.0.1"
) -> None:
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
    serve(
        application,
        address=Address(host, int(port)),
        strength=Strength(threads=1),
        tls=MutualTls(place / "server.pem", place / "authority.pem", answers_faults=answers_faults == "yes"),
        patience=float(patience),
        whole=float(whole),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
