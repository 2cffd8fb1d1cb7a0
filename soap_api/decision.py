"""12410 スイッチング廃止取次判断."""

from schemas.interfaces.decision import DecisionRequest, DecisionResponse
from soap_api.callers import Caller
from soap_api.foreign import check_segment_of_case
from soap_api.parts import Parts
from usecases.deciding import decide


def decide_referral(request: DecisionRequest, caller: Caller, parts: Parts) -> DecisionResponse:
    """Take the current retailer's decision on a referral.

    :raises Refused: HUB-F001 where decision, reasons and text do not fit together; what the case refuses.
    """
    check_segment_of_case(request.case_number, caller=caller, message_id=request.message_id)
    answer = decide(request, retailer_code=caller.retailer_code, segment=caller.segment, commands=parts.commands)
    assert answer.processed_at is not None, "set when the answer was stored"
    assert answer.cut_off is not None, "a switching case has one"
    return DecisionResponse(
        message_id=request.message_id,
        case_number=answer.case_number,
        version=answer.version,
        case_phase=answer.phase,
        case_phase_name=answer.phase.label,
        application_cut_off=answer.cut_off,
        processed_at=answer.processed_at,
    )
