"""11110 業務処理状況確認(複数件): the asking retailer's applications of one area.

A list goes on where it began: the cursor says whether the page before came from the grid operator or
from the hub's record, because each has its own way to mark a place.
"""

from dataclasses import replace

from grid_client.errors import GridFault, GridUnreachable, UnreadableAnswer
from models.cases.queries import application_statuses
from models.clock import business_now
from schemas import fields
from schemas.checks import check
from schemas.codes import AnswerSource
from schemas.findings import Refusal, Refused, refuse
from schemas.interfaces.processing_status import (
    STATUS_LIST,
    ProcessingStatusListRequest,
    ProcessingStatusListResponse,
)
from schemas.messages import MessageCode
from soap_api.callers import Caller
from soap_api.grid_inquiries import ask_grid, grid_away, grid_refused
from soap_api.parts import Parts

_AT_GRID = "g:"
_AT_HUB = "h:"


def get_application_statuses(
    request: ProcessingStatusListRequest, caller: Caller, parts: Parts
) -> ProcessingStatusListResponse:
    """This function will list the caller's applications of an area: the grid operator's word, or the hub's record.

    :raises Refused: HUB-R003 or HUB-R005 where the grid operator is away in the middle of its list; HUB-B003
        where it refuses; HUB-F001 for a cursor that no page gave.
    """
    cursor = request.cursor
    if cursor is not None and cursor.startswith(_AT_HUB):
        return _recorded(request, cursor.removeprefix(_AT_HUB), caller, parts)
    if cursor is not None and not cursor.startswith(_AT_GRID):
        raise Refused(_no_such_place(), request.message_id)
    try:
        return _live(request, None if cursor is None else cursor.removeprefix(_AT_GRID), caller, parts)
    except GridFault as fault:
        if cursor is not None or not fault.retryable:
            raise grid_refused(fault, area=request.area, message_id=request.message_id) from None
        return _recorded(request, None, caller, parts)
    except UnreadableAnswer:  # asking again would not help: the hub's record tells all, from its beginning
        return _recorded(request, None, caller, parts)
    except GridUnreachable as away:
        if cursor is not None:
            raise grid_away(away, message_id=request.message_id) from None
        return _recorded(request, None, caller, parts)


def _live(
    request: ProcessingStatusListRequest, cursor: str | None, caller: Caller, parts: Parts
) -> ProcessingStatusListResponse:
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
        caller=caller,
        parts=parts,
    )
    next_cursor = _marked(_AT_GRID, response.next_cursor)
    if next_cursor is not None and check(fields.CURSOR, next_cursor)[1] is not None:
        raise UnreadableAnswer(request.area, "nextCursor length")
    return replace(response, message_id=request.message_id, source=AnswerSource.GRID_OPERATOR, next_cursor=next_cursor)


def _recorded(
    request: ProcessingStatusListRequest, cursor: str | None, caller: Caller, parts: Parts
) -> ProcessingStatusListResponse:
    with parts.database.transaction() as session:
        as_of = business_now(session)
        statuses, next_cursor, unreadable = application_statuses(
            session,
            retailer=caller.retailer_code,
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
        next_cursor=_marked(_AT_HUB, next_cursor),
        unreadable_statuses=unreadable or None,
    )


def _marked(mark: str, cursor: str | None) -> str | None:
    return None if cursor is None else mark + cursor


def _no_such_place() -> Refusal:
    return refuse(
        MessageCode.FORM,
        rule="cursor",
        field="cursor",
        label="続きの位置",
        message="続きの位置が読み取れません。",
        action="前の応答にあった値をそのまま指定してください。",
    )
