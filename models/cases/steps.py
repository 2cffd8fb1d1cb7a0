"""Recording a step of a case: one transaction, safe to repeat, and never in front of messages stored in time."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from models.cases.departures import left_before, store_suspension
from models.cases.giving_way import stand_back
from models.cases.read_model import WrittenLine
from models.cases.tables import CaseRow, HistoryLineRow
from models.cases.writing import write_line
from models.clock import business_now
from models.messages.answering import store_answer
from models.messages.queries import unanswered
from models.messages.tables import MessageRow
from rules.steps import Step, StepOutcome, StepResult


class NoSuchCase(Exception):
    """A workflow speaks of a case that has no row."""


class AnotherCase(NoSuchCase):
    """The row under a case's number is of another case: the number was given out again by a database put back."""


def record_step(session: Session, *, step: Step) -> StepResult:
    """Write a step, or say why not, and give the case as its row stands.

    :raises NoSuchCase: when the case has no row; AnotherCase: when the row is of another origin.
    """
    standing = _look(session, step.case_number, origin=step.state.origin, lock=True)
    refused = _what_speaks_against(session, step, standing)
    if refused is not None:
        return refused
    if step.line is not None:
        entry = WrittenLine(step=step.number, line=step.line, cause=step.cause, at=standing.at, state=step.state)
        write_line(session, entry, before=standing.state)
        standing = replace(standing, state=step.state, number=step.number)
        stand_back(session, state=step.state, at=standing.at)
    if step.message_key is not None and step.answer is not None:
        answer = replace(step.answer, processed_at=standing.at)
        store_answer(session, key=step.message_key, answer=answer, at=standing.at)
    return standing


def look_at_case(session: Session, *, case_number: str, origin: str | None = None) -> StepResult:
    """Give the case as its row stands.

    :param origin: what its registration is known by, for who remembers the case from before; None for whatever case
        has the number now.
    :raises NoSuchCase: when the case has no row; AnotherCase: when the row is of another origin.
    """
    return _look(session, case_number, origin=origin, lock=False)


def _look(session: Session, case_number: str, *, origin: str | None, lock: bool) -> StepResult:
    query = select(CaseRow.state, CaseRow.step).where(CaseRow.case_number == case_number)
    row = session.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise NoSuchCase(case_number)
    if origin is not None and row.state.origin != origin:
        raise AnotherCase(case_number)
    # the clock is read after the lock is held, so that times grow with the steps
    return StepResult(StepOutcome.WRITTEN, row.state, row.step, business_now(session))


def _what_speaks_against(session: Session, step: Step, standing: StepResult) -> StepResult | None:
    if step.line is not None and standing.number >= step.number and _was_written(session, step):
        return standing
    if step.message_key is not None and _is_answered(session, step.message_key):
        return replace(standing, outcome=StepOutcome.ANSWERED)
    if standing.number != (step.number if step.line is None else step.number - 1):
        return replace(standing, outcome=StepOutcome.AHEAD)
    if step.deadline is None:
        return None
    if standing.at < step.deadline:
        return replace(standing, outcome=StepOutcome.TOO_EARLY)
    waiting = unanswered(session, case_number=step.case_number, stored_before=step.deadline)
    if not waiting and (departure := left_before(session, state=standing.state, deadline=step.deadline)) is not None:
        waiting = [store_suspension(session, state=standing.state, departure=departure)]
    if waiting:
        return replace(standing, outcome=StepOutcome.MESSAGES_FIRST, messages=tuple(waiting))
    return None


def _was_written(session: Session, step: Step) -> bool:
    cause = session.scalar(
        select(HistoryLineRow.cause).where(
            HistoryLineRow.case_number == step.case_number, HistoryLineRow.step == step.number
        )
    )
    return cause == step.cause


def _is_answered(session: Session, key: str) -> bool:
    return bool(
        session.scalar(select(exists().where(MessageRow.key == UUID(key), MessageRow.answered_at.is_not(None))))
    )
