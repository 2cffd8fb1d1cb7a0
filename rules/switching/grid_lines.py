"""Lines of the 案件履歴 about the end of a case that a grid operator's news brought."""

from rules.procedure.events import GridNews
from rules.procedure.lines import grid_line
from rules.procedure.outcomes import HistoryKind, HistoryLine
from rules.switching.state import SwitchingCase
from schemas.codes import CasePhase

_ENDS = {
    CasePhase.WITHDRAWN: HistoryKind.WITHDRAWN,
    CasePhase.UNMATCHED: HistoryKind.UNMATCHED,
    CasePhase.CLOSED: HistoryKind.CLOSED,
}


def ended_line(state: SwitchingCase, news: GridNews) -> HistoryLine:
    """Write the line of an end before matching, with its cause and what was missing."""
    return grid_line(_ENDS[state.phase], news, **ending_details(state))


def ending_details(state: SwitchingCase) -> dict[str, str]:
    """Tell why a case comes to its end, and which applications were missing."""
    details = {"cause": state.end_cause.value} if state.end_cause else {}
    if state.missing:
        details["missing"] = " ".join(kind.value for kind in state.missing)
    return details
