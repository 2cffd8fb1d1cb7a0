"""12110 スイッチング廃止取次登録: the new retailer passes the customer's notice of ending on."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from schemas import fields
from schemas.codes import CasePhase, InterfaceCategory, MeterWork, ProcessKind, Segment
from schemas.contract import Interface
from schemas.interfaces.common import Consent
from schemas.interfaces.filing import CONTENT, CONTENT_IF_ANY, LATER


@dataclass(frozen=True, kw_only=True)
class ReferralRequest:
    """登録 and 訂正 carry the whole content; 取消 the case number alone."""

    message_id: Annotated[str, fields.MESSAGE_ID]
    process_kind: Annotated[ProcessKind, fields.PROCESS_KIND]
    case_number: Annotated[str | None, fields.CASE_NUMBER, LATER]
    point_number: Annotated[str | None, fields.POINT_NUMBER, CONTENT]
    current_retailer_code: Annotated[
        str | None,
        fields.RETAILER_CODE.called("現小売電気事業者コード", "需要者が現在契約している小売電気事業者。").called_in(
            Segment.LOW_VOLTAGE_FIT, meaning="発電者の特定契約の現在の相手方である小売電気事業者。"
        ),
        CONTENT,
    ]
    contract_number: Annotated[str | None, fields.CONTRACT_NUMBER, CONTENT]
    holder_name: Annotated[str | None, fields.HOLDER_NAME, CONTENT]
    holder_name_kana: Annotated[str | None, fields.HOLDER_NAME_KANA, CONTENT]
    address: Annotated[str | None, fields.ADDRESS, CONTENT]
    wished_date: Annotated[date | None, fields.WISHED_DATE, CONTENT]
    meter_work: Annotated[MeterWork | None, fields.METER_WORK, CONTENT_IF_ANY]
    consent: Annotated[Consent | None, fields.CONSENT, CONTENT]


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
    meaning="新小売電気事業者が、需要者（低圧FIT電源では発電者）の廃止の意思を現小売電気事業者へ取り次ぐ。処理区分で登録・訂正・取消を指定する。",
    request=ReferralRequest,
    response=ReferralResponse,
    segments=frozenset(Segment),
    relayed=False,
    category=InterfaceCategory.REFERRAL,
)
