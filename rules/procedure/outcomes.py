"""What a core answers: a transition, a refusal, or that there is nothing new."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from schemas.codes import Code

State = TypeVar("State", covariant=True)


class Party(Code):
    """Who made something happen."""

    NEW_RETAILER = "new_retailer", "新小売"
    CURRENT_RETAILER = "current_retailer", "現小売"
    GRID_OPERATOR = "grid_operator", "一般送配電事業者"
    HUB = "hub", "スイッチング支援システム"
    HUB_OPERATOR = "hub_operator", "広域機関"


class HistoryKind(Code):
    """案件履歴: what a line of the case's history says."""

    REGISTERED = "registered", "廃止取次を登録"
    AMENDED = "amended", "廃止取次を訂正"
    REMINDED = "reminded", "判断の期限が近いことを通知"
    ACCEPTED = "accepted", "承諾"
    REJECTED = "rejected", "否認"
    DECISION_EXPIRED = "decision_expired", "判断期限切れ"
    FILED = "filed", "申請を登録"
    CORRECTED = "corrected", "申請を訂正"
    APPLICATION_CANCEL_ASKED = "application_cancel_asked", "申請の取消を受付"
    APPLICATION_CANCELLED = "application_cancelled", "申請を取消"
    RECEIVED = "received", "一般送配電事業者が受付"
    DEFECTIVE = "defective", "一般送配電事業者が不備を指摘"
    CANCEL_IMPOSSIBLE = "cancel_impossible", "取消不可（マッチング成立が先）"
    CANCELLING = "cancelling", "取消手続を開始"
    WITHDRAWN = "withdrawn", "取消"
    CUT_OFF_PASSED = "cut_off_passed", "申請期限を経過（一般送配電事業者の回答待ち）"
    APPLICATION_UNMATCHED = "application_unmatched", "申請が不成立"
    UNMATCHED = "unmatched", "マッチング不成立"
    MATCHED = "matched", "マッチング成立"
    EFFECTIVE_DATE_MOVED = "effective_date_moved", "異動日変更"
    METER_WORK_CHANGED = "meter_work_changed", "計器工事の要否を変更"
    INQUIRING = "inquiring", "処理状況の確認を開始"
    INQUIRED = "inquired", "処理状況を確認"
    ONE_SIDE_COMPLETED = "one_side_completed", "片方の処理が完了"
    ONE_SIDE_DONE = "one_side_done", "片側完了のまま異動日を経過"
    COMPLETED = "completed", "完了"
    GRID_CANCELLED = "grid_cancelled", "送配電取消"
    SUSPENDED = "suspended", "期限を停止"
    RESUMED = "resumed", "期限を再開"
    SUCCEEDED = "succeeded", "承継"
    CLOSED = "closed", "広域機関が終了"
    CUT_OFF_REMINDED = "cut_off_reminded", "申請の期限が近いことを通知"
    GAVE_WAY = "gave_way", "他の廃止取次を優先（申請は取消へ）"


@dataclass(frozen=True)
class HistoryLine:
    """One line of the 案件履歴."""

    kind: HistoryKind
    actor: Party
    details: dict[str, str] = field(default_factory=dict)
    """Codes, numbers and dates that belong to it; never personal data."""


@dataclass(frozen=True)
class Transition(Generic[State]):
    """The new state of a procedure and the line that goes into its history."""

    state: State
    line: HistoryLine


@dataclass(frozen=True)
class NothingNew:
    """The event says what is known already, or comes too late to matter."""
