"""12410 スイッチング廃止取次判断."""

from collections.abc import Sequence
from dataclasses import replace

from rules.access.use_cases import UseCase
from rules.numbers import segment_of
from rules.procedure.commands import Decide
from rules.switching.decision_form import decision_form_findings
from schemas.codes import Segment
from schemas.contract import required
from schemas.findings import Refusal, Refused
from schemas.interfaces.decision import DECISION, DecisionRequest, DecisionResponse
from schemas.refusal_codes import RefusalCode
from usecases.access import check_segment_of_case, retailer_for, retailer_in_any_segment, role_in_case
from usecases.actors import Actor
from usecases.commands import carry_out, identified
from usecases.hub import Hub

_USE_CASE = UseCase.DECIDE_REFERRAL


def decide_referrals(requests: Sequence[DecisionRequest], *, actor: Actor, hub: Hub) -> dict[str, Refusal | None]:
    """Take decisions on several referrals, each as its own command, and give by case what speaks against it.

    Once an outcome stays open, what follows is stored and left to the sweeper: one that waits holds up the others.
    """
    retailer_in_any_segment(_USE_CASE, actor=actor)
    refusals: dict[str, Refusal | None] = {}
    for request in requests:
        try:
            decide_referral(request, actor=actor, segment=segment_of(request.case_number), hub=hub)
            refusals[request.case_number] = None
        except Refused as refused:
            refusals[request.case_number] = refused.refusal
            if refused.refusal.code is RefusalCode.OUTCOME_OPEN:
                hub = replace(hub, hand_over=_left_to_the_sweeper)
    return refusals


def _left_to_the_sweeper(case_number: str) -> None:
    """Deliver nothing: what is stored is delivered by the sweeper."""


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
    content = Decide(
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
