"""The way of a command, the same for every face: stored, delivered to its workflow, answered from the database."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from structlog.contextvars import bind_contextvars

from models.cases.commands import Examine, Role, store_command
from models.database import Database
from models.messages.identity import IncomingMessage, incoming
from models.messages.queries import answer_of
from rules.procedure.events import CommandContent
from rules.steps import CommandAnswer
from runtime.traces import span
from schemas.codes import Segment
from schemas.contract import Interface
from schemas.findings import Refusal, Refused
from schemas.refusal_codes import RefusalCode
from temporal.deliver import OutcomeOpen

Deliver = Callable[[str], None]
"""Delivers what waits for a case to its workflow; raises OutcomeOpen where the answers do not come in time."""


@dataclass(frozen=True)
class Commands:
    """Carries out commands. One for each process; nothing in it connects before it is used."""

    database: Database
    message_key: bytes
    """Key of the HMAC over a message's content."""
    deliver: Deliver

    def carry_out(
        self, message: IncomingMessage, content: CommandContent, *, role: Role, examine: Examine | None = None
    ) -> CommandAnswer:
        """Carry out a retailer's command on a case, once however often it is sent.

        :raises Refused: with the answer that was stored, where it is a refusal; HUB-R002 where the answer does
            not come in time: the command is stored and will be delivered, and a repeat hears its answer. What
            :func:`models.cases.commands.store_command` refuses takes no message id.
        """
        with span("store"):
            stored = self.database.run(
                lambda session: store_command(session, message=message, content=content, role=role, examine=examine)
            )
        bind_contextvars(case_number=stored.case_number, message_id=message.message_id, message_key=stored.key)
        if not stored.answered:
            with suppress(OutcomeOpen):  # the stored answer tells: it may be there although a later command's is not
                self.deliver(stored.case_number)
        with self.database.transaction() as session:
            answer = answer_of(session, key=stored.key)
        if answer is None:
            raise Refused(Refusal(RefusalCode.OUTCOME_OPEN), message.message_id)
        if answer.refusal is not None:
            raise Refused(answer.refusal, message.message_id)
        return answer

    def identified(
        self,
        request: object,
        *,
        interface: Interface,
        retailer_code: str,
        segment: Segment | None,
        user_id: str | None = None,
    ) -> IncomingMessage:
        """Give a request its identity: whose it is, its message id, and what it says.

        :param user_id: of the person who sends it at a screen.
        """
        return incoming(
            retailer_code=retailer_code,
            interface_number=interface.number_in(segment),
            request=request,
            key=self.message_key,
            user_id=user_id,
        )
