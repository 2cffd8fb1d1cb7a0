"""The one core: what holds for a switching case holds for an application on its own, by functions of the same names.

Here, and only here, the two kinds of procedures part.
"""

from rules.calendar import Calendar
from rules.lone_application import alarms as application_alarms
from rules.lone_application.core import advance as advance_application
from rules.lone_application.outcomes import Outcome as ApplicationOutcome
from rules.lone_application.state import LoneApplication
from rules.procedure.alarms import Alarm
from rules.procedure.events import Event
from rules.switching import alarms as case_alarms
from rules.switching.core import advance as advance_case
from rules.switching.outcomes import Outcome as CaseOutcome
from rules.switching.state import SwitchingCase

Procedure = SwitchingCase | LoneApplication
Outcome = CaseOutcome | ApplicationOutcome


def advance(state: Procedure, event: Event, *, calendar: Calendar) -> Outcome:
    """Give the new state of a procedure, or the refusal, or that there is nothing new.

    The caller lets alarms that are due before ``event.at`` ring first (:func:`next_alarm`).
    """
    if isinstance(state, SwitchingCase):
        return advance_case(state, event, calendar=calendar)
    return advance_application(state, event, calendar=calendar)


def next_alarm(state: Procedure) -> Alarm | None:
    """Give the first moment a procedure waits for."""
    if isinstance(state, SwitchingCase):
        return case_alarms.next_alarm(state)
    return application_alarms.next_alarm(state)


def current_deadline(state: Procedure) -> Alarm | None:
    """Give the deadline that people must keep now."""
    if isinstance(state, SwitchingCase):
        return case_alarms.current_deadline(state)
    return application_alarms.current_deadline(state)
