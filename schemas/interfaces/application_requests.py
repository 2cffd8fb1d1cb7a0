"""The requests that file an application, correct or cancel it."""

from schemas.interfaces.ampere_change import AmpereChangeRequest
from schemas.interfaces.applications import EndApplicationRequest, StartApplicationRequest
from schemas.interfaces.details_change import DetailsChangeRequest
from schemas.interfaces.end_of_supply import EndOfSupplyRequest
from schemas.interfaces.re_energisation import ReEnergisationRequest
from schemas.interfaces.usage import UsageInquiryApplicationRequest

ApplicationRequest = (
    UsageInquiryApplicationRequest
    | ReEnergisationRequest
    | EndOfSupplyRequest
    | StartApplicationRequest
    | EndApplicationRequest
    | DetailsChangeRequest
    | AmpereChangeRequest
)
