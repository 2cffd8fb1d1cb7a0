"""The core: what an event makes of a case."""

from rules.calendar import Calendar
from rules.case.alarms import pass_time, without_late_reminder
from rules.case.commands import obey
from rules.case.news import hear
from rules.case.outcomes import Outcome
from rules.case.state import CaseState
from rules.procedure.events import Command, Event, GridNews


def advance(state: CaseState, event: Event, *, calendar: Calendar) -> Outcome:
    """Give the case's new state, or the refusal, or that there is nothing new.

    The caller lets alarms that are due before ``event.at`` ring first (:func:`rules.case.alarms.next_alarm`).
    """
    if isinstance(event, Command):
        return without_late_reminder(obey(state, event, calendar), at=event.at)
    if isinstance(event, GridNews):
        return without_late_reminder(hear(state, event, calendar), at=event.at)
    return pass_time(state, event)
