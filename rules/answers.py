"""The answer to a command, as the case's state gives it."""

from datetime import datetime

from rules.core import Procedure
from rules.procedure.events import Command, CommandKind
from rules.steps import CommandAnswer
from schemas.codes import ApplicationKind
from schemas.findings import Refusal

_APPLICATION = {
    CommandKind.FILE_START: ApplicationKind.START,
    CommandKind.AMEND_START: ApplicationKind.START,
    CommandKind.CANCEL_START: ApplicationKind.START,
    CommandKind.FILE_END: ApplicationKind.END,
    CommandKind.AMEND_END: ApplicationKind.END,
    CommandKind.CANCEL_END: ApplicationKind.END,
}


def answer_to(
    state: Procedure, *, command: Command | None = None, refusal: Refusal | None = None, at: datetime | None = None
) -> CommandAnswer:
    """Answer a command, or for None the registration.

    :param at: business time of the answer; None where whoever stores it sets it.
    """
    application = state.concerned(None if command is None else _APPLICATION.get(command.kind))
    return CommandAnswer(
        case_number=state.case_number,
        version=state.version,
        phase=state.phase,
        wished_date=state.wished_date,
        decision_due=state.decision_due,
        cut_off=state.cut_off,
        processed_at=at,
        application_number=None if application is None else application.number,
        application_state=None if application is None else application.state,
        refusal=refusal,
    )
