"""The core: what an event makes of an application on its own."""

from rules.calendar import Calendar
from rules.lone_application.alarms import pass_time
from rules.lone_application.commands import obey
from rules.lone_application.news import hear
from rules.lone_application.outcomes import Outcome
from rules.lone_application.state import LoneApplication
from rules.procedure.events import Command, Event, GridNews
from rules.procedure.reminders import without_late_reminder


def advance(state: LoneApplication, event: Event, *, calendar: Calendar) -> Outcome:
    """Give the new state, or the refusal, or that there is nothing new.

    The caller lets alarms that are due before ``event.at`` ring first (:func:`rules.core.next_alarm`).
    """
    if isinstance(event, Command):
        return without_late_reminder(obey(state, event, calendar), at=event.at)
    if isinstance(event, GridNews):
        return without_late_reminder(hear(state, event, calendar), at=event.at)
    return pass_time(state, event)
