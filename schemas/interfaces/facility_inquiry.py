"""10110 設備情報照会: what stands at a point of supply or, in low voltage FIT, of generation."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from schemas import fields
from schemas.codes import ContractBasis, Flag, InterfaceCategory, Segment, SupplyKind
from schemas.contract import Interface, only_in
from schemas.interfaces.common import Consent
from schemas.interfaces.filing import GENERATING_FACILITY, GeneratingFacility

_IN_LOW = only_in(Segment.LOW_VOLTAGE)


@dataclass(frozen=True, kw_only=True)
class FacilityInquiryRequest:
    message_id: Annotated[str, fields.MESSAGE_ID]
    point_number: Annotated[str, fields.POINT_NUMBER]
    consent: Annotated[Consent, fields.CONSENT]


@dataclass(frozen=True, kw_only=True)
class FacilityInquiryResponse:
    message_id: Annotated[str, fields.MESSAGE_ID]
    point_number: Annotated[str, fields.POINT_NUMBER]
    address: Annotated[str, fields.ADDRESS]
    supply_kind: Annotated[SupplyKind | None, fields.SUPPLY_KIND, _IN_LOW] = None
    contract_basis: Annotated[ContractBasis | None, fields.CONTRACT_BASIS, _IN_LOW] = None
    contract_capacity: Annotated[int | None, fields.CONTRACT_CAPACITY, _IN_LOW] = None
    generating_facility: Annotated[GeneratingFacility | None, GENERATING_FACILITY, only_in(Segment.LOW_VOLTAGE_FIT)] = (
        None
    )
    power_supply_method: Annotated[str, fields.POWER_SUPPLY_METHOD]
    meter_number: Annotated[str, fields.METER_NUMBER]
    smart_meter: Annotated[Flag, fields.FLAG.called("スマートメーター有無", "スマートメーターが付いているか。")]
    half_hourly_values: Annotated[Flag, fields.FLAG.called("30分値収集可否", "30分値を収集できるか。")]
    remote_reading: Annotated[Flag, fields.FLAG.called("自動検針可否", "自動検針ができるか。")]
    base_reading_day: Annotated[int, fields.DAY_OF_MONTH.called("基準検針日", "毎月の検針日。")]
    next_reading_date: Annotated[date, fields.DAY.called("次回検針日", "次に検針する日。")]
    supplied: Annotated[
        Flag,
        fields.FLAG.called("通電有無", "電気が供給されているか。").called_in(
            Segment.LOW_VOLTAGE_FIT, "受電有無", "発電された電気を受電しているか。"
        ),
    ]


FACILITY_INQUIRY = Interface(
    number="10110",
    operation="getFacility",
    label="設備情報照会",
    meaning="小売電気事業者が、本人の同意を得て、供給地点または受電地点の設備情報を一般送配電事業者に照会する。",
    request=FacilityInquiryRequest,
    response=FacilityInquiryResponse,
    segments=frozenset({Segment.LOW_VOLTAGE, Segment.LOW_VOLTAGE_FIT}),
    relayed=True,
    category=InterfaceCategory.INFORMATION_SEARCH,
)
