"""Who is told by mail what a step of a case brought (通知): a function of the step alone.

The current retailer hears what it has to judge, and until when; the new one what was decided; who has not filed, that
the cut-off is near. A defect (不備) is told to the retailer whose application has it. What the grid operator does to
the date, a 片側完了, what the hub operator does and the end of a case are told to both, except a rejection, which is
the current retailer's own word.
"""

from rules.procedure.mails import BY_INTERVENTION, MailKind, MailToRetailer
from rules.procedure.outcomes import HistoryKind, HistoryLine
from rules.switching.state import SwitchingCase
from schemas.codes import ApplicationKind, CasePhase, EndCause

_BY_LINE_TO_CURRENT = {
    HistoryKind.REGISTERED: MailKind.ARRIVED,
    HistoryKind.AMENDED: MailKind.AMENDED,
    HistoryKind.REMINDED: MailKind.DECISION_DUE,
}
_BY_LINE_TO_NEW = {
    HistoryKind.ACCEPTED: MailKind.ACCEPTED,
    HistoryKind.REJECTED: MailKind.REJECTED,
}
_BY_PHASE_TO_BOTH = {
    CasePhase.ONE_SIDE_DONE: MailKind.ONE_SIDE_DONE,
    CasePhase.WITHDRAWN: MailKind.WITHDRAWN,
    CasePhase.DECISION_EXPIRED: MailKind.DECISION_EXPIRED,
    CasePhase.UNMATCHED: MailKind.UNMATCHED,
    CasePhase.GRID_CANCELLED: MailKind.GRID_CANCELLED,
    CasePhase.COMPLETED: MailKind.COMPLETED,
    CasePhase.CLOSED: MailKind.CLOSED,
}


def mails_for(before: SwitchingCase | None, line: HistoryLine, after: SwitchingCase) -> tuple[MailToRetailer, ...]:
    """Say who is told what of the step that wrote ``line`` and left the case as ``after``.

    :param before: the case before the step; None for its registration.
    """
    by_line = _by_line(line, after)
    if by_line:
        return by_line
    phase_before = None if before is None else before.phase
    if after.phase is not phase_before:
        if after.phase in _BY_PHASE_TO_BOTH:
            return _both(_BY_PHASE_TO_BOTH[after.phase], after)
        if after.phase is CasePhase.CANCELLING:
            withdrawn = after.end_cause is EndCause.WITHDRAWN
            return (MailToRetailer(MailKind.WITHDRAWING, after.current_retailer),) if withdrawn else ()
        if phase_before is CasePhase.CANCELLING:
            return _both(MailKind.GOES_ON, after)
    elif line.kind is HistoryKind.DEFECTIVE:
        return (MailToRetailer(MailKind.DEFECTIVE, _whose_application(line, after)),)
    if before is not None and after.effective_date != before.effective_date:
        return _both(MailKind.DATE_MOVED, after)
    if before is not None and _moved_past_its_reminder(before, after):
        return tuple(MailToRetailer(MailKind.APPLICATION_DUE, _applicant(kind, after)) for kind in after.lacking)
    return ()


def _moved_past_its_reminder(before: SwitchingCase, after: SwitchingCase) -> bool:
    """Tell whether a step brought the cut-off so near that its reminder will not ring any more."""
    return after.cut_off < before.cut_off and after.cut_off_reminded and not before.cut_off_reminded


def _by_line(line: HistoryLine, after: SwitchingCase) -> tuple[MailToRetailer, ...]:
    """Say what a line tells by itself, whatever it made of the case."""
    if line.kind in _BY_LINE_TO_CURRENT:
        freed = (MailToRetailer(MailKind.GAVE_WAY, after.new_retailer),) if "point_freed" in line.details else ()
        return (MailToRetailer(_BY_LINE_TO_CURRENT[line.kind], after.current_retailer), *freed)
    if line.kind is HistoryKind.CUT_OFF_REMINDED:
        return tuple(MailToRetailer(MailKind.APPLICATION_DUE, _applicant(kind, after)) for kind in after.lacking)
    if line.kind in _BY_LINE_TO_NEW:
        return (MailToRetailer(_BY_LINE_TO_NEW[line.kind], after.new_retailer),)
    if line.kind in BY_INTERVENTION:
        return _both(BY_INTERVENTION[line.kind], after)
    return ()


def _whose_application(line: HistoryLine, case: SwitchingCase) -> str:
    return _applicant(ApplicationKind(line.details["application"]), case)


def _applicant(kind: ApplicationKind, case: SwitchingCase) -> str:
    return case.new_retailer if kind is ApplicationKind.START else case.current_retailer


def _both(kind: MailKind, case: SwitchingCase) -> tuple[MailToRetailer, ...]:
    return MailToRetailer(kind, case.new_retailer), MailToRetailer(kind, case.current_retailer)
