"""The desk (窓口) of a grid operator: answers each interface, and does so as its area was told to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from grid_stub.control import control_of
from grid_stub.counters import note_call
from grid_stub.facilities import facility, is_known_point
from grid_stub.line import line_of
from grid_stub.reviewing import Habits
from grid_stub.statuses import Asked, find_status, page_of_statuses
from grid_stub.submission import submission
from grid_stub.taking import no_such_application, take
from models.clock import business_now
from models.database import Database
from rules.calendar import day_of
from rules.numbers import area_of_point
from schemas.codes import AnswerSource, ApplicationKind, Area, Segment
from schemas.contract import Interface
from schemas.findings import Refused, refuse
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY, FacilityInquiryResponse
from schemas.interfaces.processing_status import (
    END_STATUS,
    START_STATUS,
    STATUS_LIST,
    ProcessingStatusListResponse,
    ProcessingStatusResponse,
)
from schemas.messages import MessageCode

_READ = "read"
_REFUSED = "refused"


@dataclass(frozen=True)
class Desk:
    """One segment's desk of all ten grid operators; which of them is asked stands in the address."""

    database: Database
    segment: Segment
    habits: Habits

    def handle(self, interface: Interface, request: Any, environ: Mapping[str, Any]) -> object:
        """This function will answer a request.

        :raises Refused: where the grid operator does not take it; it is counted all the same.
        """
        area = line_of(environ).area
        reader = _READERS.get(interface.number)
        try:
            with self.database.transaction() as session:
                if reader is None:
                    return self._take(session, interface, request, environ)
                now = business_now(session)
                self._count(session, interface, request, area, _READ, now)
                return reader(self, session, request, area, now)
        except Refused:
            with self.database.transaction() as session:
                self._count(session, interface, request, area, _REFUSED, business_now(session))
            raise

    def _take(self, session: Session, interface: Interface, request: Any, environ: Mapping[str, Any]) -> object:
        line = line_of(environ)
        given = submission(request, interface=interface, area=line.area, segment=self.segment)
        taken = take(session, given, habits=self.habits)
        self._count(session, interface, request, line.area, taken.outcome, taken.answer.processed_at)
        line.cut = taken.cut
        return taken.answer

    def _count(
        self, session: Session, interface: Interface, request: Any, area: Area, outcome: str, at: datetime
    ) -> None:
        kind = getattr(request, "process_kind", None)
        note_call(session, area=area, interface_number=interface.number, process_kind=kind, outcome=outcome, at=at)

    def _asked(self, request: Any, area: Area) -> Asked:
        return Asked(area=area, segment=self.segment, retailer_code=request.retailer_code)

    def start_status(self, session: Session, request: Any, area: Area, now: datetime) -> object:
        """This function will answer 10620."""
        return self._status(session, request, area, now, ApplicationKind.START)

    def end_status(self, session: Session, request: Any, area: Area, now: datetime) -> object:
        """This function will answer 10720."""
        return self._status(session, request, area, now, ApplicationKind.END)

    def _status(
        self, session: Session, request: Any, area: Area, now: datetime, kind: ApplicationKind
    ) -> ProcessingStatusResponse:
        number = request.application_number
        status = find_status(session, asked=self._asked(request, area), kind=kind, number=number, now=now)
        if status is None:
            raise no_such_application()
        return ProcessingStatusResponse(
            message_id=request.message_id, source=AnswerSource.GRID_OPERATOR, as_of=now, status=status
        )

    def status_list(self, session: Session, request: Any, area: Area, now: datetime) -> ProcessingStatusListResponse:
        """This function will answer 11110."""
        if request.area is not area:
            raise Refused(refuse(MessageCode.FORM, rule="area-of-the-address", field="area", label="エリア"))
        size = control_of(session, area=area).page_size or self.habits.page_size
        statuses, cursor = page_of_statuses(
            session,
            asked=self._asked(request, area),
            changed_since=request.changed_since,
            cursor=request.cursor,
            size=size,
            now=now,
        )
        return ProcessingStatusListResponse(
            message_id=request.message_id,
            source=AnswerSource.GRID_OPERATOR,
            as_of=now,
            statuses=tuple(statuses),
            next_cursor=cursor,
        )

    def facility(self, session: Session, request: Any, area: Area, now: datetime) -> FacilityInquiryResponse:
        """This function will answer 10110."""
        point = request.point_number
        if area_of_point(point) is not area or not is_known_point(point):
            raise Refused(
                refuse(
                    MessageCode.GRID_REFUSED,
                    rule="unknown-point",
                    field="pointNumber",
                    label="供給地点特定番号",
                    message="この供給地点特定番号の地点はありません。",
                    action="供給地点特定番号を確認してください。",
                )
            )
        return facility(message_id=request.message_id, point_number=point, today=day_of(now))


_Reader = Callable[[Desk, Session, Any, Area, datetime], object]

_READERS: dict[str, _Reader] = {
    FACILITY_INQUIRY.number: Desk.facility,
    START_STATUS.number: Desk.start_status,
    END_STATUS.number: Desk.end_status,
    STATUS_LIST.number: Desk.status_list,
}
