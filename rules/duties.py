"""要対応: what somebody has to do about a procedure for it to go on, by the side from which it is looked at."""

from datetime import date

from rules.core import Procedure
from rules.lone_application.state import LoneApplication
from rules.procedure.application import FILEABLE
from rules.switching.seeing import OWN_APPLICATION, Side
from rules.switching.state import SwitchingCase
from schemas.codes import ApplicationState, CasePhase, Code


class Duty(Code):
    """What has to be done, as lists call it."""

    DECIDE = "decide", "取次判断"
    CORRECT = "correct", "不備の訂正"
    FILE = "file", "申請の登録"
    SETTLE = "settle", "片側完了の終結"
    RELEASE = "release", "期限の停止の解除"
    LOOK_AFTER = "look_after", "異動日経過の確認"


RETAILERS_DUTIES = (Duty.DECIDE, Duty.CORRECT, Duty.FILE)
OPERATORS_DUTIES = (Duty.SETTLE, Duty.RELEASE, Duty.LOOK_AFTER)


def lasting_duty(state: Procedure, *, side: Side) -> Duty | None:
    """Tell what a side has to do until it has done it, whatever the day."""
    if side is Side.OPERATOR:
        if state.phase is CasePhase.ONE_SIDE_DONE:
            return Duty.SETTLE
        return Duty.RELEASE if state.suspended and not state.ended else None
    if isinstance(state, LoneApplication):
        return _of_applicant(state, side)
    return _of_retailer(state, side)


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


def _of_applicant(state: LoneApplication, side: Side) -> Duty | None:
    own = {Side.NEW: state.new_retailer, Side.CURRENT: state.current_retailer}[side] is not None
    return _correction(state.phase, state.application.state) if own else None


def _of_retailer(state: SwitchingCase, side: Side) -> Duty | None:
    if state.phase is CasePhase.AWAITING_DECISION:
        return Duty.DECIDE if side is Side.CURRENT else None
    application = state.application(OWN_APPLICATION[side])
    if state.phase is CasePhase.AWAITING_APPLICATIONS and application.state in FILEABLE and not state.cut_off_passed:
        return Duty.FILE
    return _correction(state.phase, application.state)


def _correction(phase: CasePhase, state: ApplicationState) -> Duty | None:
    correctable = phase is CasePhase.AWAITING_APPLICATIONS and state is ApplicationState.DEFECTIVE
    return Duty.CORRECT if correctable else None
