"""Commands on cases: each is stored here as a message, under the lock on its case, before anything acts on it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Protocol
from uuid import uuid4

from sqlalchemy import BindParameter, ColumnElement, Text, and_, bindparam, cast, func, or_, select, true

from models.base import adapter
from models.cases.numbering import next_application_number
from models.cases.tables import CaseRow
from models.clock import business_now
from models.messages.answering import store_answer
from models.messages.claiming import STORED, Claimed, find_repeat, id_of, now_unless_stored, store_message
from models.messages.identity import IncomingMessage
from models.messages.queries import unanswered
from models.messages.tables import MessageRow
from models.participants.queries import first_last_day, retailers_gone
from models.prepared import Line, Prepared
from rules.access.roles import Role
from rules.answers import answer_to
from rules.calendar import JapaneseCalendar, day_of
from rules.core import Procedure, advance
from rules.procedure.commands import (
    Amend,
    AmendApplication,
    CancelApplication,
    Command,
    CommandContent,
    File,
    Resume,
    Succeed,
)
from rules.procedure.refusals import OWN_CASE, business, no_such_application
from rules.steps import CommandAnswer
from schemas.codes import ApplicationKind
from schemas.findings import Finding, Refusal, Refused, Rulebook
from schemas.refusal_codes import RefusalCode

MOST_COMMANDS = 200
"""How many commands a retailer may give on one case; a case's workflow takes 2,000 updates in its life."""
MOST_IN_FLIGHT = 5
"""How many commands of a retailer may wait for their answer on one case."""

RULES = Rulebook()
_CASE = ("caseNumber", "廃止取次番号")
COMMANDS_PER_CASE = RULES.declare("commands-per-case", _CASE, code=RefusalCode.TOO_MANY_COMMANDS)
COMMANDS_IN_FLIGHT = RULES.declare("commands-in-flight", _CASE, code=RefusalCode.TOO_MANY_IN_FLIGHT)


class Examine(Protocol):
    """What speaks against the content of a message beyond what the core sees of it."""

    def __call__(self, *, at: datetime) -> tuple[Finding, ...]:
        """Say it, as of the business time at which the message is stored."""
        ...


@dataclass(frozen=True)
class StoredMessage:
    """A command that is stored: it will be answered once, and the answer is kept."""

    key: str
    case_number: str
    answered: bool


def store_command(
    line: Line,
    *,
    message: IncomingMessage,
    content: CommandContent,
    role: Role,
    examine: Examine | None = None,
) -> StoredMessage:
    """Store a command, or find it where it is a repeat.

    The case's row is locked from here to the end of the transaction, so that messages of one case are
    stored one after the other, and none while a deadline is being applied.

    :param examine: what speaks against the content at the time of storing; what does is the answer it is stored with.
    :raises Refused: HUB-I001 (id used for something else), HUB-S001 (no such case, or not in this role), HUB-S005
        (no such application), HUB-I002 (too many commands), HUB-R001 (too many in flight).
        None of these takes the message id.
    """
    state = _lock_case(line, message, content, role)
    at = None if state is None else now_unless_stored(line, message)
    if state is None or at is None:  # not the sender's case, or a repeat that was there before, or since the lock
        repeat = find_repeat(line, message)
        if repeat is None:
            raise Refused(_not_there(role), message.message_id)
        return _stored(repeat)
    _check_limits(line, message, content.case_number)
    key = uuid4()
    command = Command(
        content=_numbered(line, content, state=state, at=at),
        message_key=str(key),
        at=at,
        last_day=_last_day(line, content, state=state, at=at),
        given_by=None if role is Role.HUB_OPERATOR else message.retailer_code,
    )
    answer = _refusal_after_end(state, command, at=at) if state.ended else _refusal_of_content(state, command, examine)
    store_message(line, message, key=key, case_number=content.case_number, stored_at=at, command=command, answer=answer)
    return StoredMessage(str(key), content.case_number, answer is not None)


def _refusal_of_content(state: Procedure, command: Command, examine: Examine | None) -> CommandAnswer | None:
    """Refuse for good what the content's own check finds: an answer like any other, whoever finds it."""
    findings = () if examine is None else examine(at=command.at)
    if not findings:
        return None
    return answer_to(state, command=command, refusal=business(*findings), at=command.at)


_LOCK = Prepared(
    select(cast(CaseRow.state, Text).label("state"))
    .where(CaseRow.case_number == bindparam("case_number"))
    .with_for_update()
)


def refuse_after_end(line: Line, *, case_number: str) -> bool:
    """Answer what still waits on a case that has ended, for which no workflow runs any more.

    False where the case is open: then its workflow has to answer.
    """
    (row,) = _LOCK.rows(line, case_number=case_number)
    state: Procedure = adapter(Procedure).validate_json(row.state)
    if not state.ended:
        return False
    at = business_now(line)
    for command in unanswered(line, case_number=case_number):
        store_answer(line, key=command.message_key, answer=_refusal_after_end(state, command, at=at), at=at)
    return True


def _stored(claimed: Claimed) -> StoredMessage:
    assert claimed.case_number is not None, "only a refused registration has no case, and no command has its content"
    return StoredMessage(claimed.key, claimed.case_number, claimed.answer is not None)


def _lock_case(line: Line, message: IncomingMessage, content: CommandContent, role: Role) -> Procedure | None:
    """Lock a case's row; None where it is not the sender's, and for a repeat, which waits for no lock."""
    kind = content.application if isinstance(content, AmendApplication | CancelApplication) else None
    for row in _lock_own(role, kind).rows(line, case_number=content.case_number, **id_of(message)):
        state: Procedure = adapter(Procedure).validate_json(row.state)
        return state
    return None


@cache
def _lock_own(role: Role, kind: ApplicationKind | None) -> Prepared:
    return Prepared(
        select(cast(CaseRow.state, Text).label("state"))
        .where(CaseRow.case_number == bindparam("case_number"), _own(role, kind), ~STORED.exists())
        .with_for_update(of=CaseRow)
    )


def _own(role: Role, kind: ApplicationKind | None) -> ColumnElement[bool]:
    new, current = CaseRow.new_retailer, CaseRow.current_retailer
    sender: BindParameter[str] = bindparam("sender")
    if role is Role.HUB_OPERATOR:
        return true()
    if kind is not None:
        return and_(or_(new == sender, current == sender), CaseRow.application_kind == kind.value)
    return and_((new if role is Role.NEW_RETAILER else current) == sender, CaseRow.application_kind.is_(None))


def _not_there(role: Role) -> Refusal:
    if role is Role.APPLICANT:
        return no_such_application()
    return OWN_CASE.refusal()


_COUNTED = Prepared(
    select(
        func.count(MessageRow.command).label("given"),
        func.count(MessageRow.command).filter(MessageRow.answered_at.is_(None)).label("waiting"),
    ).where(MessageRow.case_number == bindparam("case_number"), MessageRow.retailer_code == bindparam("sender"))
)


def _check_limits(line: Line, message: IncomingMessage, case_number: str) -> None:
    (counted,) = _COUNTED.rows(line, case_number=case_number, sender=message.retailer_code)
    if counted.given >= MOST_COMMANDS:
        raise Refused(COMMANDS_PER_CASE.refusal(), message.message_id)
    if counted.waiting >= MOST_IN_FLIGHT:
        raise Refused(COMMANDS_IN_FLIGHT.refusal(), message.message_id)


def _numbered(line: Line, content: CommandContent, *, state: Procedure, at: datetime) -> CommandContent:
    """Give the content its application number where it files one."""
    if not isinstance(content, File):
        return content
    number = next_application_number(line, area=state.area, segment=state.segment, at=at)
    return replace(content, application_number=number)


def _last_day(line: Line, content: CommandContent, *, state: Procedure, at: datetime) -> date | None:
    """Give the first last day of the retailers that stay (事業者一覧): what sets or moves a date is held to it."""
    parties = {state.new_retailer, state.current_retailer}
    if isinstance(content, Succeed):  # of two that are gone one is succeeded after the other
        parties = (parties - {content.leaving} - retailers_gone(line, today=day_of(at))) | {content.successor}
    elif not isinstance(content, Amend | AmendApplication | Resume):
        return None
    departure = first_last_day(line, codes=parties)
    return None if departure is None else departure.day


def _refusal_after_end(state: Procedure, command: Command, *, at: datetime) -> CommandAnswer:
    refusal = advance(state, command, calendar=JapaneseCalendar())
    assert isinstance(refusal, Refusal), "the core refuses every command on a case that has ended"
    return answer_to(state, command=command, refusal=refusal, at=at)
