"""The kinds of procedures that are played: those that the hub serves, read from the catalogue and its registry."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from schemas.catalogue import INTERFACES
from schemas.codes import (
    Ampere,
    ApplicationKind,
    ConsentMethod,
    ContractBasis,
    Flag,
    GenerationKind,
    MeterWork,
    Segment,
    SupplyKind,
)
from schemas.contract import Interface
from schemas.interfaces.referral import REFERRAL
from tools.simulation.acts import ON_ITS_OWN, PAIRED, SWITCHES, WITHOUT_COUNTERPART, Plot
from usecases.registry import ANSWERING


@dataclass(frozen=True)
class Kind:
    """One kind of procedures, as it can be played."""

    label: str
    interface: Interface
    plots: tuple[Plot, ...]
    weight: int
    application: ApplicationKind | None = None
    """None for a switching case."""


@dataclass(frozen=True)
class Customer:
    """A customer, made up; each has a point of its own."""

    point_number: str
    contract_number: str = "98765432109876"
    holder_name: str = "髙﨑　花子"
    holder_name_kana: str = "タカサキ　ハナコ"
    address: str = "東京都千代田区霞が関９－８－７"
    telephone: str = "03-9876-5432"


Content = Callable[[Customer, Segment, date, MeterWork], dict[str, Any]]
"""Makes what an application says of its customer, besides the point."""

_CONSENT = {"obtainedOn": date(2026, 4, 1), "method": ConsentMethod.PAPER, "obtainedBy": "霞が関営業所"}
_TERMS: dict[Segment, dict[str, Any]] = {
    Segment.LOW_VOLTAGE: {
        "supplyKind": SupplyKind.LIGHTING,
        "contractBasis": ContractBasis.MEASURED_DEMAND,
        "contractCapacity": 40,
    },
    Segment.HIGH_VOLTAGE: {
        "highVoltageTerms": {
            "contractPower": 120,
            "selfGenerationBackup": Flag.YES,
            "selfGenerationBackupPower": 50,
            "partialSupply": Flag.NO,
        }
    },
    Segment.LOW_VOLTAGE_FIT: {
        "generatingFacility": {"generationKind": GenerationKind.SOLAR, "generationOutput": 5500},
        "purchaseContract": {
            "facilityId": "A123456A13",
            "contractedOn": date(2026, 4, 1),
            "procurementEndsOn": date(2046, 3, 31),
        },
    },
}


def referral_content(customer: Customer, current_retailer: str, wished: date, meter_work: MeterWork) -> dict[str, Any]:
    """Make what a referral (12110) says."""
    return {
        "pointNumber": customer.point_number,
        "currentRetailerCode": current_retailer,
        "contractNumber": customer.contract_number,
        "holderName": customer.holder_name,
        "holderNameKana": customer.holder_name_kana,
        "address": customer.address,
        "wishedDate": wished,
        "meterWork": meter_work,
        "consent": _CONSENT,
    }


def _supply(customer: Customer, segment: Segment, effective: date, meter_work: MeterWork) -> dict[str, Any]:
    return {
        "effectiveDate": effective,
        "holderName": customer.holder_name,
        "holderNameKana": customer.holder_name_kana,
        "address": customer.address,
        "telephone": customer.telephone,
        **_TERMS[segment],
        "meterWork": meter_work,
        "consent": _CONSENT,
    }


def _end(customer: Customer, segment: Segment, effective: date, meter_work: MeterWork) -> dict[str, Any]:
    return {"effectiveDate": effective, "contractNumber": customer.contract_number}


def _end_of_supply(customer: Customer, segment: Segment, effective: date, meter_work: MeterWork) -> dict[str, Any]:
    return {
        "effectiveDate": effective,
        "removal": Flag.NO,
        "telephone": customer.telephone,
        "consent": _CONSENT,
    }


def _details(customer: Customer, segment: Segment, effective: date, meter_work: MeterWork) -> dict[str, Any]:
    return {
        "effectiveDate": effective,
        "holderName": customer.holder_name,
        "holderNameKana": customer.holder_name_kana,
        "telephone": customer.telephone,
        "consent": _CONSENT,
    }


def _amperes(customer: Customer, segment: Segment, effective: date, meter_work: MeterWork) -> dict[str, Any]:
    return {
        "effectiveDate": effective,
        "ampere": Ampere.A30,
        "telephone": customer.telephone,
        "consent": _CONSENT,
    }


def _usage_inquiry(customer: Customer, segment: Segment, effective: date, meter_work: MeterWork) -> dict[str, Any]:
    return {"consent": _CONSENT}


CONTENTS: dict[ApplicationKind, Content] = {
    ApplicationKind.START: _supply,
    ApplicationKind.END: _end,
    ApplicationKind.RE_ENERGISATION: _supply,
    ApplicationKind.END_OF_SUPPLY: _end_of_supply,
    ApplicationKind.CUSTOMER_DETAILS: _details,
    ApplicationKind.PRODUCER_DETAILS: _details,
    ApplicationKind.AMPERE_CHANGE: _amperes,
    ApplicationKind.USAGE_INQUIRY: _usage_inquiry,
}
"""What is said of a customer, by the kind of application: a line makes a kind playable."""

APPLICATIONS: dict[ApplicationKind, Interface] = {
    interface.applies_for: interface
    for interface in INTERFACES
    if interface.applies_for is not None and interface.operation in ANSWERING
}
"""The interface that files each kind the hub serves."""

_SWITCH_WEIGHT, _LONE_WEIGHT = 12, 1
_PLOTS_OF = {
    ApplicationKind.START: (*PAIRED, *WITHOUT_COUNTERPART),
    ApplicationKind.END: WITHOUT_COUNTERPART,
}
"""Beside those of every kind."""


def _kinds() -> tuple[Kind, ...]:
    lone = (
        Kind(
            f"単独の{kind.label}",
            interface,
            (*_PLOTS_OF.get(kind, ()), *ON_ITS_OWN),
            _LONE_WEIGHT,
            kind,
        )
        for kind, interface in APPLICATIONS.items()
        if kind in CONTENTS
    )
    return (Kind("スイッチング案件", REFERRAL, SWITCHES, _SWITCH_WEIGHT), *lone)


KINDS = _kinds()
"""What is played: a kind joins when the hub serves its interface."""
