"""What an application says, as far as business time and the terms of supply decide on it."""

from datetime import datetime

from rules.calendar import day_of
from rules.numbers import area_of_point
from rules.procedure.consent import consent_findings
from rules.supply_terms import SupplyTerms, supply_terms_findings
from schemas.findings import Finding
from schemas.interfaces.application_requests import ApplicationRequest, consent_of
from schemas.interfaces.applications import StartApplicationRequest
from schemas.interfaces.re_energisation import ReEnergisationRequest


def content_findings(request: ApplicationRequest, *, at: datetime) -> tuple[Finding, ...]:
    """Say everything that speaks against a 登録 or 訂正 that is stored ``at``.

    :param request: one without consent (a 取消, an end application) says nothing of it.
    """
    consent = consent_of(request)
    if consent is None:
        return ()
    return (*consent_findings(obtained_on=consent.obtained_on, at=at), *terms_findings(request, at=at))


def terms_findings(request: ApplicationRequest, *, at: datetime) -> tuple[Finding, ...]:
    """Say what of the terms of supply cannot be contracted."""
    match request:
        case StartApplicationRequest() | ReEnergisationRequest():
            terms = _terms_of(request)
            return () if terms is None else supply_terms_findings(terms, today=day_of(at))
        case _:
            return ()


def _terms_of(request: StartApplicationRequest | ReEnergisationRequest) -> SupplyTerms | None:
    """Give the terms of supply as the rules know them; None for a 取消, which says none."""
    if request.consent is None or request.point_number is None or request.effective_date is None:
        return None
    return SupplyTerms(
        area=area_of_point(request.point_number),
        effective_date=request.effective_date,
        supply_kind=request.supply_kind,
        contract_basis=request.contract_basis,
        contract_capacity=request.contract_capacity,
        high_voltage=request.high_voltage_terms if isinstance(request, StartApplicationRequest) else None,
        purchase=request.purchase_contract,
    )
