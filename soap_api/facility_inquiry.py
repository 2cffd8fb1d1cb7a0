"""10110 設備情報照会."""

from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY, FacilityInquiryRequest, FacilityInquiryResponse
from soap_api.callers import Caller
from soap_api.consents import check_consent
from soap_api.parts import Parts
from soap_api.point_inquiries import ask_about_point


def get_facility(request: FacilityInquiryRequest, caller: Caller, parts: Parts) -> FacilityInquiryResponse:
    """Ask the grid operator what stands at a point, and put on record who read it.

    :raises Refused: HUB-B001 (consent), HUB-B003 (the grid operator refuses), HUB-R003 (it cannot be reached),
        HUB-R005 (maintenance).
    """
    check_consent(request.consent, message_id=request.message_id, parts=parts)
    return ask_about_point(
        FacilityInquiryResponse,
        interface=FACILITY_INQUIRY,
        point_number=request.point_number,
        consent=request.consent,
        message_id=request.message_id,
        caller=caller,
        parts=parts,
    )
