"""10810 需要者情報変更, and 発電者情報変更 in low voltage FIT: who stands behind a point is called otherwise now.

Two interfaces under one number, because the terms (§2.2) give the function another name there; one message.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from schemas import fields
from schemas.codes import ApplicationKind, InterfaceCategory, ProcessKind, Segment
from schemas.contract import Interface
from schemas.interfaces.common import Consent
from schemas.interfaces.filing import CONTENT, LATER, ApplicationReceipt


@dataclass(frozen=True, kw_only=True)
class DetailsChangeRequest:
    """登録 and 訂正 carry the whole content, as it is to be; 取消 the application number alone."""

    message_id: Annotated[str, fields.MESSAGE_ID]
    process_kind: Annotated[ProcessKind, fields.PROCESS_KIND]
    application_number: Annotated[str | None, fields.APPLICATION_NUMBER, LATER]
    point_number: Annotated[str | None, fields.POINT_NUMBER, CONTENT]
    effective_date: Annotated[date | None, fields.EFFECTIVE_DATE.called("変更日", "情報が変わる日。"), CONTENT]
    holder_name: Annotated[str | None, fields.HOLDER_NAME, CONTENT]
    holder_name_kana: Annotated[str | None, fields.HOLDER_NAME_KANA, CONTENT]
    telephone: Annotated[str | None, fields.TELEPHONE, CONTENT]
    consent: Annotated[Consent | None, fields.CONSENT, CONTENT]


CUSTOMER_DETAILS_CHANGE = Interface(
    number="10810",
    operation="fileCustomerDetailsChange",
    label="需要者情報変更",
    meaning="小売電気事業者が、需要者の名義や連絡先の変更を一般送配電事業者へ申し込む。",
    request=DetailsChangeRequest,
    response=ApplicationReceipt,
    segments=frozenset({Segment.LOW_VOLTAGE, Segment.HIGH_VOLTAGE}),
    relayed=True,
    category=InterfaceCategory.SUPPLY_CHANGE,
    applies_for=ApplicationKind.CUSTOMER_DETAILS,
)
PRODUCER_DETAILS_CHANGE = Interface(
    number="10810",
    operation="fileProducerDetailsChange",
    label="発電者情報変更",
    meaning="小売電気事業者が、発電者の名前や連絡先の変更を一般送配電事業者へ申し込む。",
    request=DetailsChangeRequest,
    response=ApplicationReceipt,
    segments=frozenset({Segment.LOW_VOLTAGE_FIT}),
    relayed=True,
    category=InterfaceCategory.SUPPLY_CHANGE,
    applies_for=ApplicationKind.PRODUCER_DETAILS,
)
