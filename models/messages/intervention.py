"""The hub operator's interventions (広域機関の措置) as messages: stored first and answered once, like any other."""

from dataclasses import asdict, dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.messages.identity import IncomingMessage, incoming
from models.messages.tables import MessageContentRow, MessageRow
from rules.procedure.commands import CommandContent

HUB_OPERATOR = "hub"
"""Stands where a retailer's message has its code; no retailer's is like it."""
INTERVENTION = "intervention"
"""Stands where a retailer's message has the number of its interface."""


@dataclass(frozen=True, kw_only=True)
class Intervention:
    """What somebody at the hub operator asks for, and why."""

    message_id: str
    by: str
    """User id of the person."""
    reason: str = field(repr=False)
    """In Japanese, for the timeline that both retailers read: without names of customers or retailers."""
    asked: dict[str, object]


def intervention(
    content: CommandContent, *, message_id: str, by: str, reason: str, key: bytes, source_address: str = ""
) -> IncomingMessage:
    """Make a message of an intervention; ``key`` is the one of the HMAC over its content."""
    values = {name: value for name, value in asdict(content).items() if value not in (None, ())}
    request = Intervention(message_id=message_id, by=by, reason=reason, asked=values)
    return incoming(
        retailer_code=HUB_OPERATOR,
        interface_number=INTERVENTION,
        request=request,
        key=key,
        user_id=by,
        source_address=source_address,
    )


@dataclass(frozen=True)
class Reason:
    """Why somebody at the hub operator intervened."""

    by: str
    text: str


def reasons_of(session: Session, *, case_number: str) -> dict[str, Reason]:
    """Give the reasons of the interventions on a case, by the key of their message."""
    rows = session.execute(
        select(MessageRow.key, MessageContentRow.values)
        .join(MessageContentRow, MessageContentRow.key == MessageRow.key)
        .where(MessageRow.case_number == case_number, MessageRow.retailer_code == HUB_OPERATOR)
    )
    return {str(row.key): Reason(by=row.values["by"], text=row.values["reason"]) for row in rows}
