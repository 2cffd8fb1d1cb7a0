"""What a database step is called that is done within a workflow task: the Temporal UI's timeline shows no other words.

The name is the type of its activity, which histories keep and a replay compares. So these words stay as they are; how
a kind of line or a party is called elsewhere may change.
"""

from rules.procedure.outcomes import HistoryKind, Party
from rules.steps import Step

LOOK = "案件と業務日時を読む"
REFUSAL = "受け付けられない旨を回答"
_LINES = {
    HistoryKind.REGISTERED: "廃止取次を登録",
    HistoryKind.AMENDED: "廃止取次を訂正",
    HistoryKind.REMINDED: "判断の期限が近いことを通知",
    HistoryKind.ACCEPTED: "承諾",
    HistoryKind.REJECTED: "否認",
    HistoryKind.DECISION_EXPIRED: "判断期限切れ",
    HistoryKind.FILED: "申請を登録",
    HistoryKind.CORRECTED: "申請を訂正",
    HistoryKind.APPLICATION_CANCEL_ASKED: "申請の取消を受付",
    HistoryKind.APPLICATION_CANCELLED: "申請を取消",
    HistoryKind.RECEIVED: "一般送配電事業者が受付",
    HistoryKind.DEFECTIVE: "一般送配電事業者が不備を指摘",
    HistoryKind.CANCEL_IMPOSSIBLE: "取消不可（マッチング成立が先）",
    HistoryKind.CANCELLING: "取消手続を開始",
    HistoryKind.WITHDRAWN: "取消",
    HistoryKind.CUT_OFF_PASSED: "申請期限を経過（一般送配電事業者の回答待ち）",
    HistoryKind.APPLICATION_UNMATCHED: "申請が不成立",
    HistoryKind.UNMATCHED: "マッチング不成立",
    HistoryKind.MATCHED: "マッチング成立",
    HistoryKind.EFFECTIVE_DATE_MOVED: "異動日変更",
    HistoryKind.METER_WORK_CHANGED: "計器工事の要否を変更",
    HistoryKind.INQUIRING: "処理状況の確認を開始",
    HistoryKind.INQUIRED: "処理状況を確認",
    HistoryKind.ONE_SIDE_COMPLETED: "片方の処理が完了",
    HistoryKind.ONE_SIDE_DONE: "片側完了のまま異動日を経過",
    HistoryKind.COMPLETED: "完了",
    HistoryKind.GRID_CANCELLED: "送配電取消",
    HistoryKind.SUSPENDED: "期限を停止",
    HistoryKind.RESUMED: "期限を再開",
    HistoryKind.SUCCEEDED: "承継",
    HistoryKind.CLOSED: "広域機関が終了",
    HistoryKind.CUT_OFF_REMINDED: "申請の期限が近いことを通知",
    HistoryKind.GAVE_WAY: "他の廃止取次を優先（申請は取消へ）",
}
_PARTIES = {
    Party.NEW_RETAILER: "新小売",
    Party.CURRENT_RETAILER: "現小売",
    Party.GRID_OPERATOR: "一般送配電事業者",
    Party.HUB: "スイッチング支援システム",
    Party.HUB_OPERATOR: "広域機関",
}


def name_of(step: Step) -> str:
    """Name a step."""
    return REFUSAL if step.line is None else _name(step.line.kind, step.line.actor)


def all_names() -> frozenset[str]:
    """Give the names of all steps there can be."""
    return frozenset({REFUSAL, *(_name(kind, party) for kind in HistoryKind for party in Party)})


def _name(kind: HistoryKind, party: Party) -> str:
    return f"{_LINES[kind]}（{_PARTIES[party]}）"
