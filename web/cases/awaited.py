"""What a procedure waits for, as one line on top of its page says it to each side."""

from models.cases.screens import ApplicationPage, ApplicationView, CasePage
from rules.switching.visibility import OWN_APPLICATION, Side
from schemas.codes import ApplicationState, CasePhase

NOTHING = "ありません（終了）"
_OF_A_CASE = {
    CasePhase.CANCELLING: "一般送配電事業者の取消の回答",
    CasePhase.MATCHED: "異動日の経過と、一般送配電事業者の処理完了",
    CasePhase.ONE_SIDE_DONE: "広域機関の確認",
}
_OF_AN_APPLICATION = {
    ApplicationState.NOT_FILED: "申請の登録",
    ApplicationState.SENDING: "一般送配電事業者の受付",
    ApplicationState.RECEIVED: "一般送配電事業者の処理",
    ApplicationState.DEFECTIVE: "不備の訂正",
    ApplicationState.CANCELLING: "一般送配電事業者の取消の回答",
    ApplicationState.MATCHED: "異動日の経過と、一般送配電事業者の処理完了",
}


def awaited_in_case(page: CasePage) -> str:
    """Say what a case waits for, as far as the viewer's side may know it."""
    state = page.state
    if state.ended:
        return NOTHING
    if state.suspended:
        return "広域機関による期限の再開"
    if state.phase is CasePhase.AWAITING_DECISION:
        return "貴社の取次判断" if page.side is Side.CURRENT else "現小売の取次判断"
    if state.phase is not CasePhase.AWAITING_APPLICATIONS:
        return _OF_A_CASE[state.phase]
    if state.cut_off_passed:
        return "一般送配電事業者の回答"
    missing = [_missing(application, page.side) for application in page.applications if not application.is_in]
    return "、".join(missing) or ("新小売の申請とマッチング" if page.side is Side.CURRENT else "マッチング")


def awaited_alone(page: ApplicationPage) -> str:
    """Say what an application on its own waits for."""
    if page.state.ended:
        return NOTHING
    if page.state.suspended:
        return "広域機関による期限の再開"
    return _OF_AN_APPLICATION.get(page.state.application.state, "一般送配電事業者の回答")


def _missing(application: ApplicationView, side: Side) -> str:
    """Say what an application wants that the grid operator does not hold; of another's, no more than that."""
    if application.state is None:
        return f"相手の{application.kind.label}の受付"
    whose = "貴社の" if side is not Side.OPERATOR and application.kind is OWN_APPLICATION[side] else ""
    return f"{whose}{application.kind.label}の{_WANTS.get(application.state, '受付')}"


_WANTS = {
    ApplicationState.NOT_FILED: "登録",
    ApplicationState.CANCELLED: "登録",
    ApplicationState.DEFECTIVE: "不備の訂正",
    ApplicationState.SENDING: "一般送配電事業者による受付",
}
