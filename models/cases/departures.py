"""Deadlines of cases whose retailer takes part no longer (事業者一覧): they stand still until the hub operator decides.

It is an intervention (措置) like those that people ask for: a message of its own, stored as of the end of the
retailer's last day. So what was stored while it could still speak goes first, a deadline of that day counts, and no
later one does.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from models.cases.own_commands import BY_ITSELF, store_own_command
from models.cases.read_model import SUSPENDED_RULE
from models.cases.tables import CaseRow
from models.clock import business_now
from models.messages.intervention import HUB_OPERATOR
from models.messages.tables import MessageRow
from models.participants.queries import LastDay, first_last_day, retailers_gone
from models.prepared import Line
from rules.calendar import day_of, end_of
from rules.core import PHASES_WITH_DEADLINES, Procedure, has_deadlines
from rules.procedure.commands import Command, Suspend

_REASON = "当事者の小売電気事業者の参加が終了したため"


@dataclass(frozen=True)
class Attribution:
    """Who has deadlines stand still, and why, as the timeline tells it."""

    by: str = BY_ITSELF
    reason: str = _REASON


def left_before(line: Line, *, state: Procedure, deadline: datetime) -> LastDay | None:
    """Tell which retailer of a procedure took part no longer when a deadline came; None where it may ring."""
    if not has_deadlines(state) or state.suspended:
        return None
    departure = first_last_day(line, codes=(state.new_retailer, state.current_retailer))
    return departure if departure is not None and end_of(departure.day) < deadline else None


def store_suspension(
    line: Line, *, state: Procedure, departure: LastDay, attribution: Attribution | None = None
) -> Command:
    """Store that the deadlines of a procedure stand still; the caller holds the lock on its row."""
    attribution, at = attribution or Attribution(), max(end_of(departure.day), state.registered_at)
    content = Suspend(case_number=state.case_number, leaving=departure.retailer_code)
    return store_own_command(line, content, reason=attribution.reason, at=at, by=attribution.by)


def cases_left(session: Session, *, retailer_code: str | None = None) -> list[str]:
    """List the open cases whose deadlines run, and one of whose retailers takes part no longer.

    :param retailer_code: those of one retailer alone.
    """
    departed = retailers_gone(session, today=day_of(business_now(session)))
    if retailer_code is not None:
        departed &= {retailer_code}
    if not departed:
        return []
    statement = (
        select(CaseRow.case_number)
        .where(
            CaseRow.ended_at.is_(None),
            CaseRow.phase.in_([phase.value for phase in PHASES_WITH_DEADLINES]),
            CaseRow.due_rule != SUSPENDED_RULE,
            or_(CaseRow.new_retailer.in_(departed), CaseRow.current_retailer.in_(departed)),
            ~exists().where(
                MessageRow.case_number == CaseRow.case_number,
                MessageRow.retailer_code == HUB_OPERATOR,
                MessageRow.answered_at.is_(None),
            ),
        )
        .order_by(CaseRow.case_number)
    )
    return list(session.scalars(statement))


def suspend_left(session: Session, *, case_number: str, attribution: Attribution | None = None) -> bool:
    """Have the deadlines of a case stand still, where it is one of :func:`cases_left` still."""
    state: Procedure = session.execute(
        select(CaseRow.state).where(CaseRow.case_number == case_number).with_for_update()
    ).scalar_one()
    now = business_now(session)
    departure = left_before(session, state=state, deadline=now)
    if departure is None or _asked_for(session, case_number):
        return False
    store_suspension(session, state=state, departure=departure, attribution=attribution)
    return True


def _asked_for(session: Session, case_number: str) -> bool:
    commands = select(MessageRow.command).where(MessageRow.case_number == case_number, MessageRow.answered_at.is_(None))
    return any(command is not None and isinstance(command.content, Suspend) for command in session.scalars(commands))
