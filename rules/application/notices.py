"""Who is told by mail what a step of an application on its own brought (通知): its applicant, who did not do it."""

from rules.application.state import LoneApplication
from rules.notices import BY_INTERVENTION, Notice, NoticeKind
from rules.procedure.outcomes import Actor, HistoryKind, HistoryLine
from schemas.codes import CasePhase

_BY_LINE = {
    HistoryKind.DEFECTIVE: NoticeKind.DEFECTIVE,
    HistoryKind.CANCEL_IMPOSSIBLE: NoticeKind.GOES_ON,
    HistoryKind.EFFECTIVE_DATE_MOVED: NoticeKind.DATE_MOVED,
    HistoryKind.CUT_OFF_REMINDED: NoticeKind.APPLICATION_DUE,
    HistoryKind.GAVE_WAY: NoticeKind.GAVE_WAY,
    **BY_INTERVENTION,
}
_AT_THE_END = {
    CasePhase.WITHDRAWN: NoticeKind.WITHDRAWN,
    CasePhase.UNMATCHED: NoticeKind.UNMATCHED,
    CasePhase.GRID_CANCELLED: NoticeKind.GRID_CANCELLED,
    CasePhase.COMPLETED: NoticeKind.COMPLETED,
    CasePhase.CLOSED: NoticeKind.CLOSED,
}


def lone_notices_for(before: LoneApplication | None, line: HistoryLine, after: LoneApplication) -> tuple[Notice, ...]:
    """Say what the applicant is told of the step that wrote ``line``; ``before`` is None for the registration."""
    kind = _BY_LINE.get(line.kind) or _AT_THE_END.get(after.phase) or _by_date(before, line, after)
    return () if kind is None else (Notice(kind, after.applicant),)


def _by_date(before: LoneApplication | None, line: HistoryLine, after: LoneApplication) -> NoticeKind | None:
    """A day that the grid operator names otherwise with its 受付 or マッチング is as much a change of it."""
    moved = before is not None and before.effective_date != after.effective_date
    return NoticeKind.DATE_MOVED if moved and line.actor is Actor.GRID_OPERATOR else None
