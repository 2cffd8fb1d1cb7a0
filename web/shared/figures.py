"""Figures of the screens, and what every line logged for a request bears."""

import time

import structlog
from flask import Flask, Response, g, request

from runtime.monitoring import Counter, Histogram

REQUESTS = Counter("hub_web_requests", "Requests of people's browsers.", ["screen", "method", "status"])
SECONDS = Histogram("hub_web_request_seconds", "Seconds until a page was made.", ["screen"])


def count_requests(app: Flask) -> None:
    """Count what the application answers, and name the case in its log lines."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()
        structlog.contextvars.bind_contextvars(screen=request.endpoint or "none")
        case_number = (request.view_args or {}).get("case_number")
        if case_number is not None:
            structlog.contextvars.bind_contextvars(case_number=case_number)

    @app.after_request
    def end(response: Response) -> Response:
        screen = request.endpoint or "none"
        REQUESTS.labels(screen, request.method, str(response.status_code)).inc()
        if "began" in g:
            SECONDS.labels(screen).observe(time.perf_counter() - g.began)
        return response
