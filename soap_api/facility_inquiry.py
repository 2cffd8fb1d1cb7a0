"""10110 設備情報照会."""

from dataclasses import replace

from grid_client.errors import GridFault, GridUnreachable
from models.reads import note_read
from rules.numbers import area_of_point
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY, FacilityInquiryRequest, FacilityInquiryResponse
from soap_api.callers import Caller
from soap_api.consents import check_consent
from soap_api.grid_inquiries import ask_grid, grid_away, grid_refused
from soap_api.parts import Parts


class AnswerOfAnotherPoint(Exception):
    """A grid operator answered with a point that was not asked for; nobody may see it."""


def get_facility(request: FacilityInquiryRequest, caller: Caller, parts: Parts) -> FacilityInquiryResponse:
    """This function will ask the grid operator what stands at a point, and put on record who read it.

    :raises Refused: HUB-B001 (consent), HUB-B003 (the grid operator refuses), HUB-R003 (it cannot be reached).
    """
    check_consent(request.consent, message_id=request.message_id, parts=parts)
    response = _ask(request, caller, parts)
    with parts.database.transaction() as session:
        note_read(
            session,
            retailer_code=caller.retailer_code,
            interface_number=FACILITY_INQUIRY.number_in(caller.segment),
            subject=request.point_number,
            message_id=request.message_id,
            source_address=caller.source_address,
            consent=request.consent,
        )
    return replace(response, message_id=request.message_id)


def _ask(request: FacilityInquiryRequest, caller: Caller, parts: Parts) -> FacilityInquiryResponse:
    area = area_of_point(request.point_number)
    try:
        response = ask_grid(
            FacilityInquiryResponse,
            interface=FACILITY_INQUIRY,
            area=area,
            content={"point_number": request.point_number, "consent": request.consent},
            caller=caller,
            parts=parts,
        )
    except GridFault as fault:
        raise grid_refused(fault, area=area, message_id=request.message_id) from None
    except GridUnreachable:
        raise grid_away(area, message_id=request.message_id) from None
    if response.point_number != request.point_number:
        raise AnswerOfAnotherPoint
    return response
