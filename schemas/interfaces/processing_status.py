"""業務処理状況確認: how far the grid operator is, for one application (10620, 10720) or for many (11110)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from schemas import codes, fields
from schemas.codes import AnswerSource, ApplicationKind, ApplicationState, MeterWork, Segment
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
class ProcessingStatusListRequest:
    """The asking retailer's applications of one area, page by page."""

    message_id: Annotated[str, fields.MESSAGE_ID]
    area: Annotated[codes.Area, fields.AREA]
    changed_since: Annotated[
        datetime | None, fields.MOMENT.called("更新日時（以降）", "この日時以降に変わった申請を返す。")
    ]
    cursor: Annotated[str | None, fields.CURSOR]


@dataclass(frozen=True, kw_only=True)
class ProcessingStatusListResponse:
    message_id: Annotated[str, fields.MESSAGE_ID]
    source: Annotated[AnswerSource, fields.ANSWER_SOURCE]
    as_of: Annotated[datetime, fields.MOMENT.called("時点", "この回答がいつの時点のものか。")]
    statuses: Annotated[tuple[ProcessingStatus, ...], fields.group("処理状況", "申請の処理状況。", max_items=1000)]
    next_cursor: Annotated[str | None, fields.CURSOR.called("続きの位置", "続きがあるとき、次の要求に指定する値。")]


START_STATUS = Interface(
    number="10620",
    operation="getStartApplicationStatus",
    label="業務処理状況確認(スイッチング開始申請)",
    meaning="新小売電気事業者が、開始申請の処理状況を一般送配電事業者に確認する。接続できない間は広域機関の記録を時点付きで返す。",
    request=ProcessingStatusRequest,
    response=ProcessingStatusResponse,
    segments=frozenset({Segment.LOW_VOLTAGE}),
    relayed=True,
    tells_status_of=ApplicationKind.START,
)
END_STATUS = Interface(
    number="10720",
    operation="getEndApplicationStatus",
    label="業務処理状況確認(スイッチング廃止申請)",
    meaning="現小売電気事業者が、廃止申請の処理状況を一般送配電事業者に確認する。接続できない間は広域機関の記録を時点付きで返す。",
    request=ProcessingStatusRequest,
    response=ProcessingStatusResponse,
    segments=frozenset({Segment.LOW_VOLTAGE}),
    relayed=True,
    tells_status_of=ApplicationKind.END,
)
STATUS_LIST = Interface(
    number="11110",
    operation="getApplicationStatuses",
    label="業務処理状況確認(複数件)",
    meaning="小売電気事業者が、1つのエリアにある自社の申請の処理状況を一括して確認する。",
    request=ProcessingStatusListRequest,
    response=ProcessingStatusListResponse,
    segments=frozenset({Segment.LOW_VOLTAGE}),
    relayed=True,
)
