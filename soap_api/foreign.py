"""How a case or an application answers that is not the caller's: exactly as one that does not exist."""

from rules.procedure import refusing
from schemas.findings import Refused, refuse
from schemas.messages import MessageCode


def no_such_case(message_id: str) -> Refused:
    """This function will make the fault for a case number that the caller has no case of."""
    return Refused(
        refuse(MessageCode.NO_SUCH_CASE, rule="own-case", field="caseNumber", label="廃止取次番号"), message_id
    )


def no_such_application(message_id: str) -> Refused:
    """This function will make the fault for an application number that the caller has no application of."""
    return Refused(refusing.no_such_application(), message_id)
