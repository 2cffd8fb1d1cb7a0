"""12310 スイッチング廃止取次照会: the current retailer looks at the referrals that came in.

It sees what it needs to compare with its own customer book, and not who asks: winning customers
back is a known abuse.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from schemas import fields
from schemas.codes import ApplicationState, CasePhase, InterfaceCategory, Segment
from schemas.contract import Interface, members


@dataclass(frozen=True, kw_only=True)
class ReferralInboxRequest:
    """One case by its number, or all that await a decision, page by page."""

    message_id: Annotated[str, fields.MESSAGE_ID]
    case_number: Annotated[str | None, fields.CASE_NUMBER]
    case_phase: Annotated[
        CasePhase | None,
        fields.CASE_PHASE.called("案件状態", "照会する案件の状態。省略すると「判断待ち」の案件を返す。"),
    ]
    cursor: Annotated[str | None, fields.CURSOR]


@dataclass(frozen=True, kw_only=True)
class IncomingReferral:
    """One referral as the current retailer may see it."""

    case_number: Annotated[str, fields.CASE_NUMBER]
    version: Annotated[int, fields.VERSION]
    case_phase: Annotated[CasePhase, fields.CASE_PHASE]
    case_phase_name: Annotated[str, fields.CASE_PHASE_NAME]
    point_number: Annotated[str, fields.POINT_NUMBER]
    contract_number: Annotated[str, fields.CONTRACT_NUMBER]
    holder_name: Annotated[str, fields.HOLDER_NAME]
    holder_name_kana: Annotated[str, fields.HOLDER_NAME_KANA]
    address: Annotated[str, fields.ADDRESS]
    wished_date: Annotated[date, fields.WISHED_DATE]
    effective_date: Annotated[date, fields.EFFECTIVE_DATE]
    arrived_at: Annotated[datetime, fields.MOMENT.called("到着日時", "廃止取次が登録された業務日時。")]
    due: Annotated[datetime, fields.MOMENT.called("期限", "判断期限と申請期限のうち早いもの。")]
    due_rule: Annotated[str, fields.RULE_NAME.called("期限の規則", "期限を定める規則の名前。")]
    end_application_number: Annotated[str | None, fields.APPLICATION_NUMBER.called("廃止申請番号")]
    end_application_state: Annotated[ApplicationState, fields.APPLICATION_STATE.called("廃止申請状態")]


@dataclass(frozen=True, kw_only=True)
class ReferralInboxResponse:
    message_id: Annotated[str, fields.MESSAGE_ID]
    referrals: Annotated[tuple[IncomingReferral, ...], fields.group("廃止取次", "該当する廃止取次。", max_items=1000)]
    next_cursor: Annotated[str | None, fields.CURSOR.called("続きの位置", "続きがあるとき、次の要求に指定する値。")]
    unreadable_referrals: Annotated[int | None, fields.UNREADABLE_REFERRALS] = None


REFERRAL_INBOX = Interface(
    number="12310",
    operation="getIncomingReferrals",
    label="スイッチング廃止取次照会",
    meaning="現小売電気事業者が、自社あての廃止取次を期限の早い順に照会する。",
    request=ReferralInboxRequest,
    response=ReferralInboxResponse,
    segments=frozenset(Segment),
    relayed=False,
    category=InterfaceCategory.REFERRAL,
)


def shown_to_current_retailer(name: str) -> bool:
    """Tell whether the current retailer sees what a member of 12110's request holds."""
    return any(member.name == name for member in members(IncomingReferral))
