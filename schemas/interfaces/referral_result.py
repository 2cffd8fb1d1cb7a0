"""12210 スイッチング廃止取次結果照会: the new retailer reads the decision and what became of its cases."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from schemas import fields
from schemas.codes import ApplicationState, CasePhase, Decision, Flag, InterfaceCategory, RejectionReason, Segment
from schemas.contract import Interface


@dataclass(frozen=True, kw_only=True)
class ReferralResultRequest:
    """One case by its number, or the cases that changed since a time, page by page."""

    message_id: Annotated[str, fields.MESSAGE_ID]
    case_number: Annotated[str | None, fields.CASE_NUMBER]
    changed_since: Annotated[
        datetime | None, fields.MOMENT.called("更新日時（以降）", "この日時以降に変わった案件を返す。")
    ]
    cursor: Annotated[str | None, fields.CURSOR]


@dataclass(frozen=True, kw_only=True)
class ReferralResult:
    """One case as its new retailer may see it."""

    case_number: Annotated[str, fields.CASE_NUMBER]
    version: Annotated[int, fields.VERSION]
    point_number: Annotated[str, fields.POINT_NUMBER]
    current_retailer_code: Annotated[str, fields.RETAILER_CODE.called("現小売電気事業者コード")]
    case_phase: Annotated[CasePhase, fields.CASE_PHASE]
    case_phase_name: Annotated[str, fields.CASE_PHASE_NAME]
    decision: Annotated[Decision | None, fields.DECISION]
    decided_at: Annotated[datetime | None, fields.MOMENT.called("判断日時", "現小売電気事業者が判断した業務日時。")]
    rejection_reasons: Annotated[tuple[RejectionReason, ...], fields.REJECTION_REASON.many(9)]
    rejection_text: Annotated[str | None, fields.REJECTION_TEXT]
    wished_date: Annotated[date, fields.WISHED_DATE]
    effective_date: Annotated[date, fields.EFFECTIVE_DATE]
    decision_due: Annotated[datetime, fields.MOMENT.called("判断期限", "現小売電気事業者が判断する期限。")]
    application_cut_off: Annotated[datetime, fields.MOMENT.called("申請期限", "開始申請と廃止申請が揃う期限。")]
    start_application_number: Annotated[str | None, fields.APPLICATION_NUMBER.called("開始申請番号")]
    start_application_state: Annotated[ApplicationState, fields.APPLICATION_STATE.called("開始申請状態")]
    end_application_received: Annotated[
        Flag, fields.FLAG.called("廃止申請の受付", "一般送配電事業者が廃止申請を受け付けているか。")
    ]
    changed_at: Annotated[datetime, fields.MOMENT.called("更新日時", "案件が最後に変わった業務日時。")]


@dataclass(frozen=True, kw_only=True)
class ReferralResultResponse:
    message_id: Annotated[str, fields.MESSAGE_ID]
    cases: Annotated[tuple[ReferralResult, ...], fields.group("案件", "該当する案件。", max_items=1000)]
    next_cursor: Annotated[str | None, fields.CURSOR.called("続きの位置", "続きがあるとき、次の要求に指定する値。")]
    unreadable_referrals: Annotated[int | None, fields.UNREADABLE_REFERRALS] = None


REFERRAL_RESULT = Interface(
    number="12210",
    operation="getReferralResults",
    label="スイッチング廃止取次結果照会",
    meaning="新小売電気事業者が、廃止取次の判断結果と案件の状態を照会する。",
    request=ReferralResultRequest,
    response=ReferralResultResponse,
    segments=frozenset(Segment),
    relayed=False,
    category=InterfaceCategory.REFERRAL,
)
