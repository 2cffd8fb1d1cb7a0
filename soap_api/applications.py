"""The applications (10210 to 10910): stored and answered, and relayed by their procedure's workflow.

One that names a 廃止取次番号 belongs to its case; without one it is a procedure of its own (単独申請).
"""

from functools import partial
from typing import Any

from structlog.contextvars import bind_contextvars

from models.cases import operations as cases
from models.cases.commands import Role
from rules.numbers import segment_of
from rules.procedure.events import CommandContent, CommandKind
from rules.steps import CommandAnswer
from runtime.traces import span
from schemas.codes import ApplicationKind, ProcessKind
from schemas.contract import Interface, members
from schemas.findings import Refused
from soap_api.callers import Caller
from soap_api.commands import carry_out, identified
from soap_api.contents import content_findings, terms_findings
from soap_api.foreign import no_such_application
from soap_api.naming import Handler, function_name
from soap_api.parts import Parts

_ON_CASE = {
    ApplicationKind.START: {
        ProcessKind.REGISTER: CommandKind.FILE_START,
        ProcessKind.AMEND: CommandKind.AMEND_START,
        ProcessKind.WITHDRAW: CommandKind.CANCEL_START,
    },
    ApplicationKind.END: {
        ProcessKind.REGISTER: CommandKind.FILE_END,
        ProcessKind.AMEND: CommandKind.AMEND_END,
        ProcessKind.WITHDRAW: CommandKind.CANCEL_END,
    },
}
_ON_ITS_OWN = {
    ProcessKind.AMEND: CommandKind.AMEND_APPLICATION,
    ProcessKind.WITHDRAW: CommandKind.CANCEL_APPLICATION,
}
_ROLES = {ApplicationKind.START: Role.NEW_RETAILER, ApplicationKind.END: Role.CURRENT_RETAILER}


def application_handler(interface: Interface) -> Handler:
    """Make the function that answers an interface of applications, named after its operation."""

    def handle(request: Any, caller: Caller, parts: Parts) -> Any:
        if getattr(request, "case_number", None) is not None:
            return _response(interface, request, _on_case(interface, request, caller, parts), of_case=True)
        if request.process_kind is ProcessKind.REGISTER:
            return _response(interface, request, _register(interface, request, caller, parts))
        return _response(interface, request, _on_its_own(interface, request, caller, parts))

    handle.__name__ = function_name(interface)
    return handle


def _on_case(interface: Interface, request: Any, caller: Caller, parts: Parts) -> CommandAnswer:
    kind = _kind(interface)
    content = _content(request, _ON_CASE[kind][request.process_kind], case_number=request.case_number)
    return _carried_out(content, interface, request, caller, parts, role=_ROLES[kind])


def _on_its_own(interface: Interface, request: Any, caller: Caller, parts: Parts) -> CommandAnswer:
    number = request.application_number
    if segment_of(number) is not caller.segment:
        raise no_such_application(request.message_id)
    command = _ON_ITS_OWN[request.process_kind]
    content = _content(request, command, case_number=number, application=_kind(interface))
    return _carried_out(content, interface, request, caller, parts, role=Role.APPLICANT)


def _carried_out(
    content: CommandContent, interface: Interface, request: Any, caller: Caller, parts: Parts, *, role: Role
) -> CommandAnswer:
    return carry_out(
        content,
        role=role,
        interface=interface,
        request=request,
        caller=caller,
        parts=parts,
        examine=partial(content_findings, request),
    )


def _register(interface: Interface, request: Any, caller: Caller, parts: Parts) -> CommandAnswer:
    """Decided within the transaction that stores it, as a referral is: the answer is final."""
    assert caller.segment is not None, "the catalogue has no application among what all segments share"
    message, segment = identified(request, interface=interface, caller=caller, parts=parts), caller.segment
    with span("store"):
        result = parts.database.run(
            lambda session: cases.register_application(
                session,
                message=message,
                kind=_kind(interface),
                segment=segment,
                profile=parts.settings.deadline_profile,
                calendar=parts.calendar,
                examine=partial(terms_findings, request),
            )
        )
    bind_contextvars(message_key=result.key)
    if result.refusal is not None:
        raise Refused(result.refusal, request.message_id)
    assert result.answer is not None, "there is a refusal or an answer"
    bind_contextvars(case_number=result.answer.case_number)
    if not result.repeated:
        parts.start(result.answer.case_number)
    return result.answer


def _content(
    request: Any,
    kind: CommandKind,
    *,
    case_number: str,
    application: ApplicationKind | None = None,
) -> CommandContent:
    return CommandContent(
        kind=kind,
        case_number=case_number,
        application=application,
        application_number=request.application_number,
        point_number=request.point_number,
        effective_date=getattr(request, "effective_date", None),
        meter_work=getattr(request, "meter_work", None),
    )


def _kind(interface: Interface) -> ApplicationKind:
    assert interface.applies_for is not None, "it is an interface of applications"
    return interface.applies_for


def _response(interface: Interface, request: Any, answer: CommandAnswer, *, of_case: bool = False) -> Any:
    """What the interface's response has no element for stays out; of a case is told where there is one."""
    assert answer.application_state is not None, "the core refuses commands on no application"
    told = {
        "message_id": request.message_id,
        "case_number": answer.case_number if of_case else None,
        "application_number": answer.application_number,
        "application_state": answer.application_state,
        "application_state_name": answer.application_state.label,
        "case_phase": answer.phase if of_case else None,
        "case_phase_name": answer.phase.label if of_case else None,
        "application_cut_off": answer.cut_off,
        "processed_at": answer.processed_at,
    }
    return interface.response(**{member.name: told[member.name] for member in members(interface.response)})
