"""How states and segments are marked: always by word and shape (or icon), and by colour only besides."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from schemas.codes import ApplicationState, CasePhase, Segment


class Shape(StrEnum):
    """The shapes of states; each is a symbol in ``components/icon.html``."""

    WAITING = "waiting"
    """Somebody has to do something: a hollow circle."""
    GOING = "going"
    """Under way by itself: a half circle."""
    SETTLED = "settled"
    """Locked, and on its way to the end: a diamond."""
    DONE = "done"
    """A check mark."""
    STOPPED = "stopped"
    """Ended without what was wanted, by somebody's will: a bar."""
    FAILED = "failed"
    """Ended otherwise: a cross."""
    ALARM = "alarm"
    """Somebody has to look: a triangle."""


@dataclass(frozen=True)
class Mark:
    """A shape with the tone of colour it comes in."""

    shape: Shape
    tone: str
    """``wait``, ``go``, ``well``, ``quiet``, ``away`` or ``warn``: a class of the style sheet."""


_WAITING, _GOING, _SETTLED = Mark(Shape.WAITING, "wait"), Mark(Shape.GOING, "go"), Mark(Shape.SETTLED, "go")
_DONE, _STOPPED = Mark(Shape.DONE, "well"), Mark(Shape.STOPPED, "quiet")
_FAILED, _ALARM = Mark(Shape.FAILED, "away"), Mark(Shape.ALARM, "warn")

PHASE_MARKS: Mapping[CasePhase, Mark] = {
    CasePhase.AWAITING_DECISION: _WAITING,
    CasePhase.AWAITING_APPLICATIONS: _WAITING,
    CasePhase.CANCELLING: _GOING,
    CasePhase.MATCHED: _SETTLED,
    CasePhase.ONE_SIDE_DONE: _ALARM,
    CasePhase.COMPLETED: _DONE,
    CasePhase.REJECTED: _FAILED,
    CasePhase.WITHDRAWN: _STOPPED,
    CasePhase.DECISION_EXPIRED: _FAILED,
    CasePhase.UNMATCHED: _FAILED,
    CasePhase.GRID_CANCELLED: _FAILED,
    CasePhase.CLOSED: _STOPPED,
}

APPLICATION_MARKS: Mapping[ApplicationState, Mark] = {
    ApplicationState.NOT_FILED: _WAITING,
    ApplicationState.SENDING: _GOING,
    ApplicationState.RECEIVED: _GOING,
    ApplicationState.DEFECTIVE: _ALARM,
    ApplicationState.CANCELLING: _GOING,
    ApplicationState.CANCELLED: _STOPPED,
    ApplicationState.MATCHED: _SETTLED,
    ApplicationState.UNMATCHED: _FAILED,
    ApplicationState.COMPLETED: _DONE,
}

_STILL_TO_BE_FILED = (CasePhase.AWAITING_DECISION, CasePhase.AWAITING_APPLICATIONS)

SEGMENT_ICONS: Mapping[Segment, str] = {
    Segment.LOW_VOLTAGE: "house",
    Segment.HIGH_VOLTAGE: "factory",
    Segment.LOW_VOLTAGE_FIT: "sun",
}


def mark_of(state: CasePhase | ApplicationState) -> Mark:
    """Give the mark of a case's or an application's state."""
    return PHASE_MARKS[state] if isinstance(state, CasePhase) else APPLICATION_MARKS[state]


def application_word(state: ApplicationState, *, phase: CasePhase) -> str:
    """Give the word for an application's state in its case: what can no longer be filed is none."""
    return state.label if _may_come(state, phase) else "申請なし"


def application_mark(state: ApplicationState, *, phase: CasePhase) -> Mark:
    """Give the mark of an application's state in its case: nobody waits for what cannot come."""
    return APPLICATION_MARKS[state] if _may_come(state, phase) else _STOPPED


def _may_come(state: ApplicationState, phase: CasePhase) -> bool:
    return state is not ApplicationState.NOT_FILED or phase in _STILL_TO_BE_FILED


def segment_icon(segment: Segment) -> str:
    return SEGMENT_ICONS[segment]
