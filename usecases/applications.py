"""The applications (10210 to 10910): stored and answered, and relayed by their procedure's workflow.

One that names a 廃止取次番号 belongs to its case; without one it is a procedure of its own (単独申請).
"""

from functools import partial

from models.cases.operations import register_application
from models.messages.identity import IncomingMessage
from rules.access.rights import USE_CASE_OF
from rules.numbers import segment_of
from rules.procedure.refusals import no_such_application
from rules.procedure.requested_commands import application_command, filing_command
from rules.steps import CommandAnswer
from schemas.codes import ApplicationKind, ProcessKind, Segment
from schemas.contract import Interface, members, required
from schemas.findings import Refused
from schemas.interfaces.application_requests import (
    ApplicationRequest,
    case_number_of,
)
from schemas.interfaces.applications import ApplicationResponse
from schemas.interfaces.filing import ApplicationReceipt
from usecases.access import check_segment_of_case, retailer_in_segment, role_alone, role_in_case
from usecases.actors import Actor
from usecases.application_contents import content_findings, terms_findings
from usecases.commands import carry_out, identified
from usecases.hub import Hub
from usecases.registration import register


def file_application(
    request: ApplicationRequest,
    *,
    interface: Interface,
    kind: ApplicationKind,
    actor: Actor,
    segment: Segment | None,
    hub: Hub,
) -> ApplicationResponse | ApplicationReceipt:
    """File an application, correct or cancel it, as its 処理区分 says.

    :param interface: the one that applies for ``kind``.
    :raises Refused: what speaks against the application, or what its procedure refuses.
    """
    use_case = USE_CASE_OF[interface]
    retailer, segment = retailer_in_segment(use_case, actor=actor, segment=segment)
    message = identified(request, interface=interface, retailer=retailer, segment=segment, hub=hub)
    case_number = case_number_of(request)
    if case_number is not None:
        filing = filing_command(request, kind=kind)
        check_segment_of_case(case_number, segment=segment, message_id=request.message_id)
        role, examine = role_in_case(use_case), partial(content_findings, request)
        answer = carry_out(message, filing, role=role, hub=hub, examine=examine)
        return _response(interface, request, answer, of_case=True)
    if request.process_kind is ProcessKind.REGISTER:
        return _response(interface, request, _register(request, message, kind=kind, segment=segment, hub=hub))
    number = request.application_number
    if number is None or segment_of(number) is not segment:
        raise Refused(no_such_application(), request.message_id)
    content = application_command(request, kind=kind)
    role, examine = role_alone(use_case), partial(content_findings, request)
    return _response(interface, request, carry_out(message, content, role=role, hub=hub, examine=examine))


def _register(
    request: ApplicationRequest, message: IncomingMessage, *, kind: ApplicationKind, segment: Segment, hub: Hub
) -> CommandAnswer:
    decide = partial(
        register_application,
        message=message,
        request=request,
        kind=kind,
        segment=segment,
        profile=hub.deadline_profile,
        calendar=hub.calendar,
        examine=partial(terms_findings, request),
    )
    return register(message, decide, hub=hub)


def _response(
    interface: Interface, request: ApplicationRequest, answer: CommandAnswer, *, of_case: bool = False
) -> ApplicationResponse | ApplicationReceipt:
    """Answer with the elements that the interface's response has; those of a case only where there is one."""
    state = required(answer.application_state)
    values = {
        "message_id": request.message_id,
        "case_number": answer.case_number if of_case else None,
        "application_number": answer.application_number,
        "application_state": state,
        "application_state_name": state.label,
        "case_phase": answer.phase if of_case else None,
        "case_phase_name": answer.phase.label if of_case else None,
        "application_cut_off": answer.cut_off,
        "processed_at": answer.processed_at,
    }
    response: ApplicationResponse | ApplicationReceipt = interface.response(
        **{member.name: values[member.name] for member in members(interface.response)}
    )
    return response
