"""Reads on cases, as other rooms call them. Screens and answers come from here, never from Temporal."""

from models.cases.applications import (
    ApplicationPlace,
    ApplicationRecord,
    application_of,
    application_statuses,
    applications_by_number,
    areas_in_flight,
    codes_filed_under,
    numbers_in_flight,
    retailers_of,
)
from models.cases.call_basis import CallBasis, NoSuchMessage, call_basis
from models.cases.grid_findings import grid_findings_of
from models.cases.history import case_history
from models.cases.overview import (
    CaseOverview,
    ForOperator,
    all_cases,
    case_overview,
    cases_for_operator,
    open_cases,
    open_cases_of,
    open_phases,
)
from models.cases.referrals import chosen_referrals, incoming_referrals, referral_results, wanted_referrals

__all__ = [
    "ApplicationPlace",
    "ApplicationRecord",
    "CallBasis",
    "NoSuchMessage",
    "CaseOverview",
    "ForOperator",
    "all_cases",
    "application_of",
    "application_statuses",
    "applications_by_number",
    "areas_in_flight",
    "call_basis",
    "case_history",
    "case_overview",
    "cases_for_operator",
    "chosen_referrals",
    "codes_filed_under",
    "grid_findings_of",
    "incoming_referrals",
    "numbers_in_flight",
    "open_cases",
    "open_cases_of",
    "open_phases",
    "referral_results",
    "retailers_of",
    "wanted_referrals",
]
