"""10110 設備情報照会."""

from rules.access.use_cases import UseCase
from schemas.codes import Segment
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY, FacilityInquiryRequest, FacilityInquiryResponse
from usecases.access import retailer_in_segment
from usecases.actors import Actor
from usecases.consents import check_consent
from usecases.hub import Hub
from usecases.point_inquiries import ask_about_point
from usecases.recorders import recorder_for

_USE_CASE = UseCase.INQUIRE_FACILITY


def inquire_facility(
    request: FacilityInquiryRequest, *, actor: Actor, segment: Segment | None, hub: Hub
) -> FacilityInquiryResponse:
    """Ask the grid operator what stands at a point, and put on record who read it.

    :raises Refused: HUB-B001 (consent), HUB-B003 (the grid operator refuses), HUB-R003 (it cannot be reached),
        HUB-R005 (maintenance).
    """
    retailer, segment = retailer_in_segment(_USE_CASE, actor=actor, segment=segment)
    recorder = recorder_for(
        _USE_CASE,
        interface=FACILITY_INQUIRY,
        actor=retailer,
        segment=segment,
        message_id=request.message_id,
        consent=request.consent,
    )
    check_consent(request.consent, message_id=request.message_id, hub=hub)
    return ask_about_point(
        FacilityInquiryResponse,
        interface=FACILITY_INQUIRY,
        request=request,
        retailer=retailer,
        segment=segment,
        recorder=recorder,
        hub=hub,
    )
