"""10410 再点: supply, or purchase, starts at a point without a current contract."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from schemas import fields
from schemas.codes import (
    ApplicationKind,
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
    LATER,
    PURCHASE_CONTRACT,
    ApplicationReceipt,
    GeneratingFacility,
    PurchaseContract,
)

_IN_LOW = only_in(Segment.LOW_VOLTAGE)
_IN_FIT = only_in(Segment.LOW_VOLTAGE_FIT)


@dataclass(frozen=True, kw_only=True)
class ReEnergisationRequest:
    """登録 and 訂正 carry the whole content; 取消 the application number alone."""

    message_id: Annotated[str, fields.MESSAGE_ID]
    process_kind: Annotated[ProcessKind, fields.PROCESS_KIND]
    application_number: Annotated[str | None, fields.APPLICATION_NUMBER, LATER]
    point_number: Annotated[str | None, fields.POINT_NUMBER, CONTENT]
    effective_date: Annotated[
        date | None,
        fields.EFFECTIVE_DATE.called("再点日", "電気の供給を始める日。").called_in(
            Segment.LOW_VOLTAGE_FIT, meaning="電気の買取りを始める日。"
        ),
        CONTENT,
    ]
    holder_name: Annotated[str | None, fields.HOLDER_NAME, CONTENT]
    holder_name_kana: Annotated[str | None, fields.HOLDER_NAME_KANA, CONTENT]
    address: Annotated[str | None, fields.ADDRESS, CONTENT]
    telephone: Annotated[str | None, fields.TELEPHONE, CONTENT]
    supply_kind: Annotated[SupplyKind | None, fields.SUPPLY_KIND, CONTENT, _IN_LOW] = None
    contract_basis: Annotated[ContractBasis | None, fields.CONTRACT_BASIS, CONTENT, _IN_LOW] = None
    contract_capacity: Annotated[int | None, fields.CONTRACT_CAPACITY, CONTENT, _IN_LOW] = None
    generating_facility: Annotated[GeneratingFacility | None, GENERATING_FACILITY, CONTENT, _IN_FIT] = None
    purchase_contract: Annotated[PurchaseContract | None, PURCHASE_CONTRACT, CONTENT, _IN_FIT] = None
    meter_work: Annotated[MeterWork | None, fields.METER_WORK, CONTENT_IF_ANY]
    consent: Annotated[Consent | None, fields.CONSENT, CONTENT]


RE_ENERGISATION = Interface(
    number="10410",
    operation="fileReEnergisation",
    label="再点",
    meaning="小売電気事業者が、契約のない地点での供給（低圧FIT電源では買取り）の開始を一般送配電事業者へ申し込む。",
    request=ReEnergisationRequest,
    response=ApplicationReceipt,
    segments=frozenset({Segment.LOW_VOLTAGE, Segment.LOW_VOLTAGE_FIT}),
    relayed=True,
    category=InterfaceCategory.SUPPLY_CHANGE,
    applies_for=ApplicationKind.RE_ENERGISATION,
)
