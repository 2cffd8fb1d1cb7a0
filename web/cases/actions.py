"""What the viewer's company may ask for now of a case or an application, and where the viewer sends it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from flask import url_for

from models.cases.screens import CaseStanding
from rules.access.rights import USE_CASE_OF
from rules.lone_application.possible_commands import possible_lone_commands
from rules.lone_application.state import LoneApplication
from rules.procedure.command_kinds import CommandKind
from rules.switching.possible_commands import possible_commands
from rules.switching.visibility import Side
from schemas.codes import ApplicationKind, ProcessKind, Segment
from web.shared.access import current_viewer, may_do
from web.shared.requests import RequestStep, step_alone, step_in_case


@dataclass(frozen=True)
class Action:
    """A command with the interface that it is sent by."""

    label: str
    step: RequestStep
    number: str
    """Of the interface, with the letter of the segment."""
    address: str | None
    """Of the screen; None where this person may not send it."""


class LoneStanding(Protocol):
    """How an application on its own stands, and from which side it is looked at."""

    @property
    def side(self) -> Side: ...

    @property
    def state(self) -> LoneApplication: ...


def actions_in_case(page: CaseStanding) -> list[Action]:
    """List what a side may ask for now, but for the decision, which has a place of its own."""
    steps = ((command, step_in_case(command)) for command in possible_commands(page.state, side=page.side))
    return [_action(command, step, page.case_number, page.state.segment) for command, step in steps if step is not None]


def actions_alone(page: LoneStanding) -> list[Action]:
    """List what the applicant may ask for now; nothing for the hub operator."""
    if page.side is Side.OPERATOR:
        return []
    state = page.state
    return [
        _action(command, step_alone(command, state.kind), state.case_number, state.segment)
        for command in possible_lone_commands(state)
    ]


def action_on(actions: Iterable[Action], kind: ApplicationKind, process: ProcessKind) -> Action | None:
    """Give what does a 処理区分 to an application; None where it may not be asked for."""
    wanted = (kind, process)
    return next((each for each in actions if (each.step.interface.applies_for, each.step.process) == wanted), None)


def _action(command: CommandKind, step: RequestStep, number: str, segment: Segment) -> Action:
    address = url_for(
        "requests.show",
        number=step.interface.number,
        segment=segment.value,
        process=step.process.value,
        subject=number,
    )
    may_send = may_do(current_viewer(), USE_CASE_OF[step.interface])
    return Action(command.label, step, step.interface.number_in(segment), address if may_send else None)
