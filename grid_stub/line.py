"""The line to a grid operator: slow, down, or cut after the answer was made, as the area was told."""

import errno
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from grid_stub.control import Control, control_of
from grid_stub.spoilt_answers import spoiling
from models.database import Database
from schemas.codes import Area

_KEY = "grid_stub.line"


@dataclass
class Line:
    """One call's line."""

    area: Area
    control: Control
    """What the area had been told when the call came."""
    cut: bool = False
    """Set by whoever answers: what was done stays done, but the caller never hears of it."""


def line_of(environ: Mapping[str, Any]) -> Line:
    line: Line = environ[_KEY]
    return line


def over_line(
    application: WSGIApplication,
    *,
    area: Area,
    database: Database,
    environ: WSGIEnvironment,
    start_response: StartResponse,
) -> Iterable[bytes]:
    """Put a call through to ``application`` as the line to the area is.

    :raises ConnectionResetError: where it is down or cut; the server then closes the connection without a word.
    """
    with database.plain_read() as cursor:
        control = control_of(cursor, area=area)
    if control.down:
        raise ConnectionResetError(errno.ECONNRESET, "the line is down")
    if control.delay_seconds > 0:
        time.sleep(control.delay_seconds)
    line = Line(area, control)
    environ[_KEY] = line
    answering = spoiling(application, control.spoilt) if control.spoilt else application
    answer = answering(environ, start_response)
    if line.cut:
        raise ConnectionResetError(errno.ECONNRESET, "the line was cut")
    return answer
