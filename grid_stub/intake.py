"""Taking an application: 登録, 訂正 and 取消, each in one transaction under the locks of its number and its point."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grid_stub.answers import answer_to_content, answer_to_message, keep_answer
from grid_stub.control import use_up
from grid_stub.progress import state_at
from grid_stub.review import DUPLICATE_RULE, Habits, review
from grid_stub.submission import Submission
from grid_stub.tables import ApplicationRow
from models.clock import business_now
from schemas.codes import ApplicationState, Flag, ProcessKind
from schemas.contract import required
from schemas.findings import Refused, Rulebook
from schemas.grid import TOO_LATE_RULE, GridAnswer
from schemas.interfaces.common import GridFinding
from schemas.refusal_codes import RefusalCode

RULES = Rulebook()
_NUMBER = ("applicationNumber", "申請番号")
OWN_APPLICATION = RULES.declare("own-application", _NUMBER, code=RefusalCode.NO_SUCH_APPLICATION)
NUMBER_TAKEN = RULES.declare(
    "number-taken",
    _NUMBER,
    code=RefusalCode.GRID_REFUSED,
    message="この申請番号では別の内容を受付済みです。",
)

_NUMBER_LOCK, _POINT_LOCK = 0x67726901, 0x67726902

_AMENDABLE = (ApplicationState.RECEIVED, ApplicationState.DEFECTIVE)
_CANCELLABLE = (*_AMENDABLE, ApplicationState.UNMATCHED)
_AT_GRID = (ApplicationState.RECEIVED, ApplicationState.MATCHED, ApplicationState.COMPLETED)


class Outcome(StrEnum):
    """What became of an application message, as the counters tell it."""

    TAKEN = "taken"
    REPEAT = "repeat"
    DUPLICATE = "duplicate"


@dataclass(frozen=True)
class Intake:
    """What is answered, and how."""

    answer: GridAnswer
    outcome: Outcome
    cut: bool = False
    """True where the line is to be cut instead of answering."""


def take(session: Session, submission: Submission, *, habits: Habits) -> Intake:
    """Take one message about an application.

    :raises Refused: HUB-I001 (message id used for something else), HUB-S005 (no such application of this
        retailer), HUB-B003 (the number stands for another application).
    """
    _lock(session, _NUMBER_LOCK, submission.number)
    earlier = answer_to_message(session, submission)
    if earlier is not None:
        return Intake(earlier, Outcome.REPEAT)
    lock_point(session, _point_of(session, submission))
    now = business_now(session)
    row = session.get(ApplicationRow, submission.number)
    if submission.process_kind is ProcessKind.REGISTER:
        if row is not None:
            return Intake(_first_answer(session, submission), Outcome.REPEAT)
        row = _register(session, submission, habits=habits, now=now)
    else:
        row = _own(row, submission)
        _change(session, submission, row, habits=habits, now=now)
    answer = _answer(submission, row, now=now)
    keep_answer(session, submission, answer, at=now)
    outcome = Outcome.DUPLICATE if answer.duplicate is Flag.YES else Outcome.TAKEN
    return Intake(answer, outcome, cut=use_up(session, area=submission.area, counted="cuts_left"))


def lock_point(session: Session, point_number: str) -> None:
    """Let nobody else change the applications of a point until the transaction ends."""
    _lock(session, _POINT_LOCK, point_number)


def no_such_application() -> Refused:
    """Make the refusal for a number that its retailer never applied under."""
    return Refused(OWN_APPLICATION.refusal())


def _lock(session: Session, purpose: int, key: str) -> None:
    session.execute(select(func.pg_advisory_xact_lock(purpose, func.hashtext(key))))


def _point_of(session: Session, submission: Submission) -> str:
    point = session.scalar(select(ApplicationRow.point_number).where(ApplicationRow.number == submission.number))
    if point is not None:
        return point
    if submission.process_kind is not ProcessKind.REGISTER or submission.content is None:
        raise no_such_application()
    return submission.content.point_number


def _own(row: ApplicationRow | None, submission: Submission) -> ApplicationRow:
    owner = (submission.retailer_code, submission.area, submission.segment, submission.kind)
    if row is None or (row.retailer_code, row.area, row.segment, row.kind) != owner:
        raise no_such_application()
    return row


def _first_answer(session: Session, submission: Submission) -> GridAnswer:
    first = answer_to_content(session, submission)
    if first is None:
        raise Refused(NUMBER_TAKEN.refusal())
    return first


def _register(session: Session, submission: Submission, *, habits: Habits, now: datetime) -> ApplicationRow:
    content = required(submission.content)
    row = ApplicationRow(
        number=submission.number,
        area=submission.area,
        segment=submission.segment,
        kind=submission.kind,
        retailer_code=submission.retailer_code,
        case_number=submission.case_number,
        point_number=content.point_number,
    )
    review(session, row, content, habits=habits, now=now)
    session.add(row)
    return row


def _change(session: Session, submission: Submission, row: ApplicationRow, *, habits: Habits, now: datetime) -> None:
    state = state_at(written=row.state, completes_at=row.completes_at, now=now)
    if submission.content is not None:
        if state in _AMENDABLE:
            review(session, row, submission.content, habits=habits, now=now)
    elif state in _CANCELLABLE:
        row.state, row.changed_at, row.findings = ApplicationState.CANCELLED, now, []


def _answer(submission: Submission, row: ApplicationRow, *, now: datetime) -> GridAnswer:
    state = state_at(written=row.state, completes_at=row.completes_at, now=now)
    rules = {finding["rule"] for finding in row.findings}
    return GridAnswer(
        message_id=submission.message_id,
        application_number=submission.number,
        application_state=state,
        effective_date=row.effective_date if state in _AT_GRID else None,
        meter_work=row.meter_work if state in _AT_GRID else None,
        duplicate=Flag.YES if DUPLICATE_RULE in rules else Flag.NO,
        too_late=Flag.YES if TOO_LATE_RULE in rules else Flag.NO,
        findings=tuple(GridFinding(**finding) for finding in row.findings),
        processed_at=now,
    )
