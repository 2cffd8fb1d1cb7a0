"""The customer of the demonstration, made up."""

from dataclasses import dataclass
from datetime import date

from schemas.codes import ConsentMethod, ContractBasis, SupplyKind


@dataclass(frozen=True)
class Customer:
    """Who switches, as both retailers know it."""

    point_number: str
    contract_number: str
    """At the current retailer."""
    holder_name: str
    holder_name_kana: str
    address: str
    telephone: str
    supply_kind: SupplyKind
    contract_basis: ContractBasis
    contract_capacity: int


CUSTOMER = Customer(
    point_number="0310000000000000000001",
    contract_number="12345678901234",
    holder_name="髙橋　太郎",
    holder_name_kana="タカハシ　タロウ",
    address="東京都江東区豊洲１－２－３",
    telephone="03-1234-5678",
    supply_kind=SupplyKind.LIGHTING,
    contract_basis=ContractBasis.AMPERE_BREAKER,
    contract_capacity=40,
)


def consent(obtained_on: date) -> dict[str, object]:
    """Give the customer's consent (本人同意) as a request declares it."""
    return {"obtainedOn": obtained_on, "method": ConsentMethod.ELECTRONIC, "obtainedBy": "豊洲支店"}
