"""Bringing a case to its end without leaving an orphan at the grid operator."""

from dataclasses import replace

from rules.procedure.application import Application
from rules.switching.state import SwitchingCase
from schemas.codes import ApplicationKind, ApplicationState, CasePhase, EndCause

_END_PHASE = {
    EndCause.WITHDRAWN: CasePhase.WITHDRAWN,
    EndCause.CUT_OFF: CasePhase.UNMATCHED,
    EndCause.TOO_LATE_AT_GRID: CasePhase.UNMATCHED,
    EndCause.UNMATCHED_AT_GRID: CasePhase.UNMATCHED,
    EndCause.HUB_OPERATOR: CasePhase.CLOSED,
    EndCause.POINT_TAKEN: CasePhase.UNMATCHED,
}


def with_application(state: SwitchingCase, application: Application) -> SwitchingCase:
    """Put an application back into its case."""
    if application.kind is ApplicationKind.START:
        return replace(state, start=application)
    return replace(state, end=application)


def bring_to_end(state: SwitchingCase, cause: EndCause) -> SwitchingCase:
    """End the case, or start 取消手続中 while the grid operator may hold an application."""
    for application in state.applications:
        if application.may_be_at_grid:
            state = with_application(state, replace(application, state=ApplicationState.CANCELLING))
    return settle(replace(state, phase=CasePhase.CANCELLING, end_cause=cause, suspended_at=None))


def close(state: SwitchingCase) -> SwitchingCase:
    """End a case of which one side is done: what the grid operator did stands."""
    return replace(state, phase=CasePhase.CLOSED, end_cause=EndCause.HUB_OPERATOR)


def settle(state: SwitchingCase) -> SwitchingCase:
    """Give 取消手続中 its end once nothing is left at the grid operator."""
    if state.phase is not CasePhase.CANCELLING or state.end_cause is None:
        return state
    if any(application.may_be_at_grid for application in state.applications):
        return state
    return replace(state, phase=_END_PHASE[state.end_cause])
