"""What a request says, once its 処理区分 is known: with nothing optional that the catalogue requires of it."""

from dataclasses import dataclass
from datetime import date
from typing import Self, TypeVar

from schemas.codes import ContractBasis, MeterWork, SupplyKind
from schemas.interfaces.common import Consent
from schemas.interfaces.filing import HighVoltageTerms, PurchaseContract
from schemas.interfaces.referral import ReferralRequest

Value = TypeVar("Value")


class NotAsRequired(Exception):
    """A request lacks what the catalogue requires of its 処理区分, though its reading lets none such through."""


def required(value: Value | None, element: str) -> Value:
    """Take what the catalogue requires.

    :raises NotAsRequired: when it is not there.
    """
    if value is None:
        raise NotAsRequired(element)
    return value


@dataclass(frozen=True, kw_only=True)
class ReferralContent:
    """What a referral says (登録, 訂正), as far as rules look at it."""

    point_number: str
    current_retailer: str
    wished_date: date
    meter_work: MeterWork | None
    """None where it is not declared."""
    consent: Consent

    @classmethod
    def of(cls, request: ReferralRequest) -> Self:
        """Read a 登録 or 訂正.

        :raises NotAsRequired: when it is neither.
        """
        return cls(
            point_number=required(request.point_number, "pointNumber"),
            current_retailer=required(request.current_retailer_code, "currentRetailerCode"),
            wished_date=required(request.wished_date, "wishedDate"),
            meter_work=request.meter_work,
            consent=required(request.consent, "consent"),
        )


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

        :raises NotAsRequired: when it is neither.
        """
        said = vars(request)
        return cls(
            point_number=required(said.get("point_number"), "pointNumber"),
            effective_date=said.get("effective_date"),
            meter_work=said.get("meter_work"),
            consent=said.get("consent"),
            supply_kind=said.get("supply_kind"),
            contract_basis=said.get("contract_basis"),
            contract_capacity=said.get("contract_capacity"),
            high_voltage_terms=said.get("high_voltage_terms"),
            purchase_contract=said.get("purchase_contract"),
        )
