"""契約決定方法: which may follow which on a switch or a re-energisation after less than a year.

The table is the field's practice: the terms do not say it.
"""

from schemas.codes import ContractBasis, SupplyKind
from schemas.findings import Finding, Rulebook

RULES = Rulebook()
_BASIS = ("contractBasis", "契約決定方法")
_NOT_AFTER = "{supply}の「{before}」から「{after}」へは、1年未満では変更できません。"
OTHER_BASIS = RULES.declare(
    "basis-transition", _BASIS, message=_NOT_AFTER, action="{following}のいずれかを指定してください。"
)
NO_BASIS = RULES.declare(
    "basis-transition", _BASIS, message=_NOT_AFTER, action="契約種別と契約決定方法を確認してください。"
)

_AMPERE, _MAIN = ContractBasis.AMPERE_BREAKER, ContractBasis.MAIN_SWITCH
_MEASURED, _LOAD = ContractBasis.MEASURED_DEMAND, ContractBasis.CONNECTED_LOAD

TRANSITIONS: dict[SupplyKind, dict[ContractBasis, tuple[ContractBasis, ...]]] = {
    SupplyKind.LIGHTING: {
        _LOAD: (_MEASURED, _MAIN),
        _MAIN: (_MAIN, _MEASURED),
        _AMPERE: (_AMPERE, _MEASURED),
        _MEASURED: (_MEASURED,),
    },
    SupplyKind.POWER: {
        _LOAD: (_MEASURED, _MAIN),
        _MAIN: (_MAIN, _MEASURED),
        _MEASURED: (_MEASURED,),
    },
    SupplyKind.FLAT_RATE: {_LOAD: (_LOAD,)},
}
"""By 契約種別: from the 契約決定方法 there was, to those that may follow."""


def contract_basis_findings(
    *, supply_kind: SupplyKind, before: ContractBasis, after: ContractBasis
) -> tuple[Finding, ...]:
    """Say that a 契約決定方法 may not follow the one there was until less than a year ago."""
    allowed = TRANSITIONS[supply_kind].get(before, ())
    if after in allowed:
        return ()
    following = "、".join(f"「{basis.label}」" for basis in allowed)
    if not following:
        return (NO_BASIS.finding(supply=supply_kind.label, before=before.label, after=after.label),)
    return (OTHER_BASIS.finding(supply=supply_kind.label, before=before.label, after=after.label, following=following),)
