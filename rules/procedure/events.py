"""What can happen to a procedure: a command, news from the grid operator, time.

Each is one class with a kind, so that it crosses process borders as one plain record.
"""

from dataclasses import dataclass
from datetime import date, datetime

from schemas.codes import ApplicationKind, Code, Decision, MeterWork, RejectionReason


class CommandKind(Code):
    """What is asked for, of a switching case or of an application on its own."""

    AMEND = "amend", "取次訂正"
    WITHDRAW = "withdraw", "取次取消"
    DECIDE = "decide", "取次判断"
    FILE_START = "file_start", "開始申請登録"
    AMEND_START = "amend_start", "開始申請訂正"
    CANCEL_START = "cancel_start", "開始申請取消"
    FILE_END = "file_end", "廃止申請登録"
    AMEND_END = "amend_end", "廃止申請訂正"
    CANCEL_END = "cancel_end", "廃止申請取消"
    AMEND_APPLICATION = "amend_application", "申請訂正"
    CANCEL_APPLICATION = "cancel_application", "申請取消"
    SUSPEND = "suspend", "期限の停止"
    RESUME = "resume", "期限の再開"
    SUCCEED = "succeed", "承継"
    CLOSE = "close", "広域機関による終了"
    RECORD = "record", "連絡の記録"
    GIVE_WAY = "give_way", "他の廃止取次の優先"
    STAND_BACK = "stand_back", "先行する申請のマッチング成立による終了"


INTERVENTIONS = (
    CommandKind.SUSPEND,
    CommandKind.RESUME,
    CommandKind.SUCCEED,
    CommandKind.CLOSE,
    CommandKind.RECORD,
)
"""What the hub operator may do to a procedure (広域機関の措置)."""
BY_THE_HUB = (CommandKind.GIVE_WAY, CommandKind.STAND_BACK)
"""What the hub asks by itself, where two procedures meet on one point."""


class NewsKind(Code):
    """What a grid operator tells of an application."""

    RECEIVED = "received", "受付"
    DEFECTIVE = "defective", "不備"
    TOO_LATE = "too_late", "期限超過"
    CANCELLED = "cancelled", "取消"
    MATCHED = "matched", "マッチング成立"
    UNMATCHED = "unmatched", "マッチング不成立"
    COMPLETED = "completed", "処理完了"
    INQUIRED = "inquired", "状況確認済"


@dataclass(frozen=True, kw_only=True)
class CommandContent:
    """What is asked for, as far as the core has to know it."""

    kind: CommandKind
    case_number: str
    """Of an application on its own, its application number."""
    version: int | None = None
    decision: Decision | None = None
    rejection_reasons: tuple[RejectionReason, ...] = ()
    point_number: str | None = None
    current_retailer: str | None = None
    wished_date: date | None = None
    effective_date: date | None = None
    meter_work: MeterWork | None = None
    application_number: str | None = None
    application: ApplicationKind | None = None
    """What an application on its own is for; None where the command is one on a case."""
    leaving: str | None = None
    """承継: code of the retailer whose place is taken; 期限の停止: of the one that takes part no longer."""
    successor: str | None = None
    """承継: code of the retailer that takes it."""
    news: NewsKind | None = None
    """連絡の記録: what the grid operator said, by another way than its system."""
    occurred_at: datetime | None = None
    """連絡の記録: when it happened, by the grid operator's word."""


@dataclass(frozen=True, kw_only=True)
class Command(CommandContent):
    """A stored message as the core sees it; ``at`` is when the hub stored it, which decides what is in time."""

    message_key: str
    """Key of the stored message; the update id, and where its personal content is found."""
    at: datetime
    last_day: date | None = None
    """The first last day (事業者一覧) of the retailers that the command leaves in the procedure, as it stood when the
    command was stored; None where they take part without end, or where the command sets no date."""
    given_by: str | None = None
    """Code of the retailer that gave it; None of the hub operator's. A 承継 that was stored before may have taken its
    place meanwhile."""


@dataclass(frozen=True)
class GridNews:
    """News from the grid operator; ``at`` is the business time at which the hub heard it."""

    kind: NewsKind
    application: ApplicationKind
    application_number: str
    cause: str
    """Stable name of what brought it, so that a repeat is known as one: for a call its key with more behind it."""
    at: datetime
    occurred_at: datetime | None = None
    """When it happened, by the grid operator's word; the time of matching is this one."""
    effective_date: date | None = None
    meter_work: MeterWork | None = None
    defects: tuple[str, ...] = ()
    """Names of the rules that were found broken; the words for them stay in the database."""
    inquiry: int | None = None


@dataclass(frozen=True)
class TimePassed:
    """A moment the procedure waited for has come."""

    at: datetime


Event = Command | GridNews | TimePassed
