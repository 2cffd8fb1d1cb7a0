"""The refusals of the core, each with its rule and field."""

from rules.procedure.command_kinds import CommandKind
from rules.procedure.refusals import ASK_GRID_OPERATOR, AWAIT_CANCELLATION, CASE, OWN_CASE, cut_off_rule
from rules.switching.state import SwitchingCase
from schemas.codes import CasePhase
from schemas.findings import Refusal, Rulebook
from schemas.refusal_codes import RefusalCode

RULES = Rulebook(code=RefusalCode.WRONG_STATE)
CASE_OPEN = RULES.declare(
    "case-open",
    CASE,
    message="案件は「{phase}」で終了しています。",
    action="終了した案件は変更できません。必要なら新しく廃止取次を登録してください。",
)
PHASE_OF_COMMAND = RULES.declare(
    "{command}-phase",
    CASE,
    message="{command_label}ができるのは案件状態が{allowed}の間だけです（現在は「{phase}」）。",
    action="{advice}",
)
DECISION_DEADLINE = RULES.declare(
    "decision-deadline", CASE, code=RefusalCode.DEADLINE_PASSED, message="判断期限を過ぎています。"
)
APPLICATION_CUT_OFF = cut_off_rule(RULES, CASE)


def case_ended(state: SwitchingCase) -> Refusal:
    """Refuse a command on a case that has come to its end."""
    return CASE_OPEN.refusal(phase=state.phase.label)


def no_party(state: SwitchingCase) -> Refusal:
    """Refuse a command of a retailer whose place another has taken since (承継): to it there is no such case."""
    return OWN_CASE.refusal()


def wrong_phase(state: SwitchingCase, kind: CommandKind, *, allowed: tuple[CasePhase, ...]) -> Refusal:
    """Refuse a command that the case's phase does not allow, and say which phases do."""
    return PHASE_OF_COMMAND.refusal(
        command=kind.value.replace("_", "-"),
        command_label=kind.label,
        allowed="、".join(f"「{phase.label}」" for phase in allowed),
        phase=state.phase.label,
        advice=_advice(state),
    )


def _advice(state: SwitchingCase) -> str:
    if state.phase in (CasePhase.MATCHED, CasePhase.ONE_SIDE_DONE):
        return ASK_GRID_OPERATOR
    if state.phase is CasePhase.CANCELLING:
        return AWAIT_CANCELLATION
    return "案件の状態を照会して確認してください。"
