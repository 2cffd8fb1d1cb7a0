"""The refusals of the core, each with its rule and field."""

from rules.procedure.commands import CommandKind
from rules.switching.state import SwitchingCase
from schemas.codes import CasePhase
from schemas.findings import Refusal, refuse
from schemas.refusal_codes import RefusalCode

_CASE = {"field": "caseNumber", "label": "廃止取次番号"}


def case_ended(state: SwitchingCase) -> Refusal:
    """Refuse a command on a case that has come to its end."""
    return refuse(
        RefusalCode.WRONG_STATE,
        rule="case-open",
        message=f"案件は「{state.phase.label}」で終了しています。",
        action="終了した案件は変更できません。必要なら新しく廃止取次を登録してください。",
        **_CASE,
    )


def no_party(state: SwitchingCase) -> Refusal:
    """Refuse a command of a retailer whose place another has taken since (承継): to it there is no such case."""
    return refuse(RefusalCode.NO_SUCH_CASE, rule="own-case", **_CASE)


def wrong_phase(state: SwitchingCase, kind: CommandKind, *, allowed: tuple[CasePhase, ...]) -> Refusal:
    """Refuse a command that the case's phase does not allow, and say which phases do."""
    phases = "、".join(f"「{phase.label}」" for phase in allowed)
    return refuse(
        RefusalCode.WRONG_STATE,
        rule=f"{kind.value.replace('_', '-')}-phase",
        message=f"{kind.label}ができるのは案件状態が{phases}の間だけです（現在は「{state.phase.label}」）。",
        action=_advice(state),
        **_CASE,
    )


def _advice(state: SwitchingCase) -> str:
    if state.phase in (CasePhase.MATCHED, CasePhase.ONE_SIDE_DONE):
        return "マッチング成立後の変更は、一般送配電事業者へ直接ご相談ください。"
    if state.phase is CasePhase.CANCELLING:
        return "取消手続の結果が出るまでお待ちください。"
    return "案件の状態を照会して確認してください。"


def too_late(*, rule: str, words: str) -> Refusal:
    """Refuse what was stored at or after its deadline."""
    return refuse(RefusalCode.DEADLINE_PASSED, rule=rule, message=words, **_CASE)
