"""The current retailer's decisions (取次判断): what is sent, and what is stored of it."""

from typing import Any

from models.cases.commands import StoredMessage, store_command
from models.prepared import Line
from rules.access.roles import Role
from rules.procedure.commands import Decide
from schemas.codes import Decision, RejectionReason
from schemas.interfaces.decision import DecisionRequest
from tests.support.cast import CURRENT
from tests.support.messages import identified, new_message_id


def decision_request(case_number: str, **changes: Any) -> DecisionRequest:
    """Fill in an acceptance; another message id each time."""
    values: dict[str, Any] = {
        "message_id": new_message_id(),
        "case_number": case_number,
        "version": 1,
        "decision": Decision.ACCEPT,
        "rejection_reasons": (),
        "rejection_text": None,
    }
    return DecisionRequest(**(values | changes))


def decide(
    line: Line, case_number: str, request: DecisionRequest | None = None, *, retailer: str = CURRENT, **new: Any
) -> StoredMessage:
    """Store the current retailer's decision."""
    request = request or decision_request(case_number, **new)
    return store_command(
        line,
        message=identified(request, retailer=retailer, interface="12410"),
        content=Decide(
            case_number=case_number,
            version=request.version,
            decision=request.decision,
            rejection_reasons=request.rejection_reasons,
        ),
        role=Role.CURRENT_RETAILER,
    )


def reject(line: Line, case_number: str, *, text: str = "契約者死亡のため要確認") -> StoredMessage:
    return decide(
        line,
        case_number,
        decision=Decision.REJECT,
        rejection_reasons=(RejectionReason.NO_SUCH_CONTRACT, RejectionReason.OTHER),
        rejection_text=text,
    )
