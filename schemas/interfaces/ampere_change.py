"""10910 アンペア変更: another current for an アンペアブレーカー契約."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from schemas import fields
from schemas.codes import Ampere, ApplicationKind, InterfaceCategory, ProcessKind, Segment
from schemas.contract import Interface
from schemas.interfaces.common import Consent
from schemas.interfaces.filing import CONTENT, LATER, ApplicationReceipt


@dataclass(frozen=True, kw_only=True)
class AmpereChangeRequest:
    """登録 and 訂正 carry the whole content; 取消 the application number alone."""

    message_id: Annotated[str, fields.MESSAGE_ID]
    process_kind: Annotated[ProcessKind, fields.PROCESS_KIND]
    application_number: Annotated[str | None, fields.APPLICATION_NUMBER, LATER]
    point_number: Annotated[str | None, fields.POINT_NUMBER, CONTENT]
    effective_date: Annotated[date | None, fields.EFFECTIVE_DATE.called("変更日", "契約電流が変わる日。"), CONTENT]
    ampere: Annotated[Ampere | None, fields.AMPERE, CONTENT]
    telephone: Annotated[str | None, fields.TELEPHONE, CONTENT]
    consent: Annotated[Consent | None, fields.CONSENT, CONTENT]


AMPERE_CHANGE = Interface(
    number="10910",
    operation="fileAmpereChange",
    label="アンペア変更",
    meaning="小売電気事業者が、アンペアブレーカー契約の契約電流の変更を一般送配電事業者へ申し込む。",
    request=AmpereChangeRequest,
    response=ApplicationReceipt,
    segments=frozenset({Segment.LOW_VOLTAGE}),
    relayed=True,
    category=InterfaceCategory.SUPPLY_CHANGE,
    applies_for=ApplicationKind.AMPERE_CHANGE,
)
