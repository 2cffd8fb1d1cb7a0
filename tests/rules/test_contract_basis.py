"""契約決定方法: every change from one to another, by the table of the field."""

import pytest

from rules.contract_basis import contract_basis_findings
from schemas.codes import ContractBasis, SupplyKind

AMPERE, MAIN = ContractBasis.AMPERE_BREAKER, ContractBasis.MAIN_SWITCH
MEASURED, LOAD = ContractBasis.MEASURED_DEMAND, ContractBasis.CONNECTED_LOAD
ALLOWED = {
    SupplyKind.LIGHTING: {
        (LOAD, MEASURED),
        (LOAD, MAIN),
        (MAIN, MAIN),
        (MAIN, MEASURED),
        (AMPERE, AMPERE),
        (AMPERE, MEASURED),
        (MEASURED, MEASURED),
    },
    SupplyKind.POWER: {(LOAD, MEASURED), (LOAD, MAIN), (MAIN, MAIN), (MAIN, MEASURED), (MEASURED, MEASURED)},
    SupplyKind.FLAT_RATE: {(LOAD, LOAD)},
}


@pytest.mark.parametrize("supply_kind", SupplyKind)
def test_a_change_is_refused_unless_the_table_has_it(supply_kind: SupplyKind) -> None:
    allowed = {
        (before, after)
        for before in ContractBasis
        for after in ContractBasis
        if not contract_basis_findings(supply_kind=supply_kind, before=before, after=after)
    }

    assert allowed == ALLOWED[supply_kind]


def test_a_refusal_names_field_rule_and_what_may_follow() -> None:
    (finding,) = contract_basis_findings(supply_kind=SupplyKind.LIGHTING, before=LOAD, after=AMPERE)

    assert (finding.field, finding.rule) == ("contractBasis", "basis-transition")
    assert "実量契約" in finding.action and "主開閉器契約" in finding.action
