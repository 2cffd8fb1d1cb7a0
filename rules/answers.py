"""The answer to a command, as the case's state gives it."""

from datetime import datetime

from rules.core import Procedure
from rules.procedure.commands import AmendFiling, CancelFiling, Command, File
from rules.steps import CommandAnswer
from schemas.codes import ApplicationKind
from schemas.findings import Refusal


def answer_to(
    state: Procedure, *, command: Command | None = None, refusal: Refusal | None = None, at: datetime | None = None
) -> CommandAnswer:
    """Answer a command, or for None the registration.

    :param at: business time of the answer; None where whoever stores it sets it.
    """
    application = state.concerned(_application_named(command))
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


def _application_named(command: Command | None) -> ApplicationKind | None:
    """Tell which of a case's two applications a command is about."""
    match command:
        case Command(content=File() | AmendFiling() | CancelFiling() as filing):
            return filing.application
        case _:
            return None
