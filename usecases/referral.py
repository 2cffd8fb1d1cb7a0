"""12110 スイッチング廃止取次登録: 登録 opens a case, 訂正 and 取消 are commands on it."""

from functools import partial

from models.cases.commands import Examine
from models.cases.operations import register_referral as decide_registration
from rules.access.use_cases import UseCase
from rules.procedure.consent import consent_findings
from rules.procedure.requested_commands import referral_command
from rules.steps import CommandAnswer
from schemas.codes import ProcessKind, Segment
from schemas.contract import required
from schemas.interfaces.referral import REFERRAL, ReferralRequest, ReferralResponse
from usecases.access import check_segment_of_case, retailer_in_segment, role_in_case
from usecases.actors import Actor
from usecases.commands import carry_out, identified
from usecases.hub import Hub
from usecases.registration import register

_USE_CASE = UseCase.REGISTER_REFERRAL


def register_referral(request: ReferralRequest, *, actor: Actor, segment: Segment | None, hub: Hub) -> ReferralResponse:
    """Register, amend or withdraw a referral, as its 処理区分 says.

    :raises Refused: what speaks against the registration, or what the case refuses.
    """
    retailer, segment = retailer_in_segment(_USE_CASE, actor=actor, segment=segment)
    message = identified(request, interface=REFERRAL, retailer=retailer, segment=segment, hub=hub)
    if request.process_kind is ProcessKind.REGISTER:
        decide = partial(
            decide_registration,
            message=message,
            request=request,
            segment=segment,
            profile=hub.deadline_profile,
            calendar=hub.calendar,
        )
        return _response(request, register(message, decide, hub=hub))
    content, examine = referral_command(request), _examine(request)
    check_segment_of_case(content.case_number, segment=segment, message_id=request.message_id)
    answer = carry_out(message, content, role=role_in_case(_USE_CASE), hub=hub, examine=examine)
    return _response(request, answer)


def _examine(request: ReferralRequest) -> Examine | None:
    """Ask what besides the core has to be asked whether something speaks against it; nothing of a 取消."""
    if request.process_kind is ProcessKind.WITHDRAW:
        return None
    return partial(consent_findings, obtained_on=required(request.consent).obtained_on)


def _response(request: ReferralRequest, answer: CommandAnswer) -> ReferralResponse:
    return ReferralResponse(
        message_id=request.message_id,
        case_number=answer.case_number,
        version=answer.version,
        case_phase=answer.phase,
        case_phase_name=answer.phase.label,
        wished_date=required(answer.wished_date),
        decision_due=required(answer.decision_due),
        application_cut_off=required(answer.cut_off),
        processed_at=required(answer.processed_at),
    )
