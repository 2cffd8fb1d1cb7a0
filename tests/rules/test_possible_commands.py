"""What a side may ask for as its case stands: exactly what the core does not refuse for the state."""

import pytest

from rules.procedure.events import CommandKind
from rules.switching.core import SWITCHING
from rules.switching.possible_commands import possible_commands
from rules.switching.state import SwitchingCase
from rules.switching.visibility import Side
from schemas.codes import ApplicationKind
from schemas.findings import Refusal
from schemas.refusal_codes import RefusalCode
from tests.support.core.switching_case import Switch
from tests.support.moments import CALENDAR

OF_SIDE = {
    Side.NEW: (
        CommandKind.AMEND,
        CommandKind.WITHDRAW,
        CommandKind.FILE_START,
        CommandKind.AMEND_START,
        CommandKind.CANCEL_START,
    ),
    Side.CURRENT: (CommandKind.DECIDE, CommandKind.FILE_END, CommandKind.AMEND_END, CommandKind.CANCEL_END),
}
BOTH = (ApplicationKind.START, ApplicationKind.END)

STANDS = {
    "registered": lambda: Switch(),
    "accepted": lambda: Switch().accepted(),
    "filed": lambda: Switch().accepted().filed(*BOTH),
    "received": lambda: Switch().accepted().filed(*BOTH).received(*BOTH),
    "defective": lambda: Switch().accepted().filed(*BOTH).defective(ApplicationKind.START),
    "matched": lambda: Switch().accepted().filed(*BOTH).received(*BOTH).matched(),
    "withdrawn": lambda: Switch().withdrawn(),
}


def refused_for_its_state(switch: Switch, state: SwitchingCase, kind: CommandKind) -> bool:
    number = state.end.number if kind.name.endswith("END") else state.start.number
    command = switch.command(kind, application_number=number)
    outcome = SWITCHING.advance(state, command, calendar=CALENDAR)
    codes = (RefusalCode.WRONG_STATE, RefusalCode.NO_SUCH_APPLICATION)
    return isinstance(outcome, Refusal) and outcome.code in codes


@pytest.mark.parametrize("stand", STANDS)
@pytest.mark.parametrize("side", OF_SIDE)
def test_it_is_what_the_core_would_not_refuse(stand: str, side: Side) -> None:
    switch = STANDS[stand]()

    possible = possible_commands(switch.state, side=side)

    assert set(possible) == {kind for kind in OF_SIDE[side] if not refused_for_its_state(switch, switch.state, kind)}


def test_the_hub_operator_asks_for_nothing() -> None:
    assert possible_commands(Switch().state, side=Side.OPERATOR) == ()
