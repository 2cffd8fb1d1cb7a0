"""The core: what an event makes of a case."""

from rules.calendar import Calendar
from rules.procedure.events import Command, Event, GridNews
from rules.procedure.reminders import without_late_reminder
from rules.switching.alarms import pass_time
from rules.switching.commands import obey
from rules.switching.news import hear
from rules.switching.outcomes import Outcome
from rules.switching.state import SwitchingCase


def advance(state: SwitchingCase, event: Event, *, calendar: Calendar) -> Outcome:
    """Give the case's new state, or the refusal, or that there is nothing new.

    The caller lets alarms that are due before ``event.at`` ring first (:func:`rules.core.next_alarm`).
    """
    if isinstance(event, Command):
        return without_late_reminder(obey(state, event, calendar), at=event.at)
    if isinstance(event, GridNews):
        return without_late_reminder(hear(state, event, calendar), at=event.at)
    return pass_time(state, event)
