"""The way of a command: stored, delivered to its case's workflow, answered from the database."""

from contextlib import suppress

from contracts.steps import CommandAnswer
from delivery.deliver import OutcomeOpen
from models.messages.identity import IncomingMessage, incoming
from models.messages.operations import CommandDraft, Role, store_command
from models.messages.queries import answer_of
from schemas.contract import Interface
from schemas.findings import Refusal, Refused
from schemas.messages import MessageCode
from soap_api.callers import Caller
from soap_api.parts import Parts


def carry_out(
    draft: CommandDraft, *, role: Role, interface: Interface, request: object, caller: Caller, parts: Parts
) -> CommandAnswer:
    """This function will carry out a retailer's command on a case, once however often it is sent.

    :raises Refused: with the answer that was stored, where it is a refusal; HUB-R002 where the answer does
        not come in time: the command is stored and will be delivered, and a repeat hears its answer. What
        :func:`models.messages.operations.store_command` refuses takes no message id.
    """
    message = identified(request, interface=interface, caller=caller, parts=parts)
    with parts.database.transaction() as session:
        stored = store_command(session, message=message, draft=draft, role=role)
    if not stored.answered:
        with suppress(OutcomeOpen):  # the stored answer tells: it may be there although a later command's is not
            parts.deliver(stored.case_number)
    with parts.database.transaction() as session:
        answer = answer_of(session, key=stored.key)
    if answer is None:
        raise Refused(Refusal(MessageCode.OUTCOME_OPEN), message.message_id)
    if answer.refusal is not None:
        raise Refused(answer.refusal, message.message_id)
    return answer


def identified(request: object, *, interface: Interface, caller: Caller, parts: Parts) -> IncomingMessage:
    """This function will give a request its identity: whose it is, its message id, and what it says."""
    return incoming(
        retailer_code=caller.retailer_code,
        interface_number=interface.number_in(caller.segment),
        request=request,
        key=parts.settings.message_key.get_secret_value().encode(),
    )
