"""The one core: what holds for a switching case holds for an application on its own.

Here, and only here, the kinds of procedures part. A new kind is a folder of rules beside ``switching`` with a row
(:class:`rules.procedure.kind.ProcedureKind`) that is named here, and a function of its own wherever a floor above has
:class:`ByKind`: mypy says where one is missing. What all answer without being asked which they are stands in their
states.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Concatenate, Generic, ParamSpec, TypeVar, cast

from rules.calendar import Calendar
from rules.lone_application.core import LONE_APPLICATION
from rules.lone_application.state import LoneApplication
from rules.procedure.alarms import Alarm, first_alarm, first_deadline
from rules.procedure.events import Event
from rules.procedure.kind import ProcedureKind
from rules.procedure.mails import MailToRetailer
from rules.procedure.outcomes import HistoryLine, NothingNew, Transition
from rules.switching.core import SWITCHING
from rules.switching.state import SwitchingCase
from schemas.codes import CasePhase
from schemas.findings import Refusal

Procedure = SwitchingCase | LoneApplication
Outcome = Transition[Procedure] | Refusal | NothingNew

KINDS: Mapping[type[object], ProcedureKind[SwitchingCase] | ProcedureKind[LoneApplication]] = {
    SwitchingCase: SWITCHING,
    LoneApplication: LONE_APPLICATION,
}

State = TypeVar("State", bound=Procedure)
Asked = ParamSpec("Asked")
Made = TypeVar("Made")


def kind_of(state: State) -> ProcedureKind[State]:
    """Give the row of a procedure's kind."""
    return cast("ProcedureKind[State]", KINDS[type(state)])  # the row of a class takes states of that class


@dataclass(frozen=True, kw_only=True)
class ByKind(Generic[Asked, Made]):
    """What a floor above the rules has for each kind: called with a procedure, it asks the function of its kind."""

    switching: Callable[Concatenate[SwitchingCase, Asked], Made]
    lone_application: Callable[Concatenate[LoneApplication, Asked], Made]

    def __call__(self, state: Procedure, *args: Asked.args, **kwargs: Asked.kwargs) -> Made:
        if isinstance(state, SwitchingCase):
            return self.switching(state, *args, **kwargs)
        return self.lone_application(state, *args, **kwargs)


PHASES_WITH_DEADLINES = tuple(
    phase for phase in CasePhase if any(phase in kind.phases_with_deadlines for kind in KINDS.values())
)
"""Those of any kind, for searches over the procedures of all."""


def has_deadlines(state: Procedure) -> bool:
    """Tell whether a procedure is in a phase in which its deadlines run, or stand still."""
    return state.phase in kind_of(state).phases_with_deadlines


def advance(state: Procedure, event: Event, *, calendar: Calendar) -> Outcome:
    """Give the new state of a procedure, or the refusal, or that there is nothing new.

    The caller lets alarms that are due before ``event.at`` ring first (:func:`next_alarm`).
    """
    return kind_of(state).advance(state, event, calendar=calendar)


def next_alarm(state: Procedure) -> Alarm | None:
    """Give the first moment a procedure waits for."""
    return first_alarm(kind_of(state).alarms(state))


def current_deadline(state: Procedure) -> Alarm | None:
    """Give the deadline that people must keep now."""
    return first_deadline(kind_of(state).alarms(state))


def mails_for(before: Procedure | None, line: HistoryLine, after: Procedure) -> tuple[MailToRetailer, ...]:
    """Say who is told what by mail of the step that wrote ``line`` and left a procedure as ``after``.

    :param before: the procedure before the step; None for its registration.
    """
    return kind_of(after).mails_for(before, line, after)
