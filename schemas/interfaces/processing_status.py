"""業務処理状況確認: how far the grid operator is, for one application (10220 to 10920) or for many (11110)."""

from dataclasses import dataclass, replace
from dataclasses import field as attribute
from datetime import date, datetime
from typing import Annotated

from schemas import codes, fields
from schemas.codes import AnswerSource, ApplicationKind, ApplicationState, InterfaceCategory, MeterWork, Segment
from schemas.contract import Interface
from schemas.interfaces.common import GRID_FINDINGS, GridFinding


@dataclass(frozen=True, kw_only=True)
class ProcessingStatusRequest:
    message_id: Annotated[str, fields.MESSAGE_ID]
    application_number: Annotated[str, fields.APPLICATION_NUMBER]


@dataclass(frozen=True, kw_only=True)
class ProcessingStatus:
    """Where one application stands at the grid operator."""

    application_number: Annotated[str, fields.APPLICATION_NUMBER]
    application_kind: Annotated[ApplicationKind, fields.APPLICATION_KIND]
    point_number: Annotated[str, fields.POINT_NUMBER]
    application_state: Annotated[ApplicationState, fields.APPLICATION_STATE]
    application_state_name: Annotated[str, fields.APPLICATION_STATE_NAME]
    effective_date: Annotated[date | None, fields.EFFECTIVE_DATE]
    meter_work: Annotated[MeterWork | None, fields.METER_WORK]
    received_at: Annotated[datetime | None, fields.MOMENT.called("受付日時", "一般送配電事業者が受け付けた日時。")]
    matched_at: Annotated[datetime | None, fields.MOMENT.called("マッチング日時", "開始と廃止の申請が揃った日時。")]
    completed_at: Annotated[datetime | None, fields.MOMENT.called("処理完了日時", "処理が完了した日時。")]
    findings: Annotated[tuple[GridFinding, ...], GRID_FINDINGS]
    changed_at: Annotated[datetime, fields.MOMENT.called("更新日時", "状態が最後に変わった日時。")]


@dataclass(frozen=True, kw_only=True)
class ProcessingStatusResponse:
    message_id: Annotated[str, fields.MESSAGE_ID]
    source: Annotated[AnswerSource, fields.ANSWER_SOURCE]
    as_of: Annotated[datetime, fields.MOMENT.called("時点", "この回答がいつの時点のものか。")]
    status: Annotated[ProcessingStatus, fields.group("処理状況", "申請の処理状況。")]


@dataclass(frozen=True, kw_only=True)
class UsageInquiryStatusResponse(ProcessingStatusResponse):
    """The password comes once, from the grid operator alone: the hub keeps it nowhere."""

    usage_password: Annotated[
        str | None,
        fields.USAGE_PASSWORD.called("照会パスワード", "発行されたとき、一度だけ返す。広域機関は記録しない。"),
    ] = attribute(default=None, repr=False)
    usage_password_valid_to: Annotated[
        date | None, fields.DAY.called("パスワード有効期限", "この日まで照会に使える。")
    ] = None


@dataclass(frozen=True, kw_only=True)
class ProcessingStatusListRequest:
    """The asking retailer's applications of one area, page by page."""

    message_id: Annotated[str, fields.MESSAGE_ID]
    area: Annotated[codes.Area, fields.AREA]
    changed_since: Annotated[
        datetime | None, fields.MOMENT.called("更新日時（以降）", "この日時以降に変わった申請を返す。")
    ]
    changed_before: Annotated[
        datetime | None, fields.MOMENT.called("更新日時（より前）", "この日時より前に変わった申請を返す。")
    ] = None
    application_kind: Annotated[
        ApplicationKind | None, fields.APPLICATION_KIND.called("申請種別", "この種別の申請だけを返す。")
    ] = None
    application_state: Annotated[
        ApplicationState | None, fields.APPLICATION_STATE.called("申請状態", "この状態の申請だけを返す。")
    ] = None
    cursor: Annotated[str | None, fields.CURSOR]


@dataclass(frozen=True, kw_only=True)
class ProcessingStatusListResponse:
    message_id: Annotated[str, fields.MESSAGE_ID]
    source: Annotated[AnswerSource, fields.ANSWER_SOURCE]
    as_of: Annotated[datetime, fields.MOMENT.called("時点", "この回答がいつの時点のものか。")]
    statuses: Annotated[tuple[ProcessingStatus, ...], fields.group("処理状況", "申請の処理状況。", max_items=1000)]
    next_cursor: Annotated[str | None, fields.CURSOR.called("続きの位置", "続きがあるとき、次の要求に指定する値。")]
    unreadable_statuses: Annotated[int | None, fields.UNREADABLE_STATUSES] = None


def _status(number: str, operation: str, kind: ApplicationKind, segments: frozenset[Segment]) -> Interface:
    return Interface(
        number=number,
        operation=operation,
        label=f"業務処理状況確認({kind.label})",
        meaning=f"申請した小売電気事業者が、{kind.label}の処理状況を一般送配電事業者に確認する。"
        "接続できない間は広域機関の記録を時点付きで返す。",
        request=ProcessingStatusRequest,
        response=ProcessingStatusResponse,
        segments=segments,
        relayed=True,
        category=InterfaceCategory.SUPPLY_CHANGE,
        tells_status_of=kind,
    )


_LOW, _HIGH, _FIT = (frozenset({segment}) for segment in Segment)

USAGE_INQUIRY_STATUS = replace(
    _status("10220", "getUsageInquiryApplicationStatus", ApplicationKind.USAGE_INQUIRY, _LOW | _HIGH),
    label="業務処理状況確認(使用量情報照会)",
    response=UsageInquiryStatusResponse,
    category=InterfaceCategory.INFORMATION_SEARCH,
)
RE_ENERGISATION_STATUS = _status("10420", "getReEnergisationStatus", ApplicationKind.RE_ENERGISATION, _LOW | _FIT)
END_OF_SUPPLY_STATUS = _status("10520", "getEndOfSupplyStatus", ApplicationKind.END_OF_SUPPLY, frozenset(Segment))
START_STATUS = _status("10620", "getStartApplicationStatus", ApplicationKind.START, frozenset(Segment))
END_STATUS = _status("10720", "getEndApplicationStatus", ApplicationKind.END, frozenset(Segment))
CUSTOMER_DETAILS_STATUS = _status(
    "10820", "getCustomerDetailsChangeStatus", ApplicationKind.CUSTOMER_DETAILS, _LOW | _HIGH
)
PRODUCER_DETAILS_STATUS = _status("10820", "getProducerDetailsChangeStatus", ApplicationKind.PRODUCER_DETAILS, _FIT)
AMPERE_CHANGE_STATUS = _status("10920", "getAmpereChangeStatus", ApplicationKind.AMPERE_CHANGE, _LOW)
STATUS_LIST = Interface(
    number="11110",
    operation="getApplicationStatuses",
    label="業務処理状況確認(複数件)",
    meaning="小売電気事業者が、1つのエリアにある自社の申請（承継したものを含む）の処理状況を一括して確認する。"
    "一般送配電事業者に接続できない、または回答を読み取れない間は広域機関の記録を時点付きで返す"
    "（続きの頁を読み取れないときは、記録のはじめから返す）。",
    request=ProcessingStatusListRequest,
    response=ProcessingStatusListResponse,
    segments=frozenset(Segment),
    relayed=True,
    category=InterfaceCategory.SUPPLY_CHANGE,
)
