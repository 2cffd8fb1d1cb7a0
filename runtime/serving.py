"""How the hub's WSGI applications are served: by gunicorn, with threads, behind the front.

The front (Envoy, deploy/front) has ended TLS, taken the whole request and found it to be HTTP of a bounded size, and
says who called. The application is made once, before the workers are forked: it must open its connections lazily.
"""

import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import structlog
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from runtime.addresses import address_of
from runtime.client_certificates import shown_certificate
from runtime.front_headers import ALIVE, CALLER_ADDRESS, CERTIFICATE, CERTIFICATE_OF_PROXY
from runtime.listening import Listening, keep_to_ourselves
from runtime.logs import logger
from runtime.monitoring import Monitoring
from runtime.succession import Succession
from runtime.tls import MutualTls, server_context
from runtime.traces import span
from runtime.workers import FrontWorker

_access_log = logger("access")

PEER_CERTIFICATE = "hub.peer_certificate"
"""Key in the WSGI environ: the caller's ``ClientCertificate``, or None."""

_STOP_WITHIN = 35
"""Seconds that requests under way are given when the server is told to stop (SIGTERM), or renewed: an inquiry may take
the whole call of a grid operator (``HUB_GRID_CALL_TIMEOUT``)."""
_SILENT_WITHIN = 10
"""Seconds without a sign of life after which a process is ended and another takes its place; its callers wait so long.
Its main loop gives a sign each second and waits for no request, however long one takes (``HUB_GRID_CALL_TIMEOUT``), so
only a process that is stopped, or one call of a library that keeps the interpreter, holds it up: of those none takes a
second for the largest message."""
_KEEP_ALIVE = 75
"""Seconds a connection is kept between two requests: longer than by the front, which so writes into none that is being
closed."""
_LONGEST_PATH = 100
"""Letters of a path in the log."""


@dataclass(frozen=True)
class Strength:
    """How much each process of a server does side by side, and for how long."""

    threads: int = 8
    renew_after: int = 0
    """Requests after which a process gives way to a new one; 0 for never."""


def serve(
    application: WSGIApplication,
    *,
    listening: Listening,
    strength: Strength,
    tls: MutualTls | None = None,
    monitoring: Monitoring | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT, with a process at each place; requests under way are answered first.

    :param tls: for a server that no front stands before, and no caller from outside reaches.
    :param monitoring: started in every worker, which has figures of its own.
    :raises SystemExit: when it cannot listen.
    :raises OSError: when a certificate is missing; ssl.SSLError: when one cannot be used.
    :raises NotOursAlone: when its sockets would be open to others.
    """
    for place in listening.places:
        if place.startswith("unix:"):
            keep_to_ourselves(Path(place.removeprefix("unix:")).parent)
    succession = Succession(places=len(listening.places), renew_after=strength.renew_after)
    options: dict[str, Any] = {
        **succession.options(),
        "when_ready": _leave_sockets_when_it_ends,
        "bind": list(listening.places),
        "worker_class": FrontWorker,
        "threads": strength.threads,
        "preload_app": True,
        "keepalive": _KEEP_ALIVE,
        "timeout": _SILENT_WITHIN,
        "graceful_timeout": _STOP_WITHIN,
        "umask": 0o077,
        "logger_class": _GunicornLogger,
        "control_socket_disable": True,
        "forwarder_headers": "",
        "limit_request_line": 0,
        "limit_request_fields": 200,
        "limit_request_field_size": 65_536,
    }

    def forked(server: object, worker: Any) -> None:
        succession.keep_to_its_place(worker)
        if monitoring is not None:
            monitoring.start_at(worker.place)

    options["post_fork"] = forked
    if tls is not None:
        context = server_context(tls)
        options |= {"certfile": str(tls.certificate), "ssl_context": lambda config, default: context}
        options |= {"worker_class": "gthread", "limit_request_line": 8190}
    succession.run(_Server(_told_by_the_front(application, listening), options))


def _leave_sockets_when_it_ends(server: Any) -> None:
    """Have gunicorn remove no socket, as if they were given to it by systemd.

    Another server of the same face may have taken the place of this one by then (docs/operations.md), and removes what
    it finds there itself.
    """
    server.systemd = True


def _told_by_the_front(application: WSGIApplication, listening: Listening) -> WSGIApplication:
    keys = [_key(name) for name in (CERTIFICATE, CERTIFICATE_OF_PROXY, CALLER_ADDRESS)]

    def called(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        structlog.contextvars.clear_contextvars()
        certificate, by_proxy, address = (environ.pop(key, None) for key in keys)
        peer = environ.get("REMOTE_ADDR", "")
        believed = listening.believes(peer)
        if believed and environ["PATH_INFO"] == ALIVE:
            start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "0")])
            return []
        environ[PEER_CERTIFICATE] = shown_certificate(certificate, by_proxy=by_proxy) if believed else None
        caller = address if believed and address else peer
        environ["REMOTE_ADDR"] = str(address_of(caller)) if caller else ""
        with span(environ["REQUEST_METHOD"], kind="server", parent=environ.get("HTTP_TRACEPARENT")):
            answer = application(environ, start_response)
        _read_the_rest(environ["wsgi.input"])
        return answer

    return called


def _read_the_rest(body: Any) -> None:
    """Read what the application did not want: a connection closed with something unread may lose its answer."""
    with suppress(OSError):
        while body.read(65_536):
            pass


def _key(header: str) -> str:
    return f"HTTP_{header.upper().replace('-', '_')}"


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    def __init__(self, application: WSGIApplication, options: dict[str, Any]) -> None:
        self._application = application
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIApplication:
        return self._application


class _GunicornLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Writes into the process's own log; what a caller sent is left out where gunicorn would quote it."""

    def setup(self, cfg: Any) -> None:
        self.cfg = cfg
        self.error_log.propagate = True
        self.error_log.setLevel(logging.INFO)

    def warning(self, msg: str, *args: object, **kwargs: Any) -> None:
        self.error_log.warning(msg.split(":")[0], **kwargs)

    def exception(self, msg: str, *args: object, **kwargs: Any) -> None:
        self.error_log.error(msg.split("%")[0].strip(), exc_info=True)

    def access(self, resp: Any, req: Any, environ: WSGIEnvironment, request_time: timedelta) -> None:
        if environ.get("PATH_INFO") == ALIVE:
            return  # asked every other second
        _access_log.info(
            "request",
            method=environ.get("REQUEST_METHOD"),
            path=environ.get("PATH_INFO", "")[:_LONGEST_PATH],
            status=str(resp.status).split(None, 1)[0],
            milliseconds=round(request_time.total_seconds() * 1000, 1),
        )
        structlog.contextvars.clear_contextvars()  # what the server says next is about no request, or another one
