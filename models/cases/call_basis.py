"""What a call to a grid operator goes by, in one statement: the case, the message to send, the moment."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, bindparam, cast, select

from models.base import adapter
from models.cases.giving_way import nothing_in_the_way
from models.cases.steps import AnotherCase, NoSuchCase
from models.cases.tables import CaseRow
from models.clock import NOW
from models.messages.content import load_request
from models.messages.tables import MessageContentRow, MessageRow
from models.prepared import Line, Prepared
from rules.calendar import JST
from rules.core import Procedure


class NoSuchMessage(Exception):
    """A workflow speaks of a message that is not stored: it was lost with a database that was put back."""


_BASIS = Prepared(
    select(
        cast(CaseRow.state, Text).label("state"),
        NOW.scalar_subquery().label("at"),
        nothing_in_the_way().label("point_is_free"),
        MessageRow.message_id,
        MessageRow.interface_number,
        MessageContentRow.values.label("content"),
    )
    .select_from(CaseRow)
    .outerjoin(MessageRow, MessageRow.key == bindparam("content_key"))
    .outerjoin(MessageContentRow, MessageContentRow.key == MessageRow.key)
    .where(CaseRow.case_number == bindparam("case_number"))
)


@dataclass(frozen=True)
class CallBasis:
    """How things stand when a call is to be made."""

    at: datetime
    """The business time."""
    case: Procedure
    content: object
    """What the retailer's message says; None for a call that sends none."""
    message_id: str | None
    """The one that the retailer gave it."""
    point_is_free: bool
    """False while something on the point of a referral is on its way back at the grid operator."""


def call_basis(line: Line, *, case_number: str, origin: str, content_key: str | None) -> CallBasis:
    """Read what a call goes by.

    :param origin: what the case's registration is known by.
    :param content_key: of the message whose content is sent.
    :raises NoSuchCase: when the case has no row; AnotherCase: when the row is of another origin.
    :raises NoSuchMessage: when there is none under the key.
    """
    key = None if content_key is None else UUID(content_key)
    for row in _BASIS.rows(line, case_number=case_number, content_key=key):
        case: Procedure = adapter(Procedure).validate_json(row.state)
        if case.origin != origin:
            raise AnotherCase(case_number)
        if content_key is not None and row.content is None:
            raise NoSuchMessage(content_key)
        content = None if row.content is None else load_request(row.content, interface_number=row.interface_number)
        return CallBasis(row.at.astimezone(JST), case, content, row.message_id, row.point_is_free)
    raise NoSuchCase(case_number)
