"""Writes on cases, as other rooms call them."""

from models.cases.grid_findings import note_grid_findings
from models.cases.registering import RegistrationResult, register_referral
from models.cases.stepping import NoSuchCase, look_at_case, record_step

__all__ = [
    "NoSuchCase",
    "RegistrationResult",
    "look_at_case",
    "note_grid_findings",
    "record_step",
    "register_referral",
]
