"""The refusals of an application on its own, each with its rule and field."""

from rules.lone_application.state import LoneApplication
from rules.procedure.refusals import (
    ASK_GRID_OPERATOR,
    AWAIT_CANCELLATION,
    NUMBER,
    cut_off_rule,
    standard_period_rule,
    state_rule,
)
from schemas.codes import CasePhase
from schemas.findings import Refusal, Rulebook
from schemas.refusal_codes import RefusalCode

RULES = Rulebook()
OPEN_NOT_ENDED = RULES.declare(
    "application-open",
    NUMBER,
    code=RefusalCode.WRONG_STATE,
    message="申請は「{state}」で終了しています。",
    action="終了した申請は変更できません。必要なら新しく登録してください。",
)
OPEN_NOT_CANCELLING = RULES.declare(
    "application-open",
    NUMBER,
    code=RefusalCode.WRONG_STATE,
    message="取消手続中です。",
    action=AWAIT_CANCELLATION,
)
OPEN_NOT_MATCHED = RULES.declare(
    "application-open",
    NUMBER,
    code=RefusalCode.WRONG_STATE,
    message="マッチングが成立しています。",
    action=ASK_GRID_OPERATOR,
)
CANCEL_BEFORE_END = state_rule(RULES, "cancel-before-end")
AMEND_AFTER_ANSWER = state_rule(RULES, "amend-after-answer")
APPLICATION_CUT_OFF = cut_off_rule(RULES, NUMBER)
CORRECTION_DEADLINE = RULES.declare(
    "correction-deadline", NUMBER, code=RefusalCode.DEADLINE_PASSED, message="不備の訂正期限を過ぎています。"
)
NOT_AMENDABLE = RULES.declare(
    "not-amendable",
    ("pointNumber", "供給地点特定番号"),
    message="地点は訂正できません。",
    action="申請を取り消して、新しく登録してください。",
)
STANDARD_PERIOD = standard_period_rule(
    RULES, action="工事が不要なら「不要」を指定してください。必要なら異動日も訂正してください。"
)


def not_open(state: LoneApplication) -> Refusal | None:
    """Refuse a command on an application that has ended, is on its way back, or is matched."""
    if state.phase is CasePhase.AWAITING_APPLICATIONS:
        return None
    if state.ended:
        return OPEN_NOT_ENDED.refusal(state=state.application.state.label)
    return OPEN_NOT_CANCELLING.refusal() if state.phase is CasePhase.CANCELLING else OPEN_NOT_MATCHED.refusal()
