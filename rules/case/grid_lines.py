"""Lines of the 案件履歴 about what a grid operator told."""

from rules.case.events import GridNews
from rules.case.outcomes import Actor, HistoryKind, HistoryLine
from rules.case.state import CaseState
from schemas.codes import CasePhase


def grid_line(kind: HistoryKind, news: GridNews, **more: str) -> HistoryLine:
    """This function will write a line with what belongs to the news: codes, numbers and dates."""
    details = {"application": news.application.value, "number": news.application_number, **more}
    if news.defects:
        details["defects"] = " ".join(news.defects)
    if news.effective_date is not None:
        details["effective_date"] = news.effective_date.isoformat()
    if news.meter_work is not None:
        details["meter_work"] = news.meter_work.value
    if news.occurred_at is not None:
        details["occurred_at"] = news.occurred_at.isoformat()
    return HistoryLine(kind, Actor.GRID_OPERATOR, details)


def ended_line(state: CaseState, news: GridNews) -> HistoryLine:
    """This function will write the line of an end before matching, with its cause and what was missing."""
    kind = HistoryKind.WITHDRAWN if state.phase is CasePhase.WITHDRAWN else HistoryKind.UNMATCHED
    return grid_line(kind, news, **ending_details(state))


def ending_details(state: CaseState) -> dict[str, str]:
    """This function will tell why a case comes to its end, and which applications were missing."""
    details = {"cause": state.end_cause.value} if state.end_cause else {}
    if state.missing:
        details["missing"] = " ".join(kind.value for kind in state.missing)
    return details
