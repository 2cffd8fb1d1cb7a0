"""10310 使用量情報照会: relayed live with its password, which the hub hands on and keeps nowhere."""

from rules.usage_period import usage_period_findings
from schemas.interfaces.usage import USAGE_INQUIRY, UsageInquiryRequest, UsageInquiryResponse
from soap_api.callers import Caller
from soap_api.consents import check_consent
from soap_api.parts import Parts
from soap_api.point_inquiries import ask_about_point


def get_usage(request: UsageInquiryRequest, caller: Caller, parts: Parts) -> UsageInquiryResponse:
    """Ask the grid operator what was used at a point, and put on record who read it.

    :raises Refused: HUB-B001 (consent, days), HUB-B003 (the grid operator refuses, as for a wrong password),
        HUB-R003 (it cannot be reached), HUB-R005 (maintenance).
    """
    days = usage_period_findings(first=request.half_hourly_from, last=request.half_hourly_to)
    check_consent(request.consent, message_id=request.message_id, parts=parts, also=days)
    return ask_about_point(
        UsageInquiryResponse,
        interface=USAGE_INQUIRY,
        point_number=request.point_number,
        consent=request.consent,
        message_id=request.message_id,
        caller=caller,
        parts=parts,
        more={
            "usage_password": request.usage_password,
            "half_hourly_from": request.half_hourly_from,
            "half_hourly_to": request.half_hourly_to,
        },
    )
