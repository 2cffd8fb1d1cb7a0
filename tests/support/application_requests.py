"""Start and end applications (開始申請・廃止申請) as retailers' systems send them, for a case or on their own."""

import dataclasses
from datetime import date
from typing import Any

from models.cases.commands import StoredMessage, store_command
from models.database import Session
from models.messages.identity import IncomingMessage
from rules.access.roles import Role
from rules.procedure.events import CommandKind
from schemas.codes import ApplicationKind, ContractBasis, MeterWork, ProcessKind, SupplyKind
from schemas.interfaces.applications import EndApplicationRequest, StartApplicationRequest
from tests.support.cast import CONTRACT_NUMBER, HOLDER, POINT, TELEPHONE, consent
from tests.support.commands import command_content
from tests.support.messages import identified, new_message_id

ApplicationRequest = StartApplicationRequest | EndApplicationRequest


def start_request(*, effective_date: date | None, **changes: Any) -> StartApplicationRequest:
    """Fill in a start application; of none of the cases unless one is named."""
    values: dict[str, Any] = {
        "message_id": new_message_id(),
        "process_kind": ProcessKind.REGISTER,
        "case_number": None,
        "application_number": None,
        "point_number": POINT,
        "effective_date": effective_date,
        **HOLDER,
        "telephone": TELEPHONE,
        "supply_kind": SupplyKind.LIGHTING,
        "contract_basis": ContractBasis.AMPERE_BREAKER,
        "contract_capacity": 40,
        "meter_work": MeterWork.NOT_NEEDED,
        "consent": consent(),
    }
    return StartApplicationRequest(**(values | changes))


def end_request(*, effective_date: date | None, **changes: Any) -> EndApplicationRequest:
    """Fill in an end application; of none of the cases unless one is named."""
    values: dict[str, Any] = {
        "message_id": new_message_id(),
        "process_kind": ProcessKind.REGISTER,
        "case_number": None,
        "application_number": None,
        "point_number": POINT,
        "effective_date": effective_date,
        "contract_number": CONTRACT_NUMBER,
    }
    return EndApplicationRequest(**(values | changes))


def cancellation_request(*, case_number: str | None, application_number: str | None) -> StartApplicationRequest:
    """Fill in the 取消 of a start application, which has no content."""
    values: dict[str, Any] = dict.fromkeys(field.name for field in dataclasses.fields(StartApplicationRequest)) | {
        "message_id": new_message_id(),
        "process_kind": ProcessKind.WITHDRAW,
        "case_number": case_number,
        "application_number": application_number,
    }
    return StartApplicationRequest(**values)


def identified_application(request: ApplicationRequest, *, retailer: str) -> IncomingMessage:
    """Give the message by which a retailer's system sends one."""
    number = "10610" if isinstance(request, StartApplicationRequest) else "10710"
    return identified(request, retailer=retailer, interface=number)


def kind_of(request: ApplicationRequest) -> ApplicationKind:
    return ApplicationKind.START if isinstance(request, StartApplicationRequest) else ApplicationKind.END


def store_application(
    session: Session, request: ApplicationRequest, kind: CommandKind, role: Role, *, procedure: str, retailer: str
) -> StoredMessage:
    """Store what a retailer sends about one of a procedure's applications."""
    return store_command(
        session,
        message=identified_application(request, retailer=retailer),
        content=command_content(
            kind,
            case_number=procedure,
            application=kind_of(request),
            application_number=request.application_number,
            point_number=request.point_number,
            effective_date=request.effective_date,
            meter_work=request.meter_work if isinstance(request, StartApplicationRequest) else None,
        ),
        role=role,
    )
