"""What an application says, whichever class its request has: a retailer's, or one on its way to a grid operator."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from schemas.codes import ContractBasis, MeterWork, SupplyKind
from schemas.contract import required
from schemas.interfaces.common import Consent
from schemas.interfaces.filing import HighVoltageTerms, PurchaseContract


@dataclass(frozen=True, kw_only=True)
class ApplicationContent:
    """What an application says (登録, 訂正) of whatever kind; what its interface does not have, it does not say."""

    point_number: str
    effective_date: date | None
    meter_work: MeterWork | None
    consent: Consent | None
    supply_kind: SupplyKind | None
    contract_basis: ContractBasis | None
    contract_capacity: int | None
    high_voltage_terms: HighVoltageTerms | None
    purchase_contract: PurchaseContract | None

    @classmethod
    def of(cls, request: object) -> Self:
        """Read a 登録 or 訂正, as a retailer sent it or as it goes to a grid operator.

        :raises NotAsTheCatalogueSays: when it is neither.
        """
        values = vars(request)
        return cls(
            point_number=required(values.get("point_number")),
            effective_date=values.get("effective_date"),
            meter_work=values.get("meter_work"),
            consent=values.get("consent"),
            supply_kind=values.get("supply_kind"),
            contract_basis=values.get("contract_basis"),
            contract_capacity=values.get("contract_capacity"),
            high_voltage_terms=values.get("high_voltage_terms"),
            purchase_contract=values.get("purchase_contract"),
        )
