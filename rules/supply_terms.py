"""What can be contracted at a point (契約内容), as far as an application itself tells: all findings at once.

The same for a start application (10610) and a re-energisation (10410), at the hub and at the grid stub. What is
there now, only the grid operator knows (:mod:`rules.contract_basis`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from schemas import fields
from schemas.codes import Area, ContractBasis, Flag, SupplyKind
from schemas.findings import Finding, Rulebook
from schemas.interfaces.filing import HighVoltageTerms, PurchaseContract

WITHOUT_AMPERE_BREAKER = frozenset({Area.KANSAI, Area.CHUGOKU, Area.SHIKOKU, Area.OKINAWA})
"""Areas that have no アンペアブレーカー契約 (terms §2.2)."""
MOST_AMPERES = 60
"""What an アンペアブレーカー契約 goes up to (the field's practice)."""
BASES: dict[SupplyKind, frozenset[ContractBasis]] = {
    SupplyKind.LIGHTING: frozenset(ContractBasis),
    SupplyKind.POWER: frozenset(ContractBasis) - {ContractBasis.AMPERE_BREAKER},
    SupplyKind.FLAT_RATE: frozenset({ContractBasis.CONNECTED_LOAD}),
}
"""Which 契約決定方法 each 契約種別 can have (the field's practice)."""

RULES = Rulebook()
_BASIS, _CAPACITY = ("contractBasis", fields.CONTRACT_BASIS.label), ("contractCapacity", fields.CONTRACT_CAPACITY.label)
_BREAKER = ContractBasis.AMPERE_BREAKER.label
BASIS_OF_SUPPLY_KIND = RULES.declare(
    "basis-of-supply-kind",
    _BASIS,
    message="契約種別「{supply}」では契約決定方法「{basis}」にできません。",
    action="契約種別に合う契約決定方法を指定してください。",
)
BREAKER_AREA = RULES.declare(
    "ampere-breaker-area",
    _BASIS,
    message=f"{{area}}エリアには{_BREAKER}がありません。",
    action="別の契約決定方法を指定してください。",
)
BREAKER_CAPACITY = RULES.declare(
    "ampere-breaker-capacity",
    _CAPACITY,
    message=f"{_BREAKER}は{MOST_AMPERES}A以下です。",
    action=f"契約容量を{MOST_AMPERES}以下にするか、別の契約決定方法を指定してください。",
)
VALUE_WITH_FLAG = RULES.declare(
    "value-with-flag",
    ("highVoltageTerms/{name}", "{label}"),
    message="{flag}が「有」のときは{label}が要ります。",
    action="{label}を指定してください。",
)
NO_VALUE_WITHOUT_FLAG = RULES.declare(
    "value-with-flag",
    ("highVoltageTerms/{name}", "{label}"),
    message="{flag}が「無」のときは{label}を指定できません。",
    action="{label}を除いてください。",
)
CONTRACTED_NOT_IN_FUTURE = RULES.declare(
    "contracted-not-in-future",
    ("purchaseContract/contractedOn", "特定契約締結日"),
    message="特定契約締結日に未来の日は指定できません。",
    action="特定契約を結んだ日を指定してください。",
)
PROCUREMENT_PERIOD = RULES.declare(
    "procurement-period",
    ("purchaseContract/procurementEndsOn", "調達期間終了日"),
    message="調達期間が異動日より前に終わっています。",
    action="調達期間終了日と異動日を確認してください。",
)


@dataclass(frozen=True, kw_only=True)
class SupplyTerms:
    """What an application wants to contract; what its segment does not have is None."""

    area: Area
    effective_date: date
    supply_kind: SupplyKind | None = None
    contract_basis: ContractBasis | None = None
    contract_capacity: int | None = None
    high_voltage: HighVoltageTerms | None = None
    purchase: PurchaseContract | None = None


def supply_terms_findings(terms: SupplyTerms, *, today: date) -> tuple[Finding, ...]:
    """Say everything about the terms that cannot be contracted.

    :param today: the business day, before which a 特定契約 must have been made.
    """
    return (*_low_voltage(terms), *_high_voltage(terms.high_voltage), *_purchase(terms, today))


def _low_voltage(terms: SupplyTerms) -> Iterator[Finding]:
    """Check 契約種別 and 契約決定方法 (the field's practice; the areas, terms §2.2)."""
    basis, supply = terms.contract_basis, terms.supply_kind
    if basis is None or supply is None:
        return
    if basis not in BASES[supply]:
        yield BASIS_OF_SUPPLY_KIND.finding(supply=supply.label, basis=basis.label)
    if basis is not ContractBasis.AMPERE_BREAKER:
        return
    if terms.area in WITHOUT_AMPERE_BREAKER:
        yield BREAKER_AREA.finding(area=terms.area.label)
    if terms.contract_capacity is not None and terms.contract_capacity > MOST_AMPERES:
        yield BREAKER_CAPACITY.finding()


def _high_voltage(terms: HighVoltageTerms | None) -> Iterator[Finding]:
    """Check that a power or kind stands with its flag, and never without (ours)."""
    if terms is None:
        return
    power, kind = terms.self_generation_backup_power, terms.partial_supply_kind
    yield from _with_flag(terms.self_generation_backup, power, "selfGenerationBackupPower", "自家補", "自家補電力")
    yield from _with_flag(terms.partial_supply, kind, "partialSupplyKind", "部分供給", "部分供給の形態")


def _with_flag(flag: Flag, value: object, name: str, flag_label: str, label: str) -> Iterator[Finding]:
    if (flag is Flag.YES) == (value is not None):
        return
    if flag is Flag.YES:
        yield VALUE_WITH_FLAG.finding(name=name, label=label, flag=flag_label)
    else:
        yield NO_VALUE_WITHOUT_FLAG.finding(name=name, label=label, flag=flag_label)


def _purchase(terms: SupplyTerms, today: date) -> Iterator[Finding]:
    """Check a 特定契約: made before it is filed, and its 調達期間 not over before supply passes over (ours)."""
    purchase = terms.purchase
    if purchase is None:
        return
    if purchase.contracted_on > today:
        yield CONTRACTED_NOT_IN_FUTURE.finding()
    if purchase.procurement_ends_on < terms.effective_date:
        yield PROCUREMENT_PERIOD.finding()
