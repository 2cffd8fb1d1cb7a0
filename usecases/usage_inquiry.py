"""10310 使用量情報照会: relayed live with its password, which the hub hands on and keeps nowhere."""

from dataclasses import dataclass

from rules.access.use_cases import UseCase
from rules.usage_period import usage_period_findings
from schemas.codes import Segment
from schemas.interfaces.common import Consent
from schemas.interfaces.usage import USAGE_INQUIRY, UsageInquiryRequest, UsageInquiryResponse
from usecases.access import retailer_in_segment
from usecases.actors import Actor, RetailerPerson
from usecases.consents import check_consent
from usecases.hub import Hub
from usecases.point_inquiries import ask_about_point
from usecases.recorders import recorder_for, screen_recorder

_USE_CASE = UseCase.INQUIRE_USAGE


@dataclass(frozen=True, kw_only=True)
class UsageFileRequest:
    """Of what inquiry a person takes the answer away as a file."""

    message_id: str
    point_number: str
    consent: Consent


def inquire_usage(
    request: UsageInquiryRequest, *, actor: Actor, segment: Segment | None, hub: Hub
) -> UsageInquiryResponse:
    """Ask the grid operator what was used at a point, and put on record who read it.

    :raises Refused: HUB-B001 (consent, days), HUB-B003 (the grid operator refuses, as for a wrong password),
        HUB-R003 (it cannot be reached), HUB-R005 (maintenance).
    """
    retailer, segment = retailer_in_segment(_USE_CASE, actor=actor, segment=segment)
    recorder = recorder_for(
        _USE_CASE,
        interface=USAGE_INQUIRY,
        actor=retailer,
        segment=segment,
        message_id=request.message_id,
        consent=request.consent,
    )
    days = usage_period_findings(first=request.half_hourly_from, last=request.half_hourly_to)
    check_consent(request.consent, message_id=request.message_id, hub=hub, also=days)
    return ask_about_point(
        UsageInquiryResponse,
        interface=USAGE_INQUIRY,
        request=request,
        retailer=retailer,
        segment=segment,
        recorder=recorder,
        hub=hub,
        further_content={
            "usage_password": request.usage_password,
            "half_hourly_from": request.half_hourly_from,
            "half_hourly_to": request.half_hourly_to,
        },
    )


def note_usage_file(request: UsageFileRequest, *, actor: RetailerPerson, segment: Segment | None, hub: Hub) -> None:
    """Put on record that a person takes an answer that they got away as a file."""
    retailer_in_segment(_USE_CASE, actor=actor, segment=segment)
    recorder = screen_recorder(
        actor, purpose=f"画面:{_USE_CASE.label}（CSV）", message_id=request.message_id, consent=request.consent
    )
    hub.database.run(lambda session: recorder.record(session, [request.point_number]))
