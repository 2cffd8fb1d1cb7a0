"""Recording a step of a case: one transaction, safe to repeat, and never in front of messages stored in time.

Three statements as a rule: the lock on the case's row, all that is asked once it is held, and all that is written.
"""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import Text, and_, bindparam, cast, select

from models.base import adapter
from models.cases.departures import left_before, store_suspension
from models.cases.giving_way import stand_back
from models.cases.line_writing import Answered, write_line
from models.cases.read_model import WrittenLine
from models.cases.tables import CaseRow, HistoryLineRow
from models.clock import NOW
from models.messages.answering import store_answer
from models.messages.queries import unanswered
from models.messages.tables import MessageRow
from models.prepared import Line, Prepared
from rules.calendar import JST
from rules.core import Procedure
from rules.steps import Step, StepOutcome, StepResult

_OF_CASE = CaseRow.case_number == bindparam("case_number")
_LOCK = Prepared(select(CaseRow.case_number).where(_OF_CASE).with_for_update())
_ROW = select(cast(CaseRow.state, Text).label("state"), CaseRow.step, NOW.scalar_subquery().label("at"))
_LOOK = Prepared(_ROW.where(_OF_CASE))
_LOOK_FOR_STEP = Prepared(
    _ROW.add_columns(HistoryLineRow.cause, MessageRow.answered_at, MessageRow.message_id)
    .outerjoin(
        HistoryLineRow,
        and_(HistoryLineRow.case_number == CaseRow.case_number, HistoryLineRow.step == bindparam("wanted_step")),
    )
    .outerjoin(MessageRow, MessageRow.key == bindparam("message_key"))
    .where(_OF_CASE)
)


class NoSuchCase(Exception):
    """A workflow speaks of a case that has no row."""


class AnotherCase(NoSuchCase):
    """The row under a case's number is of another case: the number was given out again by a database put back."""


@dataclass(frozen=True)
class Standing:
    """How a case, whose row is locked, stands when a step is to be written."""

    row: StepResult
    was_written: bool
    """By an earlier try of the same step."""
    is_answered: bool
    """The step's message, by whichever step."""
    message_id: str | None
    """By which its retailer knows the step's message; None for a step without one."""


def record_step(line: Line, *, step: Step) -> StepResult:
    """Write a step, or say why not, and give the case as its row stands.

    :raises NoSuchCase: when the case has no row; AnotherCase: when the row is of another origin.
    """
    return write_step(line, step=step, standing=standing_for_step(line, step=step))


def standing_for_step(line: Line, *, step: Step) -> Standing:
    """Lock a case's row and look at it: what the lock guards, and the clock, are read once it is held.

    :raises NoSuchCase: when the case has no row; AnotherCase: when the row is of another origin.
    """
    _LOCK.rows(line, case_number=step.case_number)
    key = None if step.message_key is None else UUID(step.message_key)
    for row in _LOOK_FOR_STEP.rows(line, case_number=step.case_number, wanted_step=step.number, message_key=key):
        return Standing(
            row=_result(row, case_number=step.case_number, origin=step.state.origin),
            was_written=step.line is not None and row.step >= step.number and row.cause == step.cause,
            is_answered=row.answered_at is not None,
            message_id=row.message_id,
        )
    raise NoSuchCase(step.case_number)


def write_step(line: Line, *, step: Step, standing: Standing) -> StepResult:
    """Write a step, or say why not, and give the case as its row stands.

    :param standing: of the same transaction, which holds the row.
    """
    refused = _what_speaks_against(step, standing) or _what_goes_first(line, step, standing.row)
    if refused is not None:
        return refused
    written = _write(line, step, standing.row)
    if step.line is not None:
        stand_back(line, state=step.state, at=written.at)
    return written


def look_at_case(line: Line, *, case_number: str, origin: str | None = None) -> StepResult:
    """Give the case as its row stands.

    :param origin: what its registration is known by, for who remembers the case from before; None for whatever case
        has the number now.
    :raises NoSuchCase: when the case has no row; AnotherCase: when the row is of another origin.
    """
    for row in _LOOK.rows(line, case_number=case_number):
        return _result(row, case_number=case_number, origin=origin)
    raise NoSuchCase(case_number)


def _result(row: Any, *, case_number: str, origin: str | None) -> StepResult:
    state: Procedure = adapter(Procedure).validate_json(row.state)
    if origin is not None and state.origin != origin:
        raise AnotherCase(case_number)
    return StepResult(StepOutcome.WRITTEN, state, row.step, row.at.astimezone(JST))


def _write(line: Line, step: Step, standing: StepResult) -> StepResult:
    answered = None
    if step.message_key is not None and step.answer is not None:
        answered = Answered(step.message_key, replace(step.answer, processed_at=standing.at), standing.at)
    if step.line is None:
        if answered is not None:
            store_answer(line, key=answered.key, answer=answered.answer, at=answered.at)
        return standing
    entry = WrittenLine(step=step.number, line=step.line, cause=step.cause, at=standing.at, state=step.state)
    write_line(line, entry, before=standing.state, answered=answered)
    return replace(standing, state=step.state, number=step.number)


def _what_speaks_against(step: Step, standing: Standing) -> StepResult | None:
    if standing.was_written:
        return standing.row
    if standing.is_answered:
        return replace(standing.row, outcome=StepOutcome.ANSWERED)
    if standing.row.number != (step.number if step.line is None else step.number - 1):
        return replace(standing.row, outcome=StepOutcome.AHEAD)
    return None


def _what_goes_first(line: Line, step: Step, standing: StepResult) -> StepResult | None:
    if step.deadline is None:
        return None
    if standing.at < step.deadline:
        return replace(standing, outcome=StepOutcome.TOO_EARLY)
    waiting = unanswered(line, case_number=step.case_number, stored_before=step.deadline)
    if not waiting and (departure := left_before(line, state=standing.state, deadline=step.deadline)) is not None:
        waiting = [store_suspension(line, state=standing.state, departure=departure)]
    if waiting:
        return replace(standing, outcome=StepOutcome.MESSAGES_FIRST, messages=tuple(waiting))
    return None
