"""What a kind of procedure brings along, and what follows from it for all kinds alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from rules.calendar import Calendar
from rules.procedure.alarms import Alarm, AlarmRule, first_alarm
from rules.procedure.duties import DutiesOfRetailers
from rules.procedure.events import Command, Event, GridNews, TimePassed
from rules.procedure.mails import MailToRetailer
from rules.procedure.outcomes import HistoryLine, NothingNew, Transition
from rules.procedure.reminders import Reminded, without_late_reminder
from schemas.codes import CasePhase
from schemas.findings import Refusal

State = TypeVar("State", bound=Reminded)


@dataclass(frozen=True, kw_only=True)
class ProcedureKind(Generic[State]):
    """A kind of procedures, as functions over its class of states."""

    number_label: str
    """What people call its number."""
    phases_with_deadlines: tuple[CasePhase, ...]
    """The phases in which its deadlines run, and can stand still."""
    obey: Callable[[State, Command, Calendar], Transition[State] | Refusal | NothingNew]
    hear: Callable[[State, GridNews, Calendar], Transition[State] | Refusal | NothingNew]
    alarms: Callable[[State], tuple[Alarm, ...]]
    """The moments it waits for, in the order in which they ring."""
    ringers: Mapping[AlarmRule, Callable[[State], Transition[State]]]
    """What each of them makes of it."""
    duties_of_retailers: Callable[[State], DutiesOfRetailers]
    mails_for: Callable[[State | None, HistoryLine, State], tuple[MailToRetailer, ...]]
    """Who is told what of a step: of the state before it, None for the registration; its line; the state after it."""

    def advance(self, state: State, event: Event, *, calendar: Calendar) -> Transition[State] | Refusal | NothingNew:
        """Give the new state, or the refusal, or that there is nothing new.

        The caller lets alarms that are due before ``event.at`` ring first.
        """
        if isinstance(event, TimePassed):
            return self._ring(state, event)
        outcome = (
            self.hear(state, event, calendar) if isinstance(event, GridNews) else self.obey(state, event, calendar)
        )
        return without_late_reminder(outcome, at=event.at)

    def _ring(self, state: State, event: TimePassed) -> Transition[State] | NothingNew:
        """Let the first alarm that is due ring; others ring when asked again."""
        alarm = first_alarm(self.alarms(state))
        if alarm is None or alarm.at > event.at:
            return NothingNew()
        return self.ringers[alarm.rule](state)
