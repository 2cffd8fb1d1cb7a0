"""By what cases are counted (集計), as functions of a case's state."""

from bisect import bisect_right
from datetime import timedelta
from enum import StrEnum

from rules.calendar import day_of
from rules.core import ByKind, Procedure
from rules.lone_application.state import LoneApplication
from rules.switching.state import SwitchingCase

DECIDED_WITHIN = (4, 8, 24, 48, 72, 120)
"""Hours at which one group of times ends and the next begins. What is counted is counted by these: others take a
count anew (:func:`models.cases.volume_keeping.count_anew`)."""


class Book(StrEnum):
    """Which cases are counted."""

    NEW = "new"
    """The referrals that a retailer registered."""
    CURRENT = "current"
    """Those that came in to it."""
    ALL = "all"
    """Of the whole market."""
    ALONE = "alone"
    """Applications on their own (単独申請)."""


class Figure(StrEnum):
    """What is counted by."""

    DAY = "day"
    RESULT = "result"
    REASON = "reason"
    DECIDED_IN = "decided-in"
    """By the group of :data:`DECIDED_WITHIN` in which the time to the decision lies."""
    LEFT = "left"
    """By the group of hours in which the time left to the next deadline lies, of what waits for people."""
    AREA = "area"
    KIND = "kind"
    """Of applications on their own."""


def counted_as(state: Procedure) -> dict[str, object]:
    """Give all that a case is counted by."""
    return {
        "day": day_of(state.registered_at),
        "segment": state.segment.value,
        "area": state.area.value,
        "application_kind": None if state.application_kind is None else state.application_kind.value,
        "new_retailer": state.new_retailer,
        "current_retailer": state.current_retailer,
        "phase": state.phase.value,
    } | _decided(state)


def changes(before: Procedure | None, after: Procedure) -> list[dict[str, object]]:
    """Give what a step changes in the counts: one less of what the case was, one more of what it is; often nothing."""
    was, now = None if before is None else counted_as(before), counted_as(after)
    if was is None:
        return [now | {"cases": 1}]
    return [] if was == now else [was | {"cases": -1}, now | {"cases": 1}]


def _of_case(state: SwitchingCase) -> dict[str, object]:
    return {
        "decided_in": None if state.decided_at is None else _group(state.decided_at - state.registered_at),
        "rejection_reasons": [reason.value for reason in state.rejection_reasons],
    }


def _of_application(state: LoneApplication) -> dict[str, object]:
    return {"decided_in": None, "rejection_reasons": []}


_decided = ByKind(switching=_of_case, lone_application=_of_application)


def _group(time: timedelta) -> int:
    return bisect_right([timedelta(hours=hours) for hours in DECIDED_WITHIN], time)
