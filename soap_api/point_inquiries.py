"""Inquiries about one point (10110, 10310): relayed live, held to the point that was asked for, and put on record."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from grid_client.errors import GridFault, GridUnreachable
from models.reads import note_read
from rules.numbers import area_of_point
from schemas.contract import Interface
from schemas.interfaces.common import Consent
from schemas.interfaces.facility_inquiry import FacilityInquiryResponse
from schemas.interfaces.usage import UsageInquiryResponse
from soap_api.callers import Caller
from soap_api.grid_inquiries import ask_grid, grid_away, grid_refused
from soap_api.parts import Parts

Response = TypeVar("Response", FacilityInquiryResponse, UsageInquiryResponse)


class AnswerOfAnotherPoint(Exception):
    """A grid operator answered with a point that was not asked for; nobody may see it."""


def ask_about_point(
    wanted: type[Response],
    *,
    interface: Interface,
    point_number: str,
    consent: Consent,
    message_id: str,
    caller: Caller,
    parts: Parts,
    more: Mapping[str, object] | None = None,
) -> Response:
    """Give the grid operator's word on a point, and put on record who read it by which consent.

    :param more: what the interface's request carries besides point and consent.
    :raises Refused: HUB-B003 (the grid operator refuses), HUB-R003 (it cannot be reached), HUB-R005 (maintenance).
    """
    area = area_of_point(point_number)
    content = {"point_number": point_number, "consent": consent, **(more or {})}
    try:
        response = ask_grid(wanted, interface=interface, area=area, content=content, caller=caller, parts=parts)
    except GridFault as fault:
        raise grid_refused(fault, area=area, message_id=message_id) from None
    except GridUnreachable as away:
        raise grid_away(away, message_id=message_id) from None
    if response.point_number != point_number:
        raise AnswerOfAnotherPoint
    parts.database.run(
        lambda session: note_read(
            session,
            retailer_code=caller.retailer_code,
            interface_number=interface.number_in(caller.segment),
            subject=point_number,
            message_id=message_id,
            source_address=caller.source_address,
            consent=consent,
        )
    )
    return replace(response, message_id=message_id)
