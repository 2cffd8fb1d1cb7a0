"""Bringing an application on its own to its end without leaving an orphan at the grid operator."""

from dataclasses import replace

from rules.lone_application.state import LoneApplication
from rules.procedure.application import gone_from_grid
from rules.procedure.outcomes import HistoryKind
from schemas.codes import ApplicationState, CasePhase, EndCause

_LINE = {
    CasePhase.CANCELLING: HistoryKind.CANCELLING,
    CasePhase.WITHDRAWN: HistoryKind.APPLICATION_CANCELLED,
    CasePhase.UNMATCHED: HistoryKind.APPLICATION_UNMATCHED,
    CasePhase.CLOSED: HistoryKind.CLOSED,
}

_AT_END = {
    EndCause.CANCELLED: (CasePhase.WITHDRAWN, ApplicationState.CANCELLED),
    EndCause.HUB_OPERATOR: (CasePhase.CLOSED, ApplicationState.CANCELLED),
}
"""Any other cause leaves it 不成立."""


def bring_to_end(state: LoneApplication, cause: EndCause) -> LoneApplication:
    """End it, or start 取消手続中 while the grid operator may hold it."""
    ending = replace(state, end_cause=cause, suspended_at=None)
    if state.application.may_be_at_grid:
        application = replace(state.application, state=ApplicationState.CANCELLING)
        return replace(ending, phase=CasePhase.CANCELLING, application=application)
    return end_with_cause(ending)


def end_with_cause(state: LoneApplication) -> LoneApplication:
    """End what the grid operator does not hold, as its cause says: 取消, 不成立 or closed."""
    phase, at_end = _AT_END.get(
        state.end_cause or EndCause.UNMATCHED_AT_GRID, (CasePhase.UNMATCHED, ApplicationState.UNMATCHED)
    )
    return replace(state, phase=phase, application=gone_from_grid(state.application, at_end))


def line_of_ending(state: LoneApplication) -> HistoryKind:
    """Name the line that tells of an end, or of its beginning."""
    return _LINE[state.phase]


def cause_details(state: LoneApplication) -> dict[str, str]:
    """Tell why it comes to its end."""
    return {"cause": state.end_cause.value} if state.end_cause else {}
