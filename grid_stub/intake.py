"""Taking an application: 登録, 訂正 and 取消, each in one transaction under the locks of its number and its point."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam, func, select

from grid_stub.answers import answer_to_content, answer_to_message, keep_answer
from grid_stub.applications import Application, find, save
from grid_stub.control import Control, use_up
from grid_stub.progress import state_at
from grid_stub.review import DUPLICATE_RULE, Habits, review
from grid_stub.submission import Submission
from models.clock import business_now
from models.database import Cursor
from models.prepared import Prepared
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
_LOCK = Prepared(select(func.pg_advisory_xact_lock(bindparam("purpose"), func.hashtext(bindparam("key")))))

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


def take(cursor: Cursor, submission: Submission, *, control: Control, habits: Habits) -> Intake:
    """Take one message about an application.

    :raises Refused: HUB-I001 (message id used for something else), HUB-S005 (no such application of this
        retailer), HUB-B003 (the number stands for another application).
    """
    _lock(cursor, _NUMBER_LOCK, submission.number)
    earlier = answer_to_message(cursor, submission)
    if earlier is not None:
        return Intake(earlier, Outcome.REPEAT)
    application = find(cursor, submission.number)
    lock_point(cursor, _point_of(application, submission))
    now = business_now(cursor)
    if submission.process_kind is ProcessKind.REGISTER:
        if application is not None:
            return Intake(_first_answer(cursor, submission), Outcome.REPEAT)
        application = _registered(cursor, submission, control=control, habits=habits, now=now)
    else:
        application = _own(find(cursor, submission.number), submission)  # as its pair may have left it meanwhile
        _change(cursor, submission, application, control=control, habits=habits, now=now)
    save(cursor, application)
    answer = _answer(submission, application, now=now)
    keep_answer(cursor, submission, answer, at=now)
    outcome = Outcome.DUPLICATE if answer.duplicate is Flag.YES else Outcome.TAKEN
    cut = control.cuts_left > 0 and use_up(cursor, area=submission.area, counted="cuts_left")
    return Intake(answer, outcome, cut=cut)


def lock_point(cursor: Cursor, point_number: str) -> None:
    """Let nobody else change the applications of a point until the transaction ends."""
    _lock(cursor, _POINT_LOCK, point_number)


def no_such_application() -> Refused:
    """Make the refusal for a number that its retailer never applied under."""
    return Refused(OWN_APPLICATION.refusal())


def _lock(cursor: Cursor, purpose: int, key: str) -> None:
    _LOCK.rows(cursor, purpose=purpose, key=key)


def _point_of(application: Application | None, submission: Submission) -> str:
    if application is not None:
        return application.point_number
    if submission.process_kind is not ProcessKind.REGISTER or submission.content is None:
        raise no_such_application()
    return submission.content.point_number


def _own(application: Application | None, submission: Submission) -> Application:
    if application is None or _owner(application) != _owner(submission):
        raise no_such_application()
    return application


def _owner(of: Application | Submission) -> tuple[object, ...]:
    return of.retailer_code, of.area, of.segment, of.kind


def _first_answer(cursor: Cursor, submission: Submission) -> GridAnswer:
    first = answer_to_content(cursor, submission)
    if first is None:
        raise Refused(NUMBER_TAKEN.refusal())
    return first


def _registered(
    cursor: Cursor, submission: Submission, *, control: Control, habits: Habits, now: datetime
) -> Application:
    content = required(submission.content)
    application = Application(
        number=submission.number,
        area=submission.area,
        segment=submission.segment,
        kind=submission.kind,
        retailer_code=submission.retailer_code,
        case_number=submission.case_number,
        point_number=content.point_number,
        state=ApplicationState.RECEIVED,
        findings=[],
        changed_at=now,
    )
    review(cursor, application, content, control=control, habits=habits, now=now)
    return application


def _change(
    cursor: Cursor,
    submission: Submission,
    application: Application,
    *,
    control: Control,
    habits: Habits,
    now: datetime,
) -> None:
    state = state_at(written=application.state, completes_at=application.completes_at, now=now)
    if submission.content is not None:
        if state in _AMENDABLE:
            review(cursor, application, submission.content, control=control, habits=habits, now=now)
    elif state in _CANCELLABLE:
        application.state, application.changed_at, application.findings = ApplicationState.CANCELLED, now, []


def _answer(submission: Submission, application: Application, *, now: datetime) -> GridAnswer:
    state = state_at(written=application.state, completes_at=application.completes_at, now=now)
    rules = {finding["rule"] for finding in application.findings}
    return GridAnswer(
        message_id=submission.message_id,
        application_number=submission.number,
        application_state=state,
        effective_date=application.effective_date if state in _AT_GRID else None,
        meter_work=application.meter_work if state in _AT_GRID else None,
        duplicate=Flag.YES if DUPLICATE_RULE in rules else Flag.NO,
        too_late=Flag.YES if TOO_LATE_RULE in rules else Flag.NO,
        findings=tuple(GridFinding(**finding) for finding in application.findings),
        processed_at=now,
    )
