"""Writes on cases, as other rooms call them."""

from models.cases.application_registration import register_application
from models.cases.grid_findings import note_grid_findings
from models.cases.opening import RegistrationResult
from models.cases.rebuild import rebuild_case
from models.cases.referral_registration import register_referral
from models.cases.steps import AnotherCase, NoSuchCase, look_at_case, record_step, standing_for_step, write_step

__all__ = [
    "AnotherCase",
    "NoSuchCase",
    "RegistrationResult",
    "look_at_case",
    "note_grid_findings",
    "rebuild_case",
    "record_step",
    "register_application",
    "register_referral",
    "standing_for_step",
    "write_step",
]
