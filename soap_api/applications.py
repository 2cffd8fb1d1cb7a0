"""10610 スイッチング開始申請 and 10710 スイッチング廃止申請: stored and answered; relayed by the case's workflow."""

from contracts.steps import CommandAnswer
from models.messages.operations import Role
from rules.case.events import CommandContent, CommandKind
from schemas.codes import ProcessKind
from schemas.findings import Refused, refuse
from schemas.interfaces.applications import (
    END_APPLICATION,
    START_APPLICATION,
    ApplicationResponse,
    EndApplicationRequest,
    StartApplicationRequest,
)
from schemas.messages import MessageCode
from soap_api.callers import Caller
from soap_api.commands import carry_out
from soap_api.contents import check_start_content
from soap_api.parts import Parts

_START = {
    ProcessKind.REGISTER: CommandKind.FILE_START,
    ProcessKind.AMEND: CommandKind.AMEND_START,
    ProcessKind.WITHDRAW: CommandKind.CANCEL_START,
}
_END = {
    ProcessKind.REGISTER: CommandKind.FILE_END,
    ProcessKind.AMEND: CommandKind.AMEND_END,
    ProcessKind.WITHDRAW: CommandKind.CANCEL_END,
}


def file_start_application(request: StartApplicationRequest, caller: Caller, parts: Parts) -> ApplicationResponse:
    """This function will take the new retailer's start application, its correction or its cancellation."""
    check_start_content(request, parts=parts)
    content = CommandContent(
        kind=_START[request.process_kind],
        case_number=_case_of(request),
        application_number=request.application_number,
        point_number=request.point_number,
        effective_date=request.effective_date,
        meter_work=request.meter_work,
    )
    answer = carry_out(
        content, role=Role.NEW_RETAILER, interface=START_APPLICATION, request=request, caller=caller, parts=parts
    )
    return _response(request.message_id, answer)


def file_end_application(request: EndApplicationRequest, caller: Caller, parts: Parts) -> ApplicationResponse:
    """This function will take the current retailer's end application, its correction or its cancellation."""
    content = CommandContent(
        kind=_END[request.process_kind],
        case_number=_case_of(request),
        application_number=request.application_number,
        point_number=request.point_number,
        effective_date=request.effective_date,
    )
    answer = carry_out(
        content, role=Role.CURRENT_RETAILER, interface=END_APPLICATION, request=request, caller=caller, parts=parts
    )
    return _response(request.message_id, answer)


def _case_of(request: StartApplicationRequest | EndApplicationRequest) -> str:
    """One that belongs to no case is an application of its own, which nobody carries out yet: it must not pass."""
    if request.case_number is None:
        raise Refused(
            refuse(
                MessageCode.FORM,
                rule="required",
                field="caseNumber",
                label="廃止取次番号",
                message="廃止取次番号は必須です。",
                action="廃止取次番号を設定してください。",
            ),
            request.message_id,
        )
    return request.case_number


def _response(message_id: str, answer: CommandAnswer) -> ApplicationResponse:
    assert answer.application_number is not None, "the core refuses commands on no application"
    assert answer.application_state is not None, "it goes with the number"
    assert answer.processed_at is not None, "set when the answer was stored"
    return ApplicationResponse(
        message_id=message_id,
        case_number=answer.case_number,
        application_number=answer.application_number,
        application_state=answer.application_state,
        application_state_name=answer.application_state.label,
        case_phase=answer.phase,
        case_phase_name=answer.phase.label,
        application_cut_off=answer.cut_off,
        processed_at=answer.processed_at,
    )
