"""11110 業務処理状況確認(複数件): the asking retailer's applications of one area.

A list goes on where it began: the cursor says whether the page before came from the grid operator or
from the hub's record, because each has its own way to mark a place.

A grid operator lists applications under the codes they were filed under. Those that the caller succeeded (承継) follow
its own, one code after the other; whose an application is now, the hub's record says.
"""

import re
from dataclasses import dataclass, replace

from grid_client.errors import GridFault, GridUnreachable, UnreadableAnswer
from grid_client.unreadable_answers import note_unreadable
from models.cases.queries import application_statuses, codes_filed_under, retailers_of
from models.clock import business_now
from models.paging import KNOWN_CURSOR
from rules.access.use_cases import UseCase
from schemas import fields
from schemas.checks import check
from schemas.codes import AnswerSource, Segment
from schemas.findings import Refused
from schemas.interfaces.processing_status import (
    STATUS_LIST,
    ProcessingStatus,
    ProcessingStatusListRequest,
    ProcessingStatusListResponse,
)
from usecases.access import retailer_in_segment
from usecases.actors import Actor, Retailer
from usecases.grid_inquiries import ask_grid, grid_away, grid_refused
from usecases.hub import Hub

_AT_GRID = re.compile(r"g([0-9A-Z]*):(.*)")
"""Of which code the page before was, none for the caller's own, and the grid operator's own cursor."""
_AT_HUB = "h:"


@dataclass(frozen=True)
class _Caller:
    """Whose list it is, and in which segment."""

    retailer: Retailer
    segment: Segment

    @property
    def code(self) -> str:
        return self.retailer.retailer_code


def list_statuses(
    request: ProcessingStatusListRequest, *, actor: Actor, segment: Segment | None, hub: Hub
) -> ProcessingStatusListResponse:
    """List the caller's applications of an area: the grid operator's word, or the hub's record.

    :raises Refused: HUB-R003 or HUB-R005 where the grid operator is away in the middle of its list; HUB-B003
        where it refuses; HUB-F001 for a cursor that no page gave.
    """
    retailer, segment = retailer_in_segment(UseCase.LIST_STATUSES, actor=actor, segment=segment)
    caller = _Caller(retailer, segment)
    cursor = request.cursor
    if cursor is not None and cursor.startswith(_AT_HUB):
        return _recorded(request, cursor.removeprefix(_AT_HUB), caller, hub)
    place = _AT_GRID.fullmatch(cursor or "g:")
    if place is None:
        raise Refused(KNOWN_CURSOR.refusal(), request.message_id)
    try:
        return _live(request, place[1], place[2] or None, caller, hub)
    except GridFault as fault:
        if cursor is not None or not fault.retryable:
            raise grid_refused(fault, area=request.area, message_id=request.message_id) from None
        return _recorded(request, None, caller, hub)
    except UnreadableAnswer:  # asking again would not help: the hub's record tells all, from its beginning
        return _recorded(request, None, caller, hub)
    except GridUnreachable as away:
        if cursor is not None:
            raise grid_away(away, message_id=request.message_id) from None
        return _recorded(request, None, caller, hub)


def _live(
    request: ProcessingStatusListRequest, code: str, cursor: str | None, caller: _Caller, hub: Hub
) -> ProcessingStatusListResponse:
    codes = _codes(request, caller, hub)
    if code not in codes:
        raise Refused(KNOWN_CURSOR.refusal(), request.message_id)
    response = ask_grid(
        ProcessingStatusListResponse,
        interface=STATUS_LIST,
        area=request.area,
        content={
            "area": request.area,
            "changed_since": request.changed_since,
            "changed_before": request.changed_before,
            "application_kind": request.application_kind,
            "application_state": request.application_state,
            "cursor": cursor,
        },
        retailer=caller.retailer,
        segment=caller.segment,
        hub=hub,
        filed_under=code or None,
    )
    if response.next_cursor is None:
        goes_on = next((f"g{later}:" for later in codes[codes.index(code) + 1 :]), None)
    else:
        goes_on = f"g{code}:{response.next_cursor}"
        if check(fields.CURSOR, goes_on)[1] is not None:
            unreadable = UnreadableAnswer(request.area, "nextCursor length")
            note_unreadable(request.area, STATUS_LIST.number, unreadable.places)
            raise unreadable
    statuses = _callers_own(response.statuses, filed_by_caller=not code, caller=caller, hub=hub)
    hub.tell_news(statuses)
    return replace(
        response,
        message_id=request.message_id,
        source=AnswerSource.GRID_OPERATOR,
        statuses=statuses,
        next_cursor=goes_on,
    )


def _codes(request: ProcessingStatusListRequest, caller: _Caller, hub: Hub) -> list[str]:
    """List the codes to ask under, the caller's own first; a list goes on under each: believe no name in it."""
    with hub.database.transaction() as session:
        codes = codes_filed_under(session, retailer=caller.code, area=request.area, segment=caller.segment)
    return ["", *codes]


def _callers_own(
    statuses: tuple[ProcessingStatus, ...], *, filed_by_caller: bool, caller: _Caller, hub: Hub
) -> tuple[ProcessingStatus, ...]:
    """Leave out what another retailer has succeeded; what the hub has no record of belongs to who filed it."""
    with hub.database.transaction() as session:
        owners = retailers_of(session, numbers=[status.application_number for status in statuses])
    otherwise = caller.code if filed_by_caller else None
    return tuple(status for status in statuses if owners.get(status.application_number, otherwise) == caller.code)


def _recorded(
    request: ProcessingStatusListRequest, cursor: str | None, caller: _Caller, hub: Hub
) -> ProcessingStatusListResponse:
    with hub.database.transaction() as session:
        as_of = business_now(session)
        statuses, next_cursor, unreadable = application_statuses(
            session,
            retailer=caller.code,
            area=request.area,
            segment=caller.segment,
            changed_since=request.changed_since,
            changed_before=request.changed_before,
            kind=request.application_kind,
            state=request.application_state,
            cursor=cursor,
        )
    return ProcessingStatusListResponse(
        message_id=request.message_id,
        source=AnswerSource.HUB_RECORD,
        as_of=as_of,
        statuses=tuple(statuses),
        next_cursor=None if next_cursor is None else _AT_HUB + next_cursor,
        unreadable_statuses=unreadable or None,
    )
