"""12410 スイッチング廃止取次判断, as every face takes it."""

from models.cases.commands import Role
from rules.procedure.events import CommandContent, CommandKind
from rules.steps import CommandAnswer
from rules.switching.decision_form import decision_form_findings
from schemas.codes import Segment
from schemas.findings import Refusal, Refused
from schemas.interfaces.decision import DECISION, DecisionRequest
from schemas.refusal_codes import RefusalCode
from usecases.commanding import Commands


def decide(
    request: DecisionRequest,
    *,
    retailer_code: str,
    segment: Segment | None,
    commands: Commands,
    user_id: str | None = None,
) -> CommandAnswer:
    """Take the current retailer's decision on a referral.

    :param user_id: of the person who decides at a screen.

    :raises Refused: HUB-F001 where decision, reasons and text do not fit together; what the case refuses.
    """
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
    message = commands.identified(
        request, interface=DECISION, retailer_code=retailer_code, segment=segment, user_id=user_id
    )
    return commands.carry_out(message, content, role=Role.CURRENT_RETAILER)
