"""A start or end application that found no counterpart holds its point for a while only (ours).

After that it gives way to another retailer's referral (12110). Not what is matched, which is the grid operator's, nor
what is on its way back already, nor what stands still.
"""

from datetime import datetime

from rules.calendar import Calendar, day_of, end_of
from rules.lone_application.state import LoneApplication
from schemas.codes import CasePhase


def gives_way_from(state: LoneApplication, calendar: Calendar) -> datetime | None:
    """Tell from when on an application gives way; None where its kind needs no counterpart."""
    if not state.kind_rules.matched:
        return None
    return end_of(state.rules.giving_way.after(day_of(state.registered_at), calendar))


def gives_way(state: LoneApplication, *, at: datetime, calendar: Calendar) -> bool:
    """Tell whether an application that has no counterpart gives way to a referral that is registered ``at``."""
    since = gives_way_from(state, calendar)
    waits = state.phase is CasePhase.AWAITING_APPLICATIONS and not state.suspended
    return waits and since is not None and at >= since
