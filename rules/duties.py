"""要対応: what somebody has to do about a procedure for it to go on, by the side from which it is looked at."""

from datetime import date

from rules.core import Procedure, kind_of
from rules.procedure.duties import Duty
from rules.switching.seeing import Side
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
    if lasting is not None or side is not Side.OPERATOR:
        return lasting
    return Duty.LOOK_AFTER if is_overdue(state, today=today) else None


def is_overdue(state: Procedure, *, today: date) -> bool:
    """Tell whether a matched procedure's day is over, and the grid operator has not completed it."""
    return state.phase is CasePhase.MATCHED and state.effective_date is not None and state.effective_date < today
