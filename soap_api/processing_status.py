"""10620 and 10720 業務処理状況確認: the grid operator's word, or the hub's own record while it is away."""

from dataclasses import replace

from grid_client.errors import GridFault, GridUnreachable
from models.cases.queries import ApplicationRecord, application_of
from schemas.codes import AnswerSource
from schemas.contract import Interface
from schemas.interfaces.processing_status import (
    END_STATUS,
    START_STATUS,
    ProcessingStatusRequest,
    ProcessingStatusResponse,
)
from soap_api.callers import Caller
from soap_api.foreign import no_such_application
from soap_api.grid_inquiries import ask_grid
from soap_api.parts import Parts


def get_start_application_status(
    request: ProcessingStatusRequest, caller: Caller, parts: Parts
) -> ProcessingStatusResponse:
    """This function will tell the new retailer where its start application stands."""
    return _status(request, caller, parts, interface=START_STATUS)


def get_end_application_status(
    request: ProcessingStatusRequest, caller: Caller, parts: Parts
) -> ProcessingStatusResponse:
    """This function will tell the current retailer where its end application stands."""
    return _status(request, caller, parts, interface=END_STATUS)


def _status(
    request: ProcessingStatusRequest, caller: Caller, parts: Parts, *, interface: Interface
) -> ProcessingStatusResponse:
    kind = interface.tells_status_of
    assert kind is not None, "it is an interface of one application's status"
    with parts.database.transaction() as session:
        record = application_of(
            session, application_number=request.application_number, retailer=caller.retailer_code, kind=kind
        )
    if record is None or record.segment is not caller.segment:
        raise no_such_application(request.message_id)
    response = _live(record, interface, caller, parts) or ProcessingStatusResponse(
        message_id=request.message_id, source=AnswerSource.HUB_RECORD, as_of=record.as_of, status=record.status
    )
    return replace(response, message_id=request.message_id)


def _live(
    record: ApplicationRecord, interface: Interface, caller: Caller, parts: Parts
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
        )
    except (GridUnreachable, GridFault):
        return None
    if response.status.application_number != record.number:
        return None
    return replace(response, source=AnswerSource.GRID_OPERATOR)
