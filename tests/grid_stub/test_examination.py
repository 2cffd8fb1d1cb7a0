"""What a grid operator looks at before it takes an application."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from grid_stub.examination import Content, defects, lateness
from rules.deadlines import DEADLINE_RULES
from schemas.codes import ApplicationKind, Area, ContractBasis, MeterWork, Segment, SupplyKind
from tests.support.cast import POINT
from tests.support.moments import CALENDAR

LOW, TODAY = Segment.LOW_VOLTAGE, date(2026, 8, 12)
START = Content(
    kind=ApplicationKind.START,
    filed_on=TODAY,
    point_number=POINT,
    effective_date=date(2026, 8, 20),
    meter_work=MeterWork.NOT_NEEDED,
    supply_kind=SupplyKind.LIGHTING,
    contract_basis=ContractBasis.AMPERE_BREAKER,
    contract_capacity=60,
)
END = Content(
    kind=ApplicationKind.END,
    filed_on=TODAY,
    point_number=POINT,
    effective_date=date(2026, 8, 20),
    meter_work=None,
)


def rules_broken(
    content: Content, area: Area = Area.TOKYO, *, segment: Segment = LOW, today: date = TODAY
) -> list[tuple[str | None, str]]:
    findings = defects(
        content, area=area, segment=segment, today=today, rules=DEADLINE_RULES[segment], calendar=CALENDAR
    )
    return [(finding.field, finding.rule) for finding in findings]


@pytest.mark.parametrize("content", [START, END])
def test_finds_nothing_wrong_with_a_sound_application(content: Content) -> None:
    assert rules_broken(content) == []


def test_a_point_of_another_area_is_defective() -> None:
    assert rules_broken(replace(END, point_number="0410000000000000000001")) == [("pointNumber", "area-of-the-point")]


def test_a_point_that_does_not_exist_is_defective() -> None:
    assert rules_broken(replace(END, point_number="0310000000000000009999")) == [("pointNumber", "unknown-point")]


@pytest.mark.parametrize("area", Area)
def test_four_areas_have_no_ampere_breaker_contract(area: Area) -> None:
    content = replace(START, point_number=area.value + START.point_number[2:])

    refused = ("contractBasis", "ampere-breaker-area") in rules_broken(content, area)

    assert refused is (area in (Area.KANSAI, Area.CHUGOKU, Area.SHIKOKU, Area.OKINAWA))


@pytest.mark.parametrize(
    ("basis", "amperes", "broken"),
    [
        (ContractBasis.AMPERE_BREAKER, 60, []),
        (ContractBasis.AMPERE_BREAKER, 61, [("contractCapacity", "ampere-breaker-capacity")]),
        (ContractBasis.MAIN_SWITCH, 61, []),
    ],
)
def test_an_ampere_breaker_contract_goes_up_to_60_amperes(
    basis: ContractBasis, amperes: int, broken: list[tuple[str, str]]
) -> None:
    assert rules_broken(replace(START, contract_basis=basis, contract_capacity=amperes)) == broken


@pytest.mark.parametrize("supply", SupplyKind)
@pytest.mark.parametrize("basis", ContractBasis)
def test_a_contract_basis_must_go_with_the_supply_kind(supply: SupplyKind, basis: ContractBasis) -> None:
    allowed = {
        SupplyKind.LIGHTING: set(ContractBasis),
        SupplyKind.POWER: {ContractBasis.CONNECTED_LOAD, ContractBasis.MAIN_SWITCH, ContractBasis.MEASURED_DEMAND},
        SupplyKind.FLAT_RATE: {ContractBasis.CONNECTED_LOAD},
    }

    broken = rules_broken(replace(START, supply_kind=supply, contract_basis=basis))

    assert (("contractBasis", "basis-of-supply-kind") in broken) is (basis not in allowed[supply])


@pytest.mark.parametrize(
    ("kind", "segment", "days", "sound"),
    [
        (ApplicationKind.RE_ENERGISATION, LOW, -31, True),
        (ApplicationKind.RE_ENERGISATION, LOW, -32, False),
        (ApplicationKind.END_OF_SUPPLY, LOW, 0, True),
        (ApplicationKind.END_OF_SUPPLY, LOW, -1, False),
        (ApplicationKind.END_OF_SUPPLY, Segment.HIGH_VOLTAGE, 0, False),
        (ApplicationKind.END_OF_SUPPLY, Segment.HIGH_VOLTAGE, 1, True),
        (ApplicationKind.END_OF_SUPPLY, Segment.LOW_VOLTAGE_FIT, 0, False),
        (ApplicationKind.CUSTOMER_DETAILS, LOW, 0, True),
        (ApplicationKind.CUSTOMER_DETAILS, LOW, -1, False),
        (ApplicationKind.AMPERE_CHANGE, LOW, 1, True),
        (ApplicationKind.AMPERE_CHANGE, LOW, 0, False),
    ],
)
def test_how_far_back_an_application_may_be_dated_follows_from_its_kind_and_the_day_the_hub_stored_it(
    kind: ApplicationKind, segment: Segment, days: int, sound: bool
) -> None:
    content = replace(END, kind=kind, effective_date=TODAY + timedelta(days=days))
    expected = [] if sound else [("effectiveDate", "first-effective-date")]

    assert rules_broken(content, segment=segment) == expected
    assert rules_broken(content, segment=segment, today=TODAY + timedelta(days=3)) == expected, "however late it came"


@pytest.mark.parametrize("area", Area)
def test_four_areas_take_no_change_of_amperes(area: Area) -> None:
    content = replace(END, kind=ApplicationKind.AMPERE_CHANGE, point_number=area.value + END.point_number[2:])

    refused = ("pointNumber", "kind-taken-in-area") in rules_broken(content, area)

    assert refused is (area in (Area.KANSAI, Area.CHUGOKU, Area.SHIKOKU, Area.OKINAWA))


def test_a_usage_inquiry_names_no_day() -> None:
    assert rules_broken(replace(END, kind=ApplicationKind.USAGE_INQUIRY, effective_date=None)) == []


def test_says_everything_that_is_wrong_at_once() -> None:
    content = replace(START, point_number=POINT, contract_capacity=80, supply_kind=SupplyKind.POWER)

    assert len(rules_broken(content, Area.KANSAI)) == 4


@pytest.mark.parametrize(
    ("matched", "work", "effective", "late"),
    [
        (date(2026, 7, 16), MeterWork.NOT_NEEDED, date(2026, 7, 19), False),
        (date(2026, 7, 16), MeterWork.NOT_NEEDED, date(2026, 7, 18), True),
        (date(2026, 7, 16), MeterWork.NEEDED, date(2026, 7, 31), False),
        (date(2026, 7, 16), MeterWork.NEEDED, date(2026, 7, 30), True),
        (date(2026, 7, 16), MeterWork.NOT_NEEDED, date(2026, 7, 15), True),
    ],
)
def test_an_application_that_leaves_less_than_the_standard_period_is_too_late(
    matched: date, work: MeterWork, effective: date, late: bool
) -> None:
    findings = lateness(
        effective_date=effective,
        meter_work=work,
        today=matched,
        rules=DEADLINE_RULES[Segment.LOW_VOLTAGE],
        calendar=CALENDAR,
    )

    assert [finding.rule for finding in findings] == (["too-late"] if late else [])
