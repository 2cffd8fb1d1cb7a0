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
    MeterWork,
    ProcessKind,
    Segment,
    SupplyKind,
)
from schemas.contract import Interface, allowed_for, needed_for
from schemas.interfaces.common import Consent

_CASE_NUMBER = fields.CASE_NUMBER.called("廃止取次番号", "スイッチング案件の番号。廃止取次によらない申請では省略する。")
_CONTENT = needed_for(ProcessKind.REGISTER, ProcessKind.AMEND)
_LATER = needed_for(ProcessKind.AMEND, ProcessKind.WITHDRAW)


@dataclass(frozen=True, kw_only=True)
class StartApplicationRequest:
    """登録 and 訂正 carry the whole content; 取消 the numbers alone. Without a case it stands for itself."""

    message_id: Annotated[str, fields.MESSAGE_ID]
    process_kind: Annotated[ProcessKind, fields.PROCESS_KIND]
    case_number: Annotated[str | None, _CASE_NUMBER]
    application_number: Annotated[str | None, fields.APPLICATION_NUMBER, _LATER]
    point_number: Annotated[str | None, fields.POINT_NUMBER, _CONTENT]
    effective_date: Annotated[date | None, fields.EFFECTIVE_DATE, _CONTENT]
    holder_name: Annotated[str | None, fields.HOLDER_NAME, _CONTENT]
    holder_name_kana: Annotated[str | None, fields.HOLDER_NAME_KANA, _CONTENT]
    address: Annotated[str | None, fields.ADDRESS, _CONTENT]
    telephone: Annotated[str | None, fields.TELEPHONE, _CONTENT]
    supply_kind: Annotated[SupplyKind | None, fields.SUPPLY_KIND, _CONTENT]
    contract_basis: Annotated[ContractBasis | None, fields.CONTRACT_BASIS, _CONTENT]
    contract_capacity: Annotated[int | None, fields.CONTRACT_CAPACITY, _CONTENT]
    meter_work: Annotated[MeterWork | None, fields.METER_WORK, allowed_for(ProcessKind.REGISTER, ProcessKind.AMEND)]
    consent: Annotated[Consent | None, fields.CONSENT, _CONTENT]


@dataclass(frozen=True, kw_only=True)
class EndApplicationRequest:
    """登録 and 訂正 carry the whole content; 取消 the numbers alone. Without a case it stands for itself."""

    message_id: Annotated[str, fields.MESSAGE_ID]
    process_kind: Annotated[ProcessKind, fields.PROCESS_KIND]
    case_number: Annotated[str | None, _CASE_NUMBER]
    application_number: Annotated[str | None, fields.APPLICATION_NUMBER, _LATER]
    point_number: Annotated[str | None, fields.POINT_NUMBER, _CONTENT]
    effective_date: Annotated[date | None, fields.EFFECTIVE_DATE, _CONTENT]
    contract_number: Annotated[str | None, fields.CONTRACT_NUMBER, _CONTENT]


@dataclass(frozen=True, kw_only=True)
class ApplicationResponse:
    """The application is stored, and relayed as soon as the grid operator takes it; a case is told where it has one."""

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
    meaning="新小売電気事業者が、承諾された案件の供給開始を一般送配電事業者へ申請する。",
    request=StartApplicationRequest,
    response=ApplicationResponse,
    segments=frozenset({Segment.LOW_VOLTAGE}),
    relayed=True,
    applies_for=ApplicationKind.START,
)
END_APPLICATION = Interface(
    number="10710",
    operation="fileEndApplication",
    label="スイッチング廃止申請",
    meaning="現小売電気事業者が、承諾した案件の供給終了を一般送配電事業者へ申請する。",
    request=EndApplicationRequest,
    response=ApplicationResponse,
    segments=frozenset({Segment.LOW_VOLTAGE}),
    relayed=True,
    applies_for=ApplicationKind.END,
)
