"""10610 スイッチング開始申請 and 10710 スイッチング廃止申請: what both retailers file at the grid operator."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from schemas import fields
from schemas.codes import (
    ApplicationKind,
    ApplicationState,
    CasePhase,
    ContractBasis,
    InterfaceCategory,
    MeterWork,
    ProcessKind,
    Segment,
    SupplyKind,
)
from schemas.contract import Interface, only_in
from schemas.interfaces.common import Consent
from schemas.interfaces.filing import (
    CONTENT,
    CONTENT_IF_ANY,
    GENERATING_FACILITY,
    HIGH_VOLTAGE_TERMS,
    LATER,
    PURCHASE_CONTRACT,
    GeneratingFacility,
    HighVoltageTerms,
    PurchaseContract,
)

_CASE_NUMBER = fields.CASE_NUMBER.called("廃止取次番号", "スイッチング案件の番号。廃止取次によらない申請では省略する。")
_IN_LOW = only_in(Segment.LOW_VOLTAGE)
_IN_HIGH = only_in(Segment.HIGH_VOLTAGE)
_IN_FIT = only_in(Segment.LOW_VOLTAGE_FIT)


@dataclass(frozen=True, kw_only=True)
class StartApplicationRequest:
    """登録 and 訂正 carry the whole content; 取消 the numbers alone. Without a case it stands for itself."""

    message_id: Annotated[str, fields.MESSAGE_ID]
    process_kind: Annotated[ProcessKind, fields.PROCESS_KIND]
    case_number: Annotated[str | None, _CASE_NUMBER]
    application_number: Annotated[str | None, fields.APPLICATION_NUMBER, LATER]
    point_number: Annotated[str | None, fields.POINT_NUMBER, CONTENT]
    effective_date: Annotated[date | None, fields.EFFECTIVE_DATE, CONTENT]
    holder_name: Annotated[str | None, fields.HOLDER_NAME, CONTENT]
    holder_name_kana: Annotated[str | None, fields.HOLDER_NAME_KANA, CONTENT]
    address: Annotated[str | None, fields.ADDRESS, CONTENT]
    telephone: Annotated[str | None, fields.TELEPHONE, CONTENT]
    supply_kind: Annotated[SupplyKind | None, fields.SUPPLY_KIND, CONTENT, _IN_LOW] = None
    contract_basis: Annotated[ContractBasis | None, fields.CONTRACT_BASIS, CONTENT, _IN_LOW] = None
    contract_capacity: Annotated[int | None, fields.CONTRACT_CAPACITY, CONTENT, _IN_LOW] = None
    high_voltage_terms: Annotated[HighVoltageTerms | None, HIGH_VOLTAGE_TERMS, CONTENT, _IN_HIGH] = None
    generating_facility: Annotated[GeneratingFacility | None, GENERATING_FACILITY, CONTENT, _IN_FIT] = None
    purchase_contract: Annotated[PurchaseContract | None, PURCHASE_CONTRACT, CONTENT, _IN_FIT] = None
    meter_work: Annotated[MeterWork | None, fields.METER_WORK, CONTENT_IF_ANY]
    consent: Annotated[Consent | None, fields.CONSENT, CONTENT]


@dataclass(frozen=True, kw_only=True)
class EndApplicationRequest:
    """登録 and 訂正 carry the whole content; 取消 the numbers alone. Without a case it stands for itself."""

    message_id: Annotated[str, fields.MESSAGE_ID]
    process_kind: Annotated[ProcessKind, fields.PROCESS_KIND]
    case_number: Annotated[str | None, _CASE_NUMBER]
    application_number: Annotated[str | None, fields.APPLICATION_NUMBER, LATER]
    point_number: Annotated[str | None, fields.POINT_NUMBER, CONTENT]
    effective_date: Annotated[date | None, fields.EFFECTIVE_DATE, CONTENT]
    contract_number: Annotated[str | None, fields.CONTRACT_NUMBER, CONTENT]


@dataclass(frozen=True, kw_only=True)
class ApplicationResponse:
    """The application is stored, and relayed as soon as it can be; of its case it tells where it has one."""

    message_id: Annotated[str, fields.MESSAGE_ID]
    case_number: Annotated[str | None, _CASE_NUMBER]
    application_number: Annotated[str, fields.APPLICATION_NUMBER]
    application_state: Annotated[ApplicationState, fields.APPLICATION_STATE]
    application_state_name: Annotated[str, fields.APPLICATION_STATE_NAME]
    case_phase: Annotated[CasePhase | None, fields.CASE_PHASE]
    case_phase_name: Annotated[str | None, fields.CASE_PHASE_NAME]
    application_cut_off: Annotated[datetime | None, fields.MOMENT.called("申請期限", "開始申請と廃止申請が揃う期限。")]
    processed_at: Annotated[datetime, fields.MOMENT.called("処理日時", "処理した業務日時。")]


START_APPLICATION = Interface(
    number="10610",
    operation="fileStartApplication",
    label="スイッチング開始申請",
    meaning="新小売電気事業者が、承諾された案件の供給（低圧FIT電源では買取り）の開始を一般送配電事業者へ申請する。",
    request=StartApplicationRequest,
    response=ApplicationResponse,
    segments=frozenset(Segment),
    relayed=True,
    category=InterfaceCategory.SUPPLY_CHANGE,
    applies_for=ApplicationKind.START,
)
END_APPLICATION = Interface(
    number="10710",
    operation="fileEndApplication",
    label="スイッチング廃止申請",
    meaning="現小売電気事業者が、承諾した案件の供給（低圧FIT電源では買取り）の終了を一般送配電事業者へ申請する。",
    request=EndApplicationRequest,
    response=ApplicationResponse,
    segments=frozenset(Segment),
    relayed=True,
    category=InterfaceCategory.SUPPLY_CHANGE,
    applies_for=ApplicationKind.END,
)
