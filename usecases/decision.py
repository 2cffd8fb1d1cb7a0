"""12410 スイッチング廃止取次判断."""

from rules.access.use_cases import UseCase
from rules.procedure.events import CommandContent, CommandKind
from rules.switching.decision_form import decision_form_findings
from schemas.codes import Segment
from schemas.contract import required
from schemas.findings import Refusal, Refused
from schemas.interfaces.decision import DECISION, DecisionRequest, DecisionResponse
from schemas.refusal_codes import RefusalCode
from usecases.access import check_segment_of_case, retailer_for, role_in_case
from usecases.actors import Actor
from usecases.commands import carry_out, identified
from usecases.hub import Hub

_USE_CASE = UseCase.DECIDE_REFERRAL


def decide_referral(request: DecisionRequest, *, actor: Actor, segment: Segment | None, hub: Hub) -> DecisionResponse:
    """Take the current retailer's decision on a referral.

    :raises Refused: HUB-F001 where decision, reasons and text do not fit together; what the case refuses.
    """
    retailer = retailer_for(_USE_CASE, actor=actor, segment=segment)
    check_segment_of_case(request.case_number, segment=segment, message_id=request.message_id)
    findings = decision_form_findings(
        decision=request.decision, reasons=request.rejection_reasons, text=request.rejection_text
    )
    if findings:
        raise Refused(Refusal(RefusalCode.FORM, findings), request.message_id)
    content = CommandContent(
        kind=CommandKind.DECIDE,
        case_number=request.case_number,
        version=request.version,
        decision=request.decision,
        rejection_reasons=request.rejection_reasons,
    )
    message = identified(request, interface=DECISION, retailer=retailer, segment=segment, hub=hub)
    answer = carry_out(message, content, role=role_in_case(_USE_CASE), hub=hub)
    return DecisionResponse(
        message_id=request.message_id,
        case_number=answer.case_number,
        version=answer.version,
        case_phase=answer.phase,
        case_phase_name=answer.phase.label,
        application_cut_off=required(answer.cut_off),
        processed_at=required(answer.processed_at),
    )
