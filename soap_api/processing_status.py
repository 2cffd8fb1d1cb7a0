"""業務処理状況確認 of one application (10220 to 10920): the grid operator's word, or else the hub's own record.

What only the grid operator tells, as the password of a usage inquiry, is handed on and kept nowhere.
"""

from dataclasses import replace

from grid_client.errors import GridFault, GridUnreachable
from models.cases.queries import ApplicationRecord, application_of
from schemas.codes import AnswerSource
from schemas.contract import Interface
from schemas.interfaces.processing_status import (
    ProcessingStatusRequest,
    ProcessingStatusResponse,
)
from soap_api.callers import Caller
from soap_api.foreign import no_such_application
from soap_api.grid_inquiries import ask_grid
from soap_api.naming import Handler, function_name
from soap_api.parts import Parts


def status_handler(interface: Interface) -> Handler:
    """Make the function that tells where applications of a kind stand, named after its operation."""

    def handle(request: ProcessingStatusRequest, caller: Caller, parts: Parts) -> ProcessingStatusResponse:
        return _status(interface, request, caller, parts)

    handle.__name__ = function_name(interface)
    return handle


def _status(
    interface: Interface, request: ProcessingStatusRequest, caller: Caller, parts: Parts
) -> ProcessingStatusResponse:
    assert interface.tells_status_of is not None, "it is an interface of states"
    with parts.database.transaction() as session:
        record = application_of(
            session,
            application_number=request.application_number,
            retailer=caller.retailer_code,
            kind=interface.tells_status_of,
        )
    if record is None or record.segment is not caller.segment:
        raise no_such_application(request.message_id)
    return _live(record, interface, request, caller, parts) or interface.response(
        message_id=request.message_id, source=AnswerSource.HUB_RECORD, as_of=record.as_of, status=record.status
    )


def _live(
    record: ApplicationRecord,
    interface: Interface,
    request: ProcessingStatusRequest,
    caller: Caller,
    parts: Parts,
) -> ProcessingStatusResponse | None:
    """None where the grid operator is away, or does not know the application (yet): then the hub's record tells."""
    try:
        response = ask_grid(
            ProcessingStatusResponse,
            interface=interface,
            area=record.area,
            content={"application_number": record.number},
            caller=caller,
            parts=parts,
            filed_under=record.filed_under,
        )
    except (GridUnreachable, GridFault):
        return None
    if response.status.application_number != record.number:
        return None
    return replace(response, message_id=request.message_id, source=AnswerSource.GRID_OPERATOR)
