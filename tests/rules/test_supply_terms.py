"""What can be contracted at a point."""

from dataclasses import replace
from datetime import date

import pytest

from rules.supply_terms import SupplyTerms, supply_terms_findings
from schemas.codes import Area, ContractBasis, Flag, PartialSupplyKind, SupplyKind
from schemas.interfaces.filing import HighVoltageTerms, PurchaseContract

TODAY, EFFECTIVE = date(2026, 8, 12), date(2026, 8, 20)
LOW = SupplyTerms(
    area=Area.TOKYO,
    effective_date=EFFECTIVE,
    supply_kind=SupplyKind.LIGHTING,
    contract_basis=ContractBasis.AMPERE_BREAKER,
    contract_capacity=60,
)
NO_EXTRAS = HighVoltageTerms(
    contract_power=120,
    self_generation_backup=Flag.NO,
    self_generation_backup_power=None,
    partial_supply=Flag.NO,
    partial_supply_kind=None,
)
ALL_EXTRAS = replace(
    NO_EXTRAS,
    self_generation_backup=Flag.YES,
    self_generation_backup_power=50,
    partial_supply=Flag.YES,
    partial_supply_kind=PartialSupplyKind.NOTIFIED,
)
PURCHASE = PurchaseContract(facility_id="A123456A13", contracted_on=TODAY, procurement_ends_on=EFFECTIVE)


def broken(terms: SupplyTerms) -> list[tuple[str, str]]:
    return [(finding.field, finding.rule) for finding in supply_terms_findings(terms, today=TODAY)]


def high(terms: HighVoltageTerms) -> SupplyTerms:
    return SupplyTerms(area=Area.TOKYO, effective_date=EFFECTIVE, high_voltage=terms)


def fit(purchase: PurchaseContract) -> SupplyTerms:
    return SupplyTerms(area=Area.TOKYO, effective_date=EFFECTIVE, purchase=purchase)


@pytest.mark.parametrize("terms", [LOW, high(NO_EXTRAS), high(ALL_EXTRAS), fit(PURCHASE)], ids=str)
def test_finds_nothing_wrong_with_sound_terms(terms: SupplyTerms) -> None:
    assert broken(terms) == []


@pytest.mark.parametrize("area", Area)
def test_four_areas_have_no_ampere_breaker_contract(area: Area) -> None:
    without = area in (Area.KANSAI, Area.CHUGOKU, Area.SHIKOKU, Area.OKINAWA)

    assert broken(replace(LOW, area=area)) == ([("contractBasis", "ampere-breaker-area")] if without else [])


def test_an_ampere_breaker_contract_goes_up_to_60_amperes_and_others_further() -> None:
    assert broken(replace(LOW, contract_capacity=61)) == [("contractCapacity", "ampere-breaker-capacity")]
    assert broken(replace(LOW, contract_basis=ContractBasis.MAIN_SWITCH, contract_capacity=61)) == []


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"self_generation_backup": Flag.YES}, "selfGenerationBackupPower"),
        ({"self_generation_backup_power": 50}, "selfGenerationBackupPower"),
        ({"partial_supply": Flag.YES}, "partialSupplyKind"),
        ({"partial_supply_kind": PartialSupplyKind.NOTIFIED}, "partialSupplyKind"),
    ],
)
def test_a_power_or_kind_stands_with_its_flag_and_never_without(changes: dict[str, object], name: str) -> None:
    terms = replace(NO_EXTRAS, **changes)  # type: ignore[arg-type]

    assert broken(high(terms)) == [(f"highVoltageTerms/{name}", "value-with-flag")]


def test_a_purchase_contract_is_made_and_not_over() -> None:
    tomorrow, day_before = date(2026, 8, 13), date(2026, 8, 19)

    assert broken(fit(replace(PURCHASE, contracted_on=tomorrow, procurement_ends_on=day_before))) == [
        ("purchaseContract/contractedOn", "contracted-not-in-future"),
        ("purchaseContract/procurementEndsOn", "procurement-period"),
    ]


def test_says_everything_at_once() -> None:
    terms = replace(LOW, area=Area.KANSAI, supply_kind=SupplyKind.POWER, contract_capacity=80)

    assert [rule for _, rule in broken(terms)] == [
        "basis-of-supply-kind",
        "ampere-breaker-area",
        "ampere-breaker-capacity",
    ]
