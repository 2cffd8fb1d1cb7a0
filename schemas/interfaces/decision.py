"""12410 スイッチング廃止取次判断: the current retailer accepts or rejects a referral."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from schemas import codes, fields
from schemas.codes import CasePhase, InterfaceCategory, RejectionReason, Segment
from schemas.contract import Interface


@dataclass(frozen=True, kw_only=True)
class DecisionRequest:
    """Names the 版 that was read, so that nobody decides on something that has been amended since."""

    message_id: Annotated[str, fields.MESSAGE_ID]
    case_number: Annotated[str, fields.CASE_NUMBER]
    version: Annotated[int, fields.VERSION]
    decision: Annotated[codes.Decision, fields.DECISION]
    rejection_reasons: Annotated[tuple[RejectionReason, ...], fields.REJECTION_REASON.many(9)]
    rejection_text: Annotated[str | None, fields.REJECTION_TEXT]


@dataclass(frozen=True, kw_only=True)
class DecisionResponse:
    message_id: Annotated[str, fields.MESSAGE_ID]
    case_number: Annotated[str, fields.CASE_NUMBER]
    version: Annotated[int, fields.VERSION]
    case_phase: Annotated[CasePhase, fields.CASE_PHASE]
    case_phase_name: Annotated[str, fields.CASE_PHASE_NAME]
    application_cut_off: Annotated[datetime, fields.MOMENT.called("申請期限", "開始申請と廃止申請が揃う期限。")]
    processed_at: Annotated[datetime, fields.MOMENT.called("処理日時", "処理した業務日時。")]


DECISION = Interface(
    number="12410",
    operation="decideReferral",
    label="スイッチング廃止取次判断",
    meaning="現小売電気事業者が、廃止取次を承諾または否認する。否認にはNG理由を1つ以上付ける。",
    request=DecisionRequest,
    response=DecisionResponse,
    segments=frozenset(Segment),
    relayed=False,
    category=InterfaceCategory.REFERRAL,
)
