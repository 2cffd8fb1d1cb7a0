"""The answer to a command, as the case's state gives it."""

from datetime import datetime

from rules.core import Procedure
from rules.procedure.application import Application
from rules.procedure.commands import AmendFiling, CancelFiling, Command, File
from rules.steps import CommandAnswer
from rules.switching.state import SwitchingCase
from schemas.findings import Refusal


def answer_to(
    state: Procedure, *, command: Command | None = None, refusal: Refusal | None = None, at: datetime | None = None
) -> CommandAnswer:
    """Answer a command, or for None the registration.

    :param at: business time of the answer; None where whoever stores it sets it.
    """
    application = _concerned(state, command)
    case = state if isinstance(state, SwitchingCase) else None
    return CommandAnswer(
        case_number=state.case_number,
        version=state.version,
        phase=state.phase,
        wished_date=case.wished_date if case else None,
        decision_due=case.decision_due if case else None,
        cut_off=state.cut_off,
        processed_at=at,
        application_number=None if application is None else application.number,
        application_state=None if application is None else application.state,
        refusal=refusal,
    )


def _concerned(state: Procedure, command: Command | None) -> Application | None:
    """The application that an answer is about; of a case, the one that the command names."""
    if not isinstance(state, SwitchingCase):
        return state.application
    match command:
        case Command(content=File() | AmendFiling() | CancelFiling() as filing):
            return state.application(filing.application)
        case _:
            return None
