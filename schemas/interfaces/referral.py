"""12110 スイッチング廃止取次登録: the new retailer passes the customer's notice of ending on."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from schemas import fields
from schemas.codes import CasePhase, MeterWork, ProcessKind, Segment
from schemas.contract import Interface, allowed_for, needed_for
from schemas.interfaces.common import Consent

_CONTENT = needed_for(ProcessKind.REGISTER, ProcessKind.AMEND)


@dataclass(frozen=True, kw_only=True)
class ReferralRequest:
    """登録 and 訂正 carry the whole content; 取消 the case number alone."""

    message_id: Annotated[str, fields.MESSAGE_ID]
    process_kind: Annotated[ProcessKind, fields.PROCESS_KIND]
    case_number: Annotated[str | None, fields.CASE_NUMBER, needed_for(ProcessKind.AMEND, ProcessKind.WITHDRAW)]
    point_number: Annotated[str | None, fields.POINT_NUMBER, _CONTENT]
    current_retailer_code: Annotated[
        str | None,
        fields.RETAILER_CODE.called("現小売電気事業者コード", "需要者が現在契約している小売電気事業者。"),
        _CONTENT,
    ]
    contract_number: Annotated[str | None, fields.CONTRACT_NUMBER, _CONTENT]
    holder_name: Annotated[str | None, fields.HOLDER_NAME, _CONTENT]
    holder_name_kana: Annotated[str | None, fields.HOLDER_NAME_KANA, _CONTENT]
    address: Annotated[str | None, fields.ADDRESS, _CONTENT]
    wished_date: Annotated[date | None, fields.WISHED_DATE, _CONTENT]
    meter_work: Annotated[MeterWork | None, fields.METER_WORK, allowed_for(ProcessKind.REGISTER, ProcessKind.AMEND)]
    consent: Annotated[Consent | None, fields.CONSENT, _CONTENT]


@dataclass(frozen=True, kw_only=True)
class ReferralResponse:
    """Where the case stands after the request, and until when others must act."""

    message_id: Annotated[str, fields.MESSAGE_ID]
    case_number: Annotated[str, fields.CASE_NUMBER]
    version: Annotated[int, fields.VERSION]
    case_phase: Annotated[CasePhase, fields.CASE_PHASE]
    case_phase_name: Annotated[str, fields.CASE_PHASE_NAME]
    wished_date: Annotated[date, fields.WISHED_DATE]
    decision_due: Annotated[datetime, fields.MOMENT.called("判断期限", "現小売電気事業者が判断する期限。")]
    application_cut_off: Annotated[datetime, fields.MOMENT.called("申請期限", "開始申請と廃止申請が揃う期限。")]
    processed_at: Annotated[datetime, fields.MOMENT.called("処理日時", "処理した業務日時。")]


REFERRAL = Interface(
    number="12110",
    operation="registerReferral",
    label="スイッチング廃止取次登録",
    meaning="新小売電気事業者が、需要者の廃止の意思を現小売電気事業者へ取り次ぐ。処理区分で登録・訂正・取消を指定する。",
    request=ReferralRequest,
    response=ReferralResponse,
    segments=frozenset({Segment.LOW_VOLTAGE}),
    relayed=False,
)
