"""The command that a request asks for."""

from typing import Protocol

from rules.procedure.commands import (
    AMENDING,
    CANCELLING,
    FILING,
    Amend,
    AmendApplication,
    AmendFiling,
    CancelApplication,
    CancelFiling,
    File,
    FilingCommand,
    Withdraw,
)
from schemas.codes import ApplicationKind, ProcessKind
from schemas.contents import ApplicationContent, ReferralContent, required
from schemas.interfaces.applications import EndApplicationRequest, StartApplicationRequest
from schemas.interfaces.referral import ReferralRequest


class ApplicationRequest(Protocol):
    """What the requests of all kinds of applications have."""

    @property
    def message_id(self) -> str: ...

    @property
    def process_kind(self) -> ProcessKind: ...

    @property
    def application_number(self) -> str | None: ...


def referral_command(request: ReferralRequest) -> Amend | Withdraw:
    """Give what a 訂正 or 取消 of a referral (12110) asks of its case."""
    number = required(request.case_number, "caseNumber")
    if request.process_kind is ProcessKind.WITHDRAW:
        return Withdraw(case_number=number)
    said = ReferralContent.of(request)
    return Amend(
        case_number=number,
        point_number=said.point_number,
        current_retailer=said.current_retailer,
        wished_date=said.wished_date,
        meter_work=said.meter_work,
    )


def filing_command(request: StartApplicationRequest | EndApplicationRequest, *, kind: ApplicationKind) -> FilingCommand:
    """Give what an application that names its case (10610, 10710) asks of it."""
    case_number = required(request.case_number, "caseNumber")
    if request.process_kind is ProcessKind.WITHDRAW:
        number = required(request.application_number, "applicationNumber")
        return CancelFiling(kind=CANCELLING[kind], case_number=case_number, application_number=number)
    said = ApplicationContent.of(request)
    effective = required(said.effective_date, "effectiveDate")
    if request.process_kind is ProcessKind.REGISTER:
        return File(
            kind=FILING[kind],
            case_number=case_number,
            point_number=said.point_number,
            effective_date=effective,
            meter_work=said.meter_work,
        )
    return AmendFiling(
        kind=AMENDING[kind],
        case_number=case_number,
        application_number=required(request.application_number, "applicationNumber"),
        point_number=said.point_number,
        effective_date=effective,
        meter_work=said.meter_work,
    )


def application_command(request: ApplicationRequest, *, kind: ApplicationKind) -> AmendApplication | CancelApplication:
    """Give what a 訂正 or 取消 asks of an application on its own."""
    number = required(request.application_number, "applicationNumber")
    if request.process_kind is ProcessKind.WITHDRAW:
        return CancelApplication(case_number=number, application=kind, application_number=number)
    said = ApplicationContent.of(request)
    return AmendApplication(
        case_number=number,
        application=kind,
        application_number=number,
        point_number=said.point_number,
        effective_date=said.effective_date,
        meter_work=said.meter_work,
    )
