"""What an application says, as far as business time and the terms of supply decide on it."""

from datetime import datetime
from typing import Any

from rules.calendar import day_of
from rules.numbers import area_of_point
from rules.procedure.consent import consent_findings
from rules.supply_terms import SupplyTerms, supply_terms_findings
from schemas.findings import Finding


def content_findings(request: Any, *, at: datetime) -> tuple[Finding, ...]:
    """Say everything that speaks against a 登録 or 訂正 that is stored ``at``.

    :param request: of an application; one without consent (a 取消, an end application) says nothing of it.
    """
    consent = getattr(request, "consent", None)
    if consent is None:
        return ()
    return (*consent_findings(obtained_on=consent.obtained_on, at=at), *terms_findings(request, at=at))


def terms_findings(request: Any, *, at: datetime) -> tuple[Finding, ...]:
    """Say what of the terms of supply cannot be contracted."""
    if getattr(request, "consent", None) is None or not hasattr(request, "supply_kind"):
        return ()
    return supply_terms_findings(_terms(request), today=day_of(at))


def _terms(request: Any) -> SupplyTerms:
    return SupplyTerms(
        area=area_of_point(request.point_number),
        effective_date=request.effective_date,
        supply_kind=request.supply_kind,
        contract_basis=request.contract_basis,
        contract_capacity=request.contract_capacity,
        high_voltage=getattr(request, "high_voltage_terms", None),
        purchase=request.purchase_contract,
    )
