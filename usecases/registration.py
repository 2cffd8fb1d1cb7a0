"""The way of a registration: decided within the transaction that stores it, so its answer waits for no workflow."""

from collections.abc import Callable

from structlog.contextvars import bind_contextvars

from models.cases.operations import RegistrationResult
from models.database import Cursor
from models.messages.identity import IncomingMessage
from rules.steps import CommandAnswer
from runtime.traces import span
from schemas.findings import Refusal, Refused
from usecases.hub import Hub


def register(message: IncomingMessage, decide: Callable[[Cursor], RegistrationResult], *, hub: Hub) -> CommandAnswer:
    """Register what opens a procedure, and have its workflow started beside the answer.

    :param decide: stores the message with what becomes of it.
    :raises Refused: with the answer that was stored, where it is a refusal; HUB-I001 where the message id was used
        for something else.
    """
    with span("store"):
        result = hub.database.run_plain(decide)
    bind_contextvars(message_key=result.key)
    if isinstance(result.outcome, Refusal):
        raise Refused(result.outcome, message.message_id)
    bind_contextvars(case_number=result.outcome.case_number)
    if not result.repeated:
        hub.start(result.outcome.case_number)
    return result.outcome
