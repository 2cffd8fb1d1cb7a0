"""How the hub's WSGI applications are served: by gunicorn, with threads, and where asked for with TLS.

The application is made once, before the workers are forked: it must open its connections lazily.
"""

import logging
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import structlog
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from runtime.addresses import address_of, with_port
from runtime.chunks import limit_chunks
from runtime.client_certificates import certificate_of_connection
from runtime.early_answer import UNREAD, EarlyAnswer
from runtime.logs import logger
from runtime.monitoring import Monitoring
from runtime.timed_sockets import serving_sockets
from runtime.tls import MutualTls, server_context
from runtime.traces import span

_access_log = logger("access")

PEER_CERTIFICATE = "hub.peer_certificate"
"""Key in the WSGI environ: the caller's ``ClientCertificate``, or None."""

_KEEP_ALIVE = 75
"""Seconds a connection is kept between two requests."""
_STOP_WITHIN = 15
"""Seconds that requests under way are given when the server is told to stop (SIGTERM)."""


@dataclass(frozen=True)
class Address:
    """Where a server listens."""

    host: str
    port: int


@dataclass(frozen=True)
class Strength:
    """How much a server does side by side."""

    workers: int = 1
    threads: int = 8


def serve(
    application: WSGIApplication,
    *,
    address: Address,
    strength: Strength,
    tls: MutualTls | None = None,
    patience: float = 20.0,
    whole: float = 30.0,
    monitoring: Monitoring | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT; requests under way are answered first.

    :param patience: seconds without a byte until a TLS connection is given up, so that none holds a thread for ever.
    :param whole: seconds in which a whole request must have come over TLS, and in which its answer must have been
        taken, however steadily the bytes come and go.
    :param monitoring: started in every worker, which has figures of its own.
    :raises SystemExit: when it cannot listen.
    :raises OSError: when a certificate is missing; ssl.SSLError: when one cannot be used.
    """
    options: dict[str, Any] = {
        "bind": with_port(address.host, address.port),
        "workers": strength.workers,
        "threads": strength.threads,
        "worker_class": "gthread",
        "preload_app": True,
        "keepalive": _KEEP_ALIVE,
        "graceful_timeout": _STOP_WITHIN,
        "logger_class": _GunicornLogger,
        "control_socket_disable": True,
        "forwarded_allow_ips": "",
    }
    if monitoring is not None:
        options["post_fork"] = lambda server, worker: monitoring.start()
    if tls is not None:
        context = server_context(tls)
        context.sslsocket_class = serving_sockets(patience=patience, whole=whole)
        options |= {"certfile": str(tls.certificate), "ssl_context": lambda config, default: context}
    _Server(_with_peer_certificate(application), options).run()


def _with_peer_certificate(application: WSGIApplication) -> WSGIApplication:
    def called(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        structlog.contextvars.clear_contextvars()
        limit_chunks(environ["wsgi.input"])
        connection = environ.get("gunicorn.socket")
        certificate = connection.getpeercert(True) if isinstance(connection, ssl.SSLSocket) else None
        environ[PEER_CERTIFICATE] = certificate_of_connection(certificate)
        if environ.get("REMOTE_ADDR"):
            environ["REMOTE_ADDR"] = str(address_of(environ["REMOTE_ADDR"]))
        with span(environ["REQUEST_METHOD"], kind="server", parent=environ.get("HTTP_TRACEPARENT")):
            body = application(environ, start_response)
        return EarlyAnswer(body, connection) if environ.get(UNREAD) else body

    return called


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
        _access_log.info(
            "request",
            method=environ.get("REQUEST_METHOD"),
            path=environ.get("PATH_INFO"),
            status=str(resp.status).split(None, 1)[0],
            milliseconds=round(request_time.total_seconds() * 1000, 1),
        )
        structlog.contextvars.clear_contextvars()  # what the server says next is about no request, or another one
