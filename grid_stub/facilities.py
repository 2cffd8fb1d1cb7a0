"""設備情報: what stands at a point. Made up from the point number, so that it is the same every time."""

import hashlib
from datetime import date, timedelta
from typing import NamedTuple

from grid_stub.patterns import Ending, ends_as
from rules.numbers import area_of_point
from rules.supply_terms import WITHOUT_AMPERE_BREAKER
from schemas.codes import Area, ContractBasis, Flag, GenerationKind, Segment, SupplyKind
from schemas.interfaces.facility_inquiry import FacilityInquiryResponse
from schemas.interfaces.filing import GeneratingFacility

_PLACES: dict[Area, tuple[str, ...]] = {
    Area.HOKKAIDO: ("北海道札幌市中央区大通西", "北海道旭川市宮下通"),
    Area.TOHOKU: ("宮城県仙台市青葉区一番町", "新潟県新潟市中央区万代"),
    Area.TOKYO: ("東京都江東区豊洲", "神奈川県横浜市西区高島"),
    Area.CHUBU: ("愛知県名古屋市中区栄", "静岡県浜松市中央区鍛冶町"),
    Area.HOKURIKU: ("富山県富山市牛島町", "石川県金沢市広岡"),
    Area.KANSAI: ("大阪府大阪市北区中之島", "京都府京都市下京区烏丸通"),
    Area.CHUGOKU: ("広島県広島市中区小町", "岡山県岡山市北区駅元町"),
    Area.SHIKOKU: ("香川県高松市丸の内", "愛媛県松山市湊町"),
    Area.KYUSHU: ("福岡県福岡市中央区渡辺通", "熊本県熊本市中央区上通町"),
    Area.OKINAWA: ("沖縄県浦添市牧港", "沖縄県那覇市旭町"),
}
_AMPERES = (20, 30, 40, 50, 60)
_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")


class Supply(NamedTuple):
    """What is contracted at a point."""

    kind: SupplyKind
    basis: ContractBasis
    capacity: int


def is_known_point(point_number: str) -> bool:
    return not ends_as(point_number, Ending.UNKNOWN)


def has_smart_meter(point_number: str) -> bool:
    """Tell whether a point has a smart meter: nine of ten do."""
    return _dice(point_number)[5] % 10 > 0 and not ends_as(point_number, Ending.NO_SMART_METER)


def supply_at(point_number: str) -> Supply:
    """Tell what a customer of 低圧託送 has contracted at a point."""
    dice = _dice(point_number)
    if area_of_point(point_number) in WITHOUT_AMPERE_BREAKER:
        return Supply(SupplyKind.LIGHTING, ContractBasis.MEASURED_DEMAND, dice[4] % 9 + 2)
    return Supply(SupplyKind.LIGHTING, ContractBasis.AMPERE_BREAKER, _AMPERES[dice[4] % len(_AMPERES)])


def facility(*, message_id: str, point_number: str, today: date, segment: Segment) -> FacilityInquiryResponse:
    dice = _dice(point_number)
    area = area_of_point(point_number)
    places = _PLACES[area]
    number = f"{dice[1] % 9 + 1}－{dice[2] % 30 + 1}－{dice[3] % 20 + 1}".translate(_DIGITS)
    supply = supply_at(point_number) if segment is Segment.LOW_VOLTAGE else None
    smart = has_smart_meter(point_number)
    reading_day = dice[6] % 28 + 1
    return FacilityInquiryResponse(
        message_id=message_id,
        point_number=point_number,
        address=places[dice[0] % len(places)] + number,
        supply_kind=supply and supply.kind,
        contract_basis=supply and supply.basis,
        contract_capacity=supply and supply.capacity,
        generating_facility=_generating(dice) if segment is Segment.LOW_VOLTAGE_FIT else None,
        power_supply_method="単相３線式",
        meter_number=f"{'S' if smart else 'M'}{int.from_bytes(dice[7:11]) % 1_000_000_000:09d}",
        smart_meter=_flag(smart),
        half_hourly_values=_flag(smart),
        remote_reading=_flag(smart and dice[11] % 20 > 0),
        base_reading_day=reading_day,
        next_reading_date=_next_reading(today, reading_day),
        supplied=_flag(not ends_as(point_number, Ending.NOT_SUPPLIED)),
    )


def _dice(point_number: str) -> bytes:
    return hashlib.sha256(point_number.encode()).digest()


def _generating(dice: bytes) -> GeneratingFacility:
    kinds = tuple(GenerationKind)
    solar = dice[12] % 10 > 0
    kind = GenerationKind.SOLAR if solar else kinds[dice[12] % len(kinds)]
    return GeneratingFacility(generation_kind=kind, generation_output=(dice[13] % 99 + 1) * 500)


def _flag(value: bool) -> Flag:
    return Flag.YES if value else Flag.NO


def _next_reading(today: date, reading_day: int) -> date:
    day = today + timedelta(days=1)
    while day.day != reading_day:
        day += timedelta(days=1)
    return day
