"""What a grid operator looks at before it takes an application: 不備, and whether it comes in time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from grid_stub.facilities import WITHOUT_AMPERE_BREAKER, is_known_point
from rules.calendar import Calendar
from rules.deadlines import DeadlineRules, earliest_effective_date
from rules.numbers import area_of_point
from schemas.codes import Area, ContractBasis, MeterWork, SupplyKind
from schemas.grid import TOO_LATE_RULE
from schemas.interfaces.common import GridFinding

_MOST_AMPERES = 60

BASES: dict[SupplyKind, frozenset[ContractBasis]] = {
    SupplyKind.LIGHTING: frozenset(ContractBasis),
    SupplyKind.POWER: frozenset(ContractBasis) - {ContractBasis.AMPERE_BREAKER},
    SupplyKind.FLAT_RATE: frozenset({ContractBasis.CONNECTED_LOAD}),
}
"""Which 契約決定方法 each 契約種別 can have."""


@dataclass(frozen=True, kw_only=True)
class Content:
    """What of an application is examined."""

    point_number: str
    effective_date: date
    meter_work: MeterWork | None
    """None for an end application, which does not say."""
    supply_kind: SupplyKind | None = None
    contract_basis: ContractBasis | None = None
    contract_capacity: int | None = None


def defects(content: Content, *, area: Area) -> tuple[GridFinding, ...]:
    """This function will list what is wrong with an application (不備)."""
    return (*_about_point(content, area), *_about_contract(content, area))


def lateness(
    *, effective_date: date, meter_work: MeterWork, today: date, rules: DeadlineRules, calendar: Calendar
) -> tuple[GridFinding, ...]:
    """This function will say that less than the 標準処理期間 is left, were the pair matched today; else nothing."""
    earliest = earliest_effective_date(matched_on=today, meter_work=meter_work, rules=rules, calendar=calendar)
    if effective_date >= earliest:
        return ()
    words = f"異動日は{earliest:%Y-%m-%d}以降でなければなりません（標準処理期間）。"
    return (GridFinding(field="effectiveDate", rule=TOO_LATE_RULE, message=words),)


def _about_point(content: Content, area: Area) -> Iterator[GridFinding]:
    if area_of_point(content.point_number) is not area:
        yield GridFinding(
            field="pointNumber", rule="area-of-the-point", message=f"{area.label}エリアの地点ではありません。"
        )
    elif not is_known_point(content.point_number):
        yield GridFinding(field="pointNumber", rule="unknown-point", message="この供給地点特定番号の地点はありません。")


def _about_contract(content: Content, area: Area) -> Iterator[GridFinding]:
    basis, supply = content.contract_basis, content.supply_kind
    if basis is None or supply is None:
        return
    if basis not in BASES[supply]:
        words = f"契約種別「{supply.label}」では契約決定方法「{basis.label}」にできません。"
        yield GridFinding(field="contractBasis", rule="basis-of-supply-kind", message=words)
    if basis is not ContractBasis.AMPERE_BREAKER:
        return
    if area in WITHOUT_AMPERE_BREAKER:
        words = f"{area.label}エリアには{basis.label}がありません。"
        yield GridFinding(field="contractBasis", rule="ampere-breaker-area", message=words)
    if content.contract_capacity is not None and content.contract_capacity > _MOST_AMPERES:
        words = f"{basis.label}は{_MOST_AMPERES}A以下です。"
        yield GridFinding(field="contractCapacity", rule="ampere-breaker-capacity", message=words)
