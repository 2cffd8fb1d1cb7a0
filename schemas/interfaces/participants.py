"""13110 事業者一覧取得: the companies that take part, with their codes."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from schemas import fields
from schemas.codes import Area, InterfaceCategory, ParticipantRole
from schemas.contract import Interface


@dataclass(frozen=True, kw_only=True)
class ParticipantListRequest:
    message_id: Annotated[str, fields.MESSAGE_ID]


@dataclass(frozen=True, kw_only=True)
class Participant:
    code: Annotated[str, fields.RETAILER_CODE.called("事業者コード", "事業者コードの上4桁。")]
    name: Annotated[str, fields.PARTICIPANT_NAME]
    role: Annotated[ParticipantRole, fields.PARTICIPANT_ROLE]
    area: Annotated[Area | None, fields.AREA]
    valid_from: Annotated[date, fields.DAY.called("有効開始日", "この日から有効。")]
    valid_to: Annotated[date | None, fields.DAY.called("有効終了日", "この日まで有効。")]


@dataclass(frozen=True, kw_only=True)
class ParticipantListResponse:
    message_id: Annotated[str, fields.MESSAGE_ID]
    participants: Annotated[tuple[Participant, ...], fields.group("事業者", "事業者。", max_items=2000)]


PARTICIPANT_LIST = Interface(
    number="13110",
    operation="getParticipants",
    label="事業者一覧取得",
    meaning="スイッチング支援システムを利用する事業者の一覧を取得する。",
    request=ParticipantListRequest,
    response=ParticipantListResponse,
    segments=frozenset(),
    relayed=False,
    category=InterfaceCategory.PARTICIPANTS,
)
