"""What an application says, as far as business time and the terms of supply decide on it, before it is stored."""

from typing import Any

from models.clock import business_now
from rules.calendar import day_of
from rules.numbers import area_of_point
from rules.procedure.consent import consent_findings
from rules.procedure.refusing import business
from rules.supply_terms import SupplyTerms, supply_terms_findings
from schemas.findings import Finding, Refused
from soap_api.parts import Parts


def check_content(request: Any, *, parts: Parts) -> None:
    """This function will refuse a 登録 or 訂正 with everything that speaks against it. The message id is not taken.

    :param request: of an application; one without consent (a 取消, an end application) says nothing of it.
    :raises Refused: HUB-B001.
    """
    consent = getattr(request, "consent", None)
    if consent is None:
        return
    with parts.database.transaction() as session:
        now = business_now(session)
    findings: list[Finding] = [*consent_findings(obtained_on=consent.obtained_on, at=now)]
    if hasattr(request, "supply_kind"):
        findings += supply_terms_findings(_terms(request), today=day_of(now))
    if findings:
        raise Refused(business(*findings), request.message_id)


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
