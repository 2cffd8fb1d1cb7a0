"""Figures of the SOAP face: requests by interface and outcome, and how long they took."""

import time
from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from structlog.contextvars import get_contextvars

from runtime.monitoring import Counter, Histogram
from schemas.refusal_codes import RefusalCode

REQUESTS = Counter("hub_soap_requests", "Requests of retailers' systems.", ["interface", "outcome"])
EXHAUSTED = Counter("hub_soap_exhausted", "Requests that there was no memory left for.")
SECONDS = Histogram("hub_soap_request_seconds", "Seconds until the answer was made.", ["interface"])

_NO_INTERFACE = "none"


def counted(application: WSGIApplication) -> WSGIApplication:
    """Count what an application answers, by what it noted for the access log."""

    def called(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        statuses: list[str] = []

        def start(status: str, *more: Any) -> Any:
            statuses.append(status.partition(" ")[0])
            return start_response(status, *more)

        began = time.perf_counter()
        try:
            return application(environ, start)
        finally:
            noted = get_contextvars()
            interface = noted.get("interface", _NO_INTERFACE)
            outcome = noted.get("outcome") or f"http-{statuses[-1] if statuses else 'none'}"
            REQUESTS.labels(interface, outcome).inc()
            if outcome == RefusalCode.EXHAUSTED:
                EXHAUSTED.inc()
            SECONDS.labels(interface).observe(time.perf_counter() - began)

    return called
