"""要対応: what somebody can have to do about a procedure."""

from dataclasses import dataclass

from rules.procedure.application import Application
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


@dataclass(frozen=True)
class DutiesOfRetailers:
    """What the retailers of a procedure have to do; None where one has to wait, or where there is none."""

    new: Duty | None
    current: Duty | None


def correction(application: Application, *, phase: CasePhase) -> Duty | None:
    """Tell whether an applicant has to correct its application."""
    correctable = phase is CasePhase.AWAITING_APPLICATIONS and application.state is ApplicationState.DEFECTIVE
    return Duty.CORRECT if correctable else None
