"""What the applicant may ask for as its application stands; the deadlines are looked at when it is asked."""

from rules.lone_application.state import LoneApplication
from rules.procedure.application import possible_processes
from rules.procedure.events import CommandKind
from schemas.codes import CasePhase, ProcessKind

_COMMANDS = {
    ProcessKind.AMEND: CommandKind.AMEND_APPLICATION,
    ProcessKind.WITHDRAW: CommandKind.CANCEL_APPLICATION,
}


def possible_lone_commands(state: LoneApplication) -> tuple[CommandKind, ...]:
    """List the commands that the applicant may give now."""
    if state.phase is not CasePhase.AWAITING_APPLICATIONS:
        return ()
    return tuple(_COMMANDS[process] for process in possible_processes(state.application.state))
