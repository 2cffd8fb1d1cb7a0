"""News from a grid operator."""

from dataclasses import dataclass
from datetime import date, datetime

from schemas.codes import ApplicationKind, Code, MeterWork


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


BEFORE_MATCHING_ONLY = (NewsKind.RECEIVED, NewsKind.DEFECTIVE, NewsKind.TOO_LATE, NewsKind.UNMATCHED)
"""What says nothing any more once a procedure is matched."""


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
