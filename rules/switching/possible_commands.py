"""What a side of a case may ask for as the case stands; the deadlines are looked at when it is asked."""

from collections.abc import Mapping

from rules.procedure.application import possible_processes
from rules.procedure.command_kinds import AMENDING, CANCELLING, FILING, CommandKind
from rules.switching.commands import ALLOWED_PHASES
from rules.switching.state import SwitchingCase
from rules.switching.visibility import Side
from schemas.codes import ApplicationKind, ProcessKind

_ON_APPLICATION: dict[ProcessKind, Mapping[ApplicationKind, CommandKind]] = {
    ProcessKind.REGISTER: FILING,
    ProcessKind.AMEND: AMENDING,
    ProcessKind.WITHDRAW: CANCELLING,
}
_ON_REFERRAL = {Side.NEW: (CommandKind.AMEND, CommandKind.WITHDRAW), Side.CURRENT: (CommandKind.DECIDE,)}
_APPLICATION = {Side.NEW: ApplicationKind.START, Side.CURRENT: ApplicationKind.END}


def possible_commands(state: SwitchingCase, *, side: Side) -> tuple[CommandKind, ...]:
    """List the commands that a side may give now; none for the hub operator."""
    if side is Side.OPERATOR:
        return ()
    application = state.application(_APPLICATION[side])
    commands = [
        *_ON_REFERRAL[side],
        *(_ON_APPLICATION[process][application.kind] for process in possible_processes(application.state)),
    ]
    return tuple(command for command in commands if state.phase in ALLOWED_PHASES[command])
