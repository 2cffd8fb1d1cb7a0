"""The command that a request asks for."""

from rules.procedure.command_kinds import AMENDING, CANCELLING, FILING
from rules.procedure.commands import (
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
from schemas.contract import required
from schemas.interfaces.application_requests import (
    ApplicationRequest,
    case_number_of,
    effective_date_of,
    meter_work_of,
)
from schemas.interfaces.referral import ReferralRequest


def referral_command(request: ReferralRequest) -> Amend | Withdraw:
    """Give what a 訂正 or 取消 of a referral (12110) asks of its case."""
    number = required(request.case_number)
    if request.process_kind is ProcessKind.WITHDRAW:
        return Withdraw(case_number=number)
    return Amend(
        case_number=number,
        point_number=required(request.point_number),
        current_retailer=required(request.current_retailer_code),
        wished_date=required(request.wished_date),
        meter_work=request.meter_work,
    )


def filing_command(request: ApplicationRequest, *, kind: ApplicationKind) -> FilingCommand:
    """Give what an application that names its case (10610, 10710) asks of it."""
    case_number = required(case_number_of(request))
    if request.process_kind is ProcessKind.WITHDRAW:
        number = required(request.application_number)
        return CancelFiling(kind=CANCELLING[kind], case_number=case_number, application_number=number)
    if request.process_kind is ProcessKind.REGISTER:
        return File(
            kind=FILING[kind],
            case_number=case_number,
            point_number=required(request.point_number),
            effective_date=required(effective_date_of(request)),
            meter_work=meter_work_of(request),
        )
    return AmendFiling(
        kind=AMENDING[kind],
        case_number=case_number,
        application_number=required(request.application_number),
        point_number=required(request.point_number),
        effective_date=required(effective_date_of(request)),
        meter_work=meter_work_of(request),
    )


def application_command(request: ApplicationRequest, *, kind: ApplicationKind) -> AmendApplication | CancelApplication:
    """Give what a 訂正 or 取消 asks of an application on its own."""
    number = required(request.application_number)
    if request.process_kind is ProcessKind.WITHDRAW:
        return CancelApplication(case_number=number, application=kind, application_number=number)
    return AmendApplication(
        case_number=number,
        application=kind,
        application_number=number,
        point_number=required(request.point_number),
        effective_date=effective_date_of(request),
        meter_work=meter_work_of(request),
    )
