"""Calls to the grid operators' systems (スイッチング連携システム): written and read by the catalogue."""

import threading
import time

from structlog.contextvars import bound_contextvars
from urllib3.exceptions import HTTPError

from grid_client import figures
from grid_client.answers import Question, read_answer
from grid_client.errors import GridFault, GridUnreachable, UnreadableAnswer
from grid_client.failures import unreachable
from grid_client.http_answer import HttpAnswer
from grid_client.transport import GridLine
from grid_client.unreadable_answers import note_unreadable
from grid_client.writing import headers_of, write_request
from runtime.bounded_answers import UnusableBody
from runtime.settings.shared import GridCallSettings
from runtime.traces import span
from schemas.codes import Area, Segment
from schemas.grid import grid_interface


class GridClient:
    """May be shared by threads; each has its own connections, which are kept."""

    def __init__(self, settings: GridCallSettings) -> None:
        self._settings = settings
        self._own = threading.local()

    def call(self, *, area: Area, segment: Segment, interface_number: str, request: object) -> object:
        """Send a request of the grid's interfaces and give the answer of the catalogue.

        :raises GridUnreachable: when no answer came; it says whether the request may have been taken.
        :raises GridFault: when the grid operator answers with a fault.
        :raises UnsendableRequest: when the request breaks the contract.
        """
        began, outcome = time.perf_counter(), "ok"
        try:
            with bound_contextvars(area=area.value, interface=interface_number), span("grid", kind="client"):
                return self._call(area, segment, interface_number, request)
        except GridUnreachable as away:
            outcome = away.reason
            raise
        except GridFault as fault:
            outcome = fault.code
            raise
        except BaseException as error:
            outcome = type(error).__name__
            raise
        finally:
            figures.CALLS.labels(area.value, interface_number, outcome).inc()
            figures.SECONDS.labels(area.value).observe(time.perf_counter() - began)

    def _call(self, area: Area, segment: Segment, interface_number: str, request: object) -> object:
        interface = grid_interface(interface_number, segment)
        message = write_request(request, interface=interface, segment=segment)
        address = self._settings.grid_url.format(area=area.value, segment=segment.value)
        try:
            answer = self._line().post(address, message, headers_of(interface, segment))
        except UnusableBody as error:
            unreadable = UnreadableAnswer(area, str(error))
            note_unreadable(area, interface.number, unreadable.places)
            raise unreadable from None
        except HTTPError as error:
            raise unreachable(error, area=area) from None
        return self._read(answer, Question(area, segment, interface, request))

    def _read(self, answer: HttpAnswer, question: Question) -> object:
        try:
            read = read_answer(answer, question)
        except UnreadableAnswer as unreadable:
            note_unreadable(question.area, question.interface.number, unreadable.places)
            raise
        if read.left_out:
            note_unreadable(question.area, question.interface.number, read.left_out)
        return read.message

    def _line(self) -> GridLine:
        line: GridLine | None = self._own.__dict__.get("line")
        if line is None:
            line = self._own.line = GridLine(self._settings)
        return line
