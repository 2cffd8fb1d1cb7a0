"""What a kind of procedure brings along."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from rules.calendar import Calendar
from rules.procedure.alarms import Alarm
from rules.procedure.duties import DutiesOfRetailers
from rules.procedure.events import Event
from rules.procedure.mails import MailToRetailer
from rules.procedure.outcomes import HistoryLine, NothingNew, Transition
from schemas.findings import Refusal

State = TypeVar("State")


class Advance(Protocol[State]):
    """What an event makes of a procedure."""

    def __call__(self, state: State, event: Event, *, calendar: Calendar) -> Transition[State] | Refusal | NothingNew:
        """Give its new state, or the refusal, or that there is nothing new."""


@dataclass(frozen=True, kw_only=True)
class ProcedureKind(Generic[State]):
    """A row of :data:`rules.core.KINDS`: the functions of one kind, over its class of states."""

    number_label: str
    """What people call its number."""
    advance: Advance[State]
    alarms: Callable[[State], tuple[Alarm, ...]]
    """The moments it waits for, in the order in which they ring."""
    duties_of_retailers: Callable[[State], DutiesOfRetailers]
    mails_for: Callable[[State | None, HistoryLine, State], tuple[MailToRetailer, ...]]
    """Who is told what of a step: of the state before it, None for the registration; its line; the state after it."""
