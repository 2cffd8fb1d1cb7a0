"""The desk (窓口) of a grid operator: answers each interface, and does so as its area was told to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from grid_stub.counters import note_call
from grid_stub.facilities import facility, is_known_point
from grid_stub.intake import no_such_application, take
from grid_stub.line import Line, line_of
from grid_stub.password_handover import hand_out
from grid_stub.passwords import Standing, standing
from grid_stub.patterns import Ending, ends_as
from grid_stub.requests import (
    FilingRequest,
    GridRequest,
    PointRequest,
    StatusListRequest,
    StatusRequest,
    UsageRequest,
)
from grid_stub.review import Habits
from grid_stub.statuses import Asker, StatusFilter, find_status, page_of_statuses
from grid_stub.submission import submission
from grid_stub.usage import usage
from models.clock import business_now
from models.database import Cursor, Database
from rules.calendar import JST, day_of
from rules.numbers import area_of_point
from schemas.codes import AnswerSource, ApplicationKind, Area, ProcessKind, Segment
from schemas.contract import Interface
from schemas.fields import POINT_NUMBER, USAGE_PASSWORD
from schemas.findings import Refused, Rulebook
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY, FacilityInquiryResponse
from schemas.interfaces.processing_status import (
    STATUS_LIST,
    ProcessingStatusListResponse,
    ProcessingStatusResponse,
    UsageInquiryStatusResponse,
)
from schemas.interfaces.usage import USAGE_INQUIRY, UsageInquiryResponse
from schemas.refusal_codes import RefusalCode

RULES = Rulebook(code=RefusalCode.GRID_REFUSED)
_PASSWORD = ("usagePassword", USAGE_PASSWORD.label)
_APPLY_FOR_ONE = "使用量情報照会申請で、パスワードの発行を受けてください。"
AREA_OF_THE_ADDRESS = RULES.declare("area-of-the-address", ("area", "エリア"), code=RefusalCode.FORM)
KNOWN_POINT = RULES.declare(
    "unknown-point",
    ("pointNumber", "{label}"),
    message="この{label}の地点はありません。",
    action="{label}を確認してください。",
)
PASSWORD_IN_TIME = RULES.declare(
    "usage-password-expired",
    _PASSWORD,
    message=f"{USAGE_PASSWORD.label}の有効期限が切れています。",
    action=_APPLY_FOR_ONE,
)
PASSWORD = RULES.declare(
    "usage-password", _PASSWORD, message=f"{USAGE_PASSWORD.label}が違います。", action=_APPLY_FOR_ONE
)
MAINTENANCE = RULES.declare(
    "maintenance",
    code=RefusalCode.GRID_MAINTENANCE,
    message="{area}エリアの一般送配電事業者のシステムは{end}までメンテナンス中です。",
)
BUSY = RULES.declare("busy", code=RefusalCode.GRID_UNREACHABLE, message="一時的に受け付けられません。")

_READ = "read"
_REFUSED = "refused"


@dataclass(frozen=True)
class Desk:
    """One segment's desk of all ten grid operators; which of them is asked stands in the address."""

    database: Database
    segment: Segment
    habits: Habits

    def handle(self, interface: Interface, request: Any, environ: Mapping[str, Any]) -> object:
        """Answer a request.

        :raises Refused: where the grid operator does not take it; it is counted all the same.
        """
        line = line_of(environ)
        process_kind = request.process_kind if interface.applies_for is not None else None

        def work(cursor: Cursor) -> object:
            _check_open(cursor, request, line)
            if (kind := interface.applies_for) is not None:
                return self._take(cursor, interface, kind, request, line)
            now = business_now(cursor)
            self._count(cursor, interface, line.area, _READ, now)
            if (kind := interface.tells_status_of) is not None:
                return self._status(cursor, kind, request, line.area, now)
            return _READERS[interface.number](self, cursor, request, line, now)

        try:
            return self.database.run_plain(work)
        except Refused:
            self.database.run_plain(
                lambda cursor: self._count(cursor, interface, line.area, _REFUSED, business_now(cursor), process_kind)
            )
            raise

    def _take(
        self,
        cursor: Cursor,
        interface: Interface,
        kind: ApplicationKind,
        request: FilingRequest,
        line: Line,
    ) -> object:
        application = submission(request, interface=interface, kind=kind, area=line.area, segment=self.segment)
        result = take(cursor, application, control=line.control, habits=self.habits)
        self._count(
            cursor,
            interface,
            line.area,
            result.outcome,
            result.answer.processed_at,
            process_kind=application.process_kind,
        )
        line.cut = result.cut
        return result.answer

    def _count(
        self,
        cursor: Cursor,
        interface: Interface,
        area: Area,
        outcome: str,
        at: datetime,
        process_kind: ProcessKind | None = None,
    ) -> None:
        number = interface.number
        note_call(cursor, area=area, interface_number=number, process_kind=process_kind, outcome=outcome, at=at)

    def _asker(self, request: GridRequest, area: Area) -> Asker:
        return Asker(area=area, segment=self.segment, retailer_code=request.retailer_code)

    def _status(
        self, cursor: Cursor, kind: ApplicationKind, request: StatusRequest, area: Area, now: datetime
    ) -> ProcessingStatusResponse:
        """Answer the same for all kinds; a usage inquiry that is complete brings the password with it."""
        status = find_status(
            cursor, asker=self._asker(request, area), kind=kind, number=request.application_number, now=now
        )
        if status is None:
            raise no_such_application()
        response = ProcessingStatusResponse(
            message_id=request.message_id, source=AnswerSource.GRID_OPERATOR, as_of=now, status=status
        )
        if kind is ApplicationKind.USAGE_INQUIRY:
            issued = hand_out(cursor, status, to=request.retailer_code, now=now)
            return UsageInquiryStatusResponse(
                **vars(response),
                usage_password=None if issued is None else issued.password,
                usage_password_valid_to=None if issued is None else issued.valid_to,
            )
        return response

    def status_list(
        self, cursor: Cursor, request: StatusListRequest, line: Line, now: datetime
    ) -> ProcessingStatusListResponse:
        """Answer 11110."""
        if request.area is not line.area:
            raise Refused(AREA_OF_THE_ADDRESS.refusal())
        statuses, next_cursor = page_of_statuses(
            cursor,
            asker=self._asker(request, line.area),
            status_filter=StatusFilter(
                changed_since=request.changed_since,
                changed_before=request.changed_before,
                kind=request.application_kind,
                state=request.application_state,
            ),
            after=request.cursor,
            size=line.control.page_size or self.habits.page_size,
            now=now,
        )
        return ProcessingStatusListResponse(
            message_id=request.message_id,
            source=AnswerSource.GRID_OPERATOR,
            as_of=now,
            statuses=tuple(statuses),
            next_cursor=next_cursor,
        )

    def facility(self, cursor: Cursor, request: PointRequest, line: Line, now: datetime) -> FacilityInquiryResponse:
        """Answer 10110."""
        self._check_point(request.point_number, line.area)
        return facility(
            message_id=request.message_id, point_number=request.point_number, today=day_of(now), segment=self.segment
        )

    def usage(self, cursor: Cursor, request: UsageRequest, line: Line, now: datetime) -> UsageInquiryResponse:
        """Answer 10310."""
        point, today = request.point_number, day_of(now)
        self._check_point(point, line.area)
        password_standing = standing(request.usage_password, point_number=point, today=today)
        if password_standing is not Standing.GOOD:
            raise Refused((PASSWORD_IN_TIME if password_standing is Standing.EXPIRED else PASSWORD).refusal())
        return usage(
            message_id=request.message_id,
            point_number=point,
            segment=self.segment,
            today=today,
            first=request.half_hourly_from,
            last=request.half_hourly_to,
        )

    def _check_point(self, point_number: str, area: Area) -> None:
        if area_of_point(point_number) is area and is_known_point(point_number):
            return
        raise Refused(KNOWN_POINT.refusal(label=POINT_NUMBER.in_segment(self.segment).label))


def _check_open(cursor: Cursor, request: GridRequest, line: Line) -> None:
    """Refuse for a while what would be answered otherwise: in a maintenance window, or where the pattern says so."""
    until = line.control.maintenance_until
    if until is not None and business_now(cursor) < until:
        end = until.astimezone(JST).isoformat()
        raise Refused(replace(MAINTENANCE.refusal(area=line.area.label, end=end), resumes_at=until))
    if ends_as(vars(request).get("point_number") or "", Ending.BUSY):
        raise Refused(BUSY.refusal())


_Reader = Callable[[Desk, Cursor, Any, Line, datetime], object]

_READERS: dict[str, _Reader] = {
    FACILITY_INQUIRY.number: Desk.facility,
    USAGE_INQUIRY.number: Desk.usage,
    STATUS_LIST.number: Desk.status_list,
}
