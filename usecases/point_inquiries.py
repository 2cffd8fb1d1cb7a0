"""Inquiries about one point (10110, 10310): relayed live, held to the point that was asked for, and put on record."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from grid_client.errors import GridFault, GridUnreachable
from models.reads import ReadRecorder
from rules.numbers import area_of_point
from schemas.codes import Segment
from schemas.contract import Interface
from schemas.interfaces.facility_inquiry import FacilityInquiryRequest, FacilityInquiryResponse
from schemas.interfaces.usage import UsageInquiryRequest, UsageInquiryResponse
from usecases.actors import Retailer
from usecases.grid_inquiries import ask_grid, grid_away, grid_refused
from usecases.hub import Hub

Response = TypeVar("Response", FacilityInquiryResponse, UsageInquiryResponse)


class AnswerOfAnotherPoint(Exception):
    """A grid operator answered with a point that was not asked for; nobody may see it."""


def ask_about_point(
    response_class: type[Response],
    *,
    interface: Interface,
    request: FacilityInquiryRequest | UsageInquiryRequest,
    retailer: Retailer,
    segment: Segment,
    recorder: ReadRecorder,
    hub: Hub,
    further_content: Mapping[str, object] | None = None,
) -> Response:
    """Give the grid operator's word on a point, and put on record who read it by which consent.

    :param further_content: what the interface's request carries besides point and consent.
    :raises Refused: HUB-B003 (the grid operator refuses), HUB-R003 (it cannot be reached), HUB-R005 (maintenance).
    """
    point_number, message_id = request.point_number, request.message_id
    area = area_of_point(point_number)
    content = {"point_number": point_number, "consent": request.consent, **(further_content or {})}
    try:
        response = ask_grid(
            response_class, interface=interface, area=area, content=content, retailer=retailer, segment=segment, hub=hub
        )
    except GridFault as fault:
        raise grid_refused(fault, area=area, message_id=message_id) from None
    except GridUnreachable as away:
        raise grid_away(away, message_id=message_id) from None
    if response.point_number != point_number:
        raise AnswerOfAnotherPoint
    hub.database.run(lambda session: recorder.record(session, [point_number]))
    return replace(response, message_id=message_id)
