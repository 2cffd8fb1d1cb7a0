"""What a start application says, as far as business time and the terms of supply decide on it, before it is stored."""

from models.clock import business_now
from rules.calendar import day_of
from rules.case.refusing import business
from rules.case.registration import consent_findings
from rules.numbers import area_of_point
from rules.supply_terms import SupplyTerms, supply_terms_findings
from schemas.findings import Refused
from schemas.interfaces.applications import StartApplicationRequest
from soap_api.parts import Parts


def check_start_content(request: StartApplicationRequest, *, parts: Parts) -> None:
    """This function will refuse a 登録 or 訂正 with everything that speaks against it. The message id is not taken.

    :raises Refused: HUB-B001.
    """
    if request.consent is None or request.point_number is None or request.effective_date is None:
        return  # a 取消 says none of it
    with parts.database.transaction() as session:
        now = business_now(session)
    terms = SupplyTerms(
        area=area_of_point(request.point_number),
        effective_date=request.effective_date,
        supply_kind=request.supply_kind,
        contract_basis=request.contract_basis,
        contract_capacity=request.contract_capacity,
        high_voltage=request.high_voltage_terms,
        purchase=request.purchase_contract,
    )
    findings = (
        *consent_findings(obtained_on=request.consent.obtained_on, at=now),
        *supply_terms_findings(terms, today=day_of(now)),
    )
    if findings:
        raise Refused(business(*findings), request.message_id)
