"""要対応: what somebody has to do about a procedure for it to go on, by the side from which it is looked at."""

from datetime import date

from rules.core import Procedure, kind_of
from rules.procedure.duties import Duty
from rules.switching.visibility import Side
from schemas.codes import CasePhase


def lasting_duty(state: Procedure, *, side: Side) -> Duty | None:
    """Tell what a side has to do until it has done it, whatever the day."""
    if side is Side.OPERATOR:
        if state.phase is CasePhase.ONE_SIDE_DONE:
            return Duty.SETTLE
        return Duty.RELEASE if state.suspended and not state.ended else None
    duties = kind_of(state).duties_of_retailers(state)
    return duties.new if side is Side.NEW else duties.current


def duty(state: Procedure, *, side: Side, today: date) -> Duty | None:
    """Tell what a side has to do about a procedure today; None where it has to wait for others, or for nobody."""
    lasting = lasting_duty(state, side=side)
    return duty_on(today, side=side, lasting=lasting, phase=state.phase, effective_date=state.effective_date)


def duty_on(
    today: date, *, side: Side, lasting: Duty | None, phase: CasePhase, effective_date: date | None
) -> Duty | None:
    """Tell the same from what a list knows of a procedure: the lasting duty, and what follows from the day."""
    if lasting is not None or side is not Side.OPERATOR:
        return lasting
    overdue = phase is CasePhase.MATCHED and effective_date is not None and effective_date < today
    return Duty.LOOK_AFTER if overdue else None
