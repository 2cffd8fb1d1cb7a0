"""What a grid operator's answers mean for a case. Names of rules go on; its words stay where they are kept."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from rules.procedure.events import GridNews, NewsKind
from schemas.codes import ApplicationKind, ApplicationState, Flag, MeterWork
from schemas.grid import TOO_LATE_RULE, GridAnswer
from schemas.interfaces.common import GridFinding
from schemas.interfaces.processing_status import ProcessingStatus

_KINDS: dict[ApplicationState, NewsKind] = {
    ApplicationState.RECEIVED: NewsKind.RECEIVED,
    ApplicationState.DEFECTIVE: NewsKind.DEFECTIVE,
    ApplicationState.CANCELLED: NewsKind.CANCELLED,
    ApplicationState.MATCHED: NewsKind.MATCHED,
    ApplicationState.UNMATCHED: NewsKind.UNMATCHED,
    ApplicationState.COMPLETED: NewsKind.COMPLETED,
}
HUB_ONLY = frozenset({ApplicationState.NOT_FILED, ApplicationState.SENDING})
"""States of an application that no grid operator has yet heard of: they are never its word."""
_WITH_DATES = (NewsKind.RECEIVED, NewsKind.MATCHED)
_LONGEST_NAME = 60


def news_of_status(status: ProcessingStatus, *, matching_heard: bool, cause: str, at: datetime) -> tuple[GridNews, ...]:
    """Give the news in a status; none for a state that only the hub gives an application.

    完了 tells of マッチング成立 as well, as only the grid operator knows when that was.

    :param matching_heard: that the pair matched has been heard before.
    :param cause: what brought the status; with the kind of the news behind it, it names each piece for good.
    """
    return tuple(_news_of_status(status, matching_heard=matching_heard, cause=cause, at=at))


def _news_of_status(status: ProcessingStatus, *, matching_heard: bool, cause: str, at: datetime) -> Iterator[GridNews]:
    if status.application_state is ApplicationState.COMPLETED and not matching_heard:
        matched = replace(status, application_state=ApplicationState.MATCHED)
        yield from _news_of_status(matched, matching_heard=True, cause=cause, at=at)
    rules = defect_names(status.findings)
    kind = _kind(status.application_state, too_late=TOO_LATE_RULE in rules)
    if kind is None:
        return
    happened = {NewsKind.MATCHED: status.matched_at, NewsKind.COMPLETED: status.completed_at}
    yield GridNews(
        kind=kind,
        application=status.application_kind,
        application_number=status.application_number,
        cause=f"{cause}-{kind.value}",
        at=at,
        occurred_at=happened.get(kind) or status.changed_at,
        effective_date=status.effective_date if kind in _WITH_DATES else None,
        meter_work=status.meter_work if kind in _WITH_DATES else None,
        defects=rules if kind is NewsKind.DEFECTIVE else (),
    )


def news_of_answer(
    answer: GridAnswer,
    *,
    application: ApplicationKind,
    asked_date: date | None,
    asked_meter_work: MeterWork | None,
    cause: str,
    at: datetime,
) -> GridNews | None:
    """Give the news in the answer to an application.

    Date and meter work go along only where the grid operator says something else than was asked for.
    """
    kind = _kind(answer.application_state, too_late=answer.too_late is Flag.YES)
    if kind is None:
        return None
    dates = kind in _WITH_DATES
    return GridNews(
        kind=kind,
        application=application,
        application_number=answer.application_number,
        cause=f"{cause}-{kind.value}",
        at=at,
        occurred_at=answer.processed_at if kind is NewsKind.MATCHED else None,
        effective_date=answer.effective_date if dates and answer.effective_date != asked_date else None,
        meter_work=answer.meter_work if dates and answer.meter_work is not asked_meter_work else None,
        defects=defect_names(answer.findings) if kind is NewsKind.DEFECTIVE else (),
    )


def cause_of(status: ProcessingStatus) -> str:
    """Name what brought a status that was asked for, however often and by whomever."""
    return f"watch-{status.application_number}-{status.changed_at.isoformat()}"


def defect_names(findings: Iterable[GridFinding]) -> tuple[str, ...]:
    """Give the names of the broken rules, in characters that can tell nothing else."""
    names = (re.sub(r"[^a-z0-9-]+", "-", finding.rule.lower()).strip("-")[:_LONGEST_NAME] for finding in findings)
    return tuple(dict.fromkeys(name or "unnamed" for name in names))


def _kind(state: ApplicationState, *, too_late: bool) -> NewsKind | None:
    if too_late and state in (ApplicationState.UNMATCHED, ApplicationState.DEFECTIVE):
        return NewsKind.TOO_LATE
    return _KINDS.get(state)
