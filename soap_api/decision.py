"""12410 スイッチング廃止取次判断."""

from models.messages.operations import CommandDraft, Role
from rules.case.decision_form import decision_form_findings
from rules.case.events import CommandKind
from schemas.findings import Refusal, Refused
from schemas.interfaces.decision import DECISION, DecisionRequest, DecisionResponse
from schemas.messages import MessageCode
from soap_api.callers import Caller
from soap_api.commands import carry_out
from soap_api.parts import Parts


def decide_referral(request: DecisionRequest, caller: Caller, parts: Parts) -> DecisionResponse:
    """This function will take the current retailer's decision on a referral.

    :raises Refused: HUB-F001 where decision, reasons and text do not fit together; what the case refuses.
    """
    findings = decision_form_findings(
        decision=request.decision, reasons=request.rejection_reasons, text=request.rejection_text
    )
    if findings:
        raise Refused(Refusal(MessageCode.FORM, findings), request.message_id)
    draft = CommandDraft(
        kind=CommandKind.DECIDE,
        case_number=request.case_number,
        version=request.version,
        decision=request.decision,
        rejection_reasons=request.rejection_reasons,
    )
    answer = carry_out(
        draft, role=Role.CURRENT_RETAILER, interface=DECISION, request=request, caller=caller, parts=parts
    )
    assert answer.processed_at is not None, "set when the answer was stored"
    return DecisionResponse(
        message_id=request.message_id,
        case_number=answer.case_number,
        version=answer.version,
        case_phase=answer.phase,
        case_phase_name=answer.phase.label,
        application_cut_off=answer.cut_off,
        processed_at=answer.processed_at,
    )
