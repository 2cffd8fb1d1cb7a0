"""The requests that file an application, correct or cancel it, and what each says that not all of them have."""

from datetime import date

from schemas.codes import MeterWork
from schemas.interfaces.ampere_change import AmpereChangeRequest
from schemas.interfaces.applications import EndApplicationRequest, StartApplicationRequest
from schemas.interfaces.common import Consent
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


def case_number_of(request: ApplicationRequest) -> str | None:
    """Give the 廃止取次番号 that an application names; None for one on its own (単独申請)."""
    match request:
        case StartApplicationRequest() | EndApplicationRequest():
            return request.case_number
        case _:
            return None


def effective_date_of(request: ApplicationRequest) -> date | None:
    """Give the day an application is for, where its interface has one."""
    match request:
        case UsageInquiryApplicationRequest():
            return None
        case _:
            return request.effective_date


def meter_work_of(request: ApplicationRequest) -> MeterWork | None:
    """Give the 計器工事の要否 that an application declares, where its interface has it."""
    match request:
        case StartApplicationRequest() | ReEnergisationRequest():
            return request.meter_work
        case _:
            return None


def consent_of(request: ApplicationRequest) -> Consent | None:
    """Give the 本人同意 that an application declares; None for a 取消, and where its interface has none."""
    match request:
        case EndApplicationRequest():
            return None
        case _:
            return request.consent
