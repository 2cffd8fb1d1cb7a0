"""Who is told by mail what a step of an application on its own brought (通知): its applicant, who did not do it."""

from rules.lone_application.state import LoneApplication
from rules.procedure.mails import BY_INTERVENTION, MailKind, MailToRetailer
from rules.procedure.outcomes import HistoryKind, HistoryLine, Party
from schemas.codes import CasePhase

_BY_LINE = {
    HistoryKind.DEFECTIVE: MailKind.DEFECTIVE,
    HistoryKind.CANCEL_IMPOSSIBLE: MailKind.GOES_ON,
    HistoryKind.EFFECTIVE_DATE_MOVED: MailKind.DATE_MOVED,
    HistoryKind.CUT_OFF_REMINDED: MailKind.APPLICATION_DUE,
    HistoryKind.GAVE_WAY: MailKind.GAVE_WAY,
    **BY_INTERVENTION,
}
_AT_THE_END = {
    CasePhase.WITHDRAWN: MailKind.WITHDRAWN,
    CasePhase.UNMATCHED: MailKind.UNMATCHED,
    CasePhase.GRID_CANCELLED: MailKind.GRID_CANCELLED,
    CasePhase.COMPLETED: MailKind.COMPLETED,
    CasePhase.CLOSED: MailKind.CLOSED,
}


def mails_for(before: LoneApplication | None, line: HistoryLine, after: LoneApplication) -> tuple[MailToRetailer, ...]:
    """Say what the applicant is told of the step that wrote ``line``; ``before`` is None for the registration."""
    kind = _BY_LINE.get(line.kind) or _AT_THE_END.get(after.phase) or _by_date(before, line, after)
    return () if kind is None else (MailToRetailer(kind, after.applicant),)


def _by_date(before: LoneApplication | None, line: HistoryLine, after: LoneApplication) -> MailKind | None:
    """Tell of a day that the grid operator moved with its 受付 or マッチング: it is as much a change of it."""
    has_moved = before is not None and before.effective_date != after.effective_date
    return MailKind.DATE_MOVED if has_moved and line.actor is Party.GRID_OPERATOR else None
