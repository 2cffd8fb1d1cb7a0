"""Which interfaces people send something by (:mod:`web.requests`), and which step of one a command on a case is.

Here, because the navigation asks who may send any of them, and the pages of cases lead to them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.procedure.command_kinds import AMENDING, CANCELLING, FILING, CommandKind
from schemas import catalogue
from schemas.codes import ApplicationKind, ProcessKind
from schemas.contract import Interface, members
from schemas.interfaces.referral import REFERRAL


def _takes_process_kind(interface: Interface) -> bool:
    return any(member.name == "process_kind" for member in members(interface.request))


INTERFACES = tuple(interface for interface in catalogue.INTERFACES if _takes_process_kind(interface))
"""All whose request has a 処理区分, of which each is a step of its own at the screen."""


@dataclass(frozen=True)
class RequestStep:
    """One 処理区分 of an interface."""

    interface: Interface
    process: ProcessKind


_FILING = {interface.applies_for: interface for interface in INTERFACES if interface.applies_for is not None}
_IN_CASE: Mapping[CommandKind, RequestStep] = {
    CommandKind.AMEND: RequestStep(REFERRAL, ProcessKind.AMEND),
    CommandKind.WITHDRAW: RequestStep(REFERRAL, ProcessKind.WITHDRAW),
    **{command: RequestStep(_FILING[kind], ProcessKind.REGISTER) for kind, command in FILING.items()},
    **{command: RequestStep(_FILING[kind], ProcessKind.AMEND) for kind, command in AMENDING.items()},
    **{command: RequestStep(_FILING[kind], ProcessKind.WITHDRAW) for kind, command in CANCELLING.items()},
}
_ALONE: Mapping[CommandKind, ProcessKind] = {
    CommandKind.AMEND_APPLICATION: ProcessKind.AMEND,
    CommandKind.CANCEL_APPLICATION: ProcessKind.WITHDRAW,
}


def step_in_case(command: CommandKind) -> RequestStep | None:
    """Give the step by which a command on a case is sent; None for a decision, which has a screen of its own."""
    return _IN_CASE.get(command)


def step_alone(command: CommandKind, kind: ApplicationKind) -> RequestStep:
    """Give the step by which a command on an application on its own is sent."""
    return RequestStep(_FILING[kind], _ALONE[command])


def process_of(command: CommandKind) -> ProcessKind:
    """Give the 処理区分 by which a command was sent.

    :raises KeyError: of one that is none of these steps.
    """
    step = _IN_CASE.get(command)
    return _ALONE[command] if step is None else step.process
