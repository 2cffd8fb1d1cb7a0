"""10510 廃止・撤去: supply ends without another retailer taking it over."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from schemas import fields
from schemas.codes import ApplicationKind, Flag, InterfaceCategory, ProcessKind, Segment
from schemas.contract import Interface
from schemas.interfaces.common import Consent
from schemas.interfaces.filing import CONTENT, LATER, ApplicationReceipt


@dataclass(frozen=True, kw_only=True)
class EndOfSupplyRequest:
    """登録 and 訂正 carry the whole content; 取消 the application number alone."""

    message_id: Annotated[str, fields.MESSAGE_ID]
    process_kind: Annotated[ProcessKind, fields.PROCESS_KIND]
    application_number: Annotated[str | None, fields.APPLICATION_NUMBER, LATER]
    point_number: Annotated[str | None, fields.POINT_NUMBER, CONTENT]
    effective_date: Annotated[
        date | None,
        fields.EFFECTIVE_DATE.called("廃止日", "電気の供給を終える日。").called_in(
            Segment.LOW_VOLTAGE_FIT, meaning="電気の買取りを終える日。"
        ),
        CONTENT,
    ]
    removal: Annotated[Flag | None, fields.FLAG.called("撤去有無", "設備の撤去も申し込むか。"), CONTENT]
    telephone: Annotated[str | None, fields.TELEPHONE, CONTENT]
    consent: Annotated[Consent | None, fields.CONSENT, CONTENT]


END_OF_SUPPLY = Interface(
    number="10510",
    operation="fileEndOfSupply",
    label="廃止・撤去",
    meaning="小売電気事業者が、供給（低圧FIT電源では買取り）の廃止と、必要なら設備の撤去を一般送配電事業者へ申し込む。",
    request=EndOfSupplyRequest,
    response=ApplicationReceipt,
    segments=frozenset(Segment),
    relayed=True,
    category=InterfaceCategory.SUPPLY_CHANGE,
    applies_for=ApplicationKind.END_OF_SUPPLY,
)
