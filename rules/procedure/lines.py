"""Lines of the history about what a grid operator told."""

from rules.procedure.application import Application
from rules.procedure.events import GridNews
from rules.procedure.outcomes import HistoryKind, HistoryLine, Party


def details_of(application: Application) -> dict[str, str]:
    """Name an application in the details of a line."""
    return {"application": application.kind.value, "number": application.number or ""}


def grid_line(kind: HistoryKind, news: GridNews, **more: str) -> HistoryLine:
    """Write a line with what belongs to the news: codes, numbers and dates."""
    details = {"application": news.application.value, "number": news.application_number, **more}
    if news.defects:
        details["defects"] = " ".join(news.defects)
    if news.effective_date is not None:
        details["effective_date"] = news.effective_date.isoformat()
    if news.meter_work is not None:
        details["meter_work"] = news.meter_work.value
    if news.occurred_at is not None:
        details["occurred_at"] = news.occurred_at.isoformat()
    return HistoryLine(kind, Party.GRID_OPERATOR, details)
