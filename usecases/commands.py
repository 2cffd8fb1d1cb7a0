"""The way of a command, the same for every face: stored, delivered to its workflow, answered from the database."""

from contextlib import suppress

from structlog.contextvars import bind_contextvars

from models.cases.commands import Examine, store_command
from models.messages.identity import IncomingMessage, incoming
from models.messages.queries import answer_of
from rules.access.roles import Role
from rules.procedure.commands import CommandContent
from rules.steps import CommandAnswer
from runtime.traces import span
from schemas.codes import Segment
from schemas.contract import Interface
from schemas.findings import Refusal, Refused
from schemas.refusal_codes import RefusalCode
from temporal.handover import OutcomeOpen
from usecases.actors import Retailer
from usecases.hub import Hub


def carry_out(
    message: IncomingMessage, content: CommandContent, *, role: Role, hub: Hub, examine: Examine | None = None
) -> CommandAnswer:
    """Carry out a command on a case, once however often it is sent.

    :param role: the side it is given from; whether it is the sender's is checked under the case's lock.
    :param examine: what speaks against the request's content, which the core does not see.
    :raises Refused: with the answer that was stored, where it is a refusal; HUB-R002 where the answer does
        not come in time: the command is stored and will be delivered, and a repeat hears its answer. What
        :func:`models.cases.commands.store_command` refuses takes no message id.
    """
    with span("store"):
        stored = hub.database.run_plain(
            lambda line: store_command(line, message=message, content=content, role=role, examine=examine)
        )
    bind_contextvars(case_number=stored.case_number, message_id=message.message_id, message_key=stored.key)
    if not stored.answered:
        with suppress(OutcomeOpen):  # the stored answer tells: it may be there although a later command's is not
            hub.hand_over(stored.case_number)
    with hub.database.plain_read() as line:
        answer = answer_of(line, key=stored.key)
    if answer is None:
        raise Refused(Refusal(RefusalCode.OUTCOME_OPEN), message.message_id)
    if answer.refusal is not None:
        raise Refused(answer.refusal, message.message_id)
    return answer


def identified(
    request: object, *, interface: Interface, retailer: Retailer, segment: Segment | None, hub: Hub
) -> IncomingMessage:
    """Give a request its identity: whose it is, its message id, and what it says."""
    return incoming(
        retailer_code=retailer.retailer_code,
        interface_number=interface.number_in(segment),
        request=request,
        key=hub.message_key,
        user_id=retailer.user_id,
        source_address=retailer.source_address,
    )
