"""What a retailer can be told by mail (通知) of a step of a procedure."""

from dataclasses import dataclass

from rules.procedure.outcomes import HistoryKind
from schemas.codes import Code


class MailKind(Code):
    """What a retailer is told."""

    ARRIVED = "arrived", "廃止取次の到着"
    AMENDED = "amended", "廃止取次の訂正"
    DECISION_DUE = "decision_due", "判断期限の接近"
    ACCEPTED = "accepted", "承諾"
    REJECTED = "rejected", "否認"
    DEFECTIVE = "defective", "申請の不備"
    WITHDRAWING = "withdrawing", "新小売による取消手続の開始"
    GOES_ON = "goes_on", "取消不可（切り替えの継続）"
    DATE_MOVED = "date_moved", "異動日の変更"
    ONE_SIDE_DONE = "one_side_done", "片側完了"
    WITHDRAWN = "withdrawn", "取消による終了"
    DECISION_EXPIRED = "decision_expired", "判断期限切れによる終了"
    UNMATCHED = "unmatched", "マッチング不成立による終了"
    GRID_CANCELLED = "grid_cancelled", "送配電取消による終了"
    COMPLETED = "completed", "完了"
    SUSPENDED = "suspended", "期限の停止"
    RESUMED = "resumed", "期限の再開"
    SUCCEEDED = "succeeded", "承継"
    CLOSED = "closed", "広域機関による終了"
    APPLICATION_DUE = "application_due", "申請期限の接近"
    GAVE_WAY = "gave_way", "先行する申請に対する廃止取次の優先"


@dataclass(frozen=True)
class MailToRetailer:
    """One thing that one retailer is told."""

    kind: MailKind
    to_retailer: str


BY_INTERVENTION = {
    HistoryKind.SUSPENDED: MailKind.SUSPENDED,
    HistoryKind.RESUMED: MailKind.RESUMED,
    HistoryKind.SUCCEEDED: MailKind.SUCCEEDED,
}
"""Told to all that take part from then on: a retailer that is succeeded is not there any more to be told."""
