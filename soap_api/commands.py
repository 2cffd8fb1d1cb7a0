"""A caller's command, on the way that all faces share (:mod:`usecases.commanding`)."""

from models.cases.commands import Examine, Role
from models.messages.identity import IncomingMessage
from rules.procedure.events import CommandContent
from rules.steps import CommandAnswer
from schemas.contract import Interface
from soap_api.callers import Caller
from soap_api.foreign import check_segment_of_case
from soap_api.parts import Parts


def carry_out(
    content: CommandContent,
    *,
    role: Role,
    interface: Interface,
    request: object,
    caller: Caller,
    parts: Parts,
    examine: Examine | None = None,
) -> CommandAnswer:
    """Carry out a caller's command on a case, once however often it is sent.

    :param examine: what speaks against the request's content, which the core does not see.
    :raises Refused: as :meth:`usecases.commanding.Commands.carry_out` does; HUB-S001 for a case of another segment.
    """
    message = identified(request, interface=interface, caller=caller, parts=parts)
    check_segment_of_case(content.case_number, caller=caller, message_id=message.message_id)
    return parts.commands.carry_out(message, content, role=role, examine=examine)


def identified(request: object, *, interface: Interface, caller: Caller, parts: Parts) -> IncomingMessage:
    """Give a request its identity: whose it is, its message id, and what it says."""
    return parts.commands.identified(
        request, interface=interface, retailer_code=caller.retailer_code, segment=caller.segment
    )
