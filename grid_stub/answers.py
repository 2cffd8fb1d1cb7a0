"""What was answered to a message, kept so that its repeat hears the same."""

from dataclasses import replace
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from grid_stub.submission import Submission
from grid_stub.tables import AnswerRow
from schemas.findings import Refused, Rulebook
from schemas.grid import GridAnswer
from schemas.refusal_codes import RefusalCode

RULES = Rulebook()
SAME_CONTENT = RULES.declare("message-id", ("messageId", "メッセージID"), code=RefusalCode.SAME_ID_OTHER_CONTENT)

_ANSWER = TypeAdapter(GridAnswer)


def answer_to_message(session: Session, submission: Submission) -> GridAnswer | None:
    """Find what the same message was answered before.

    :raises Refused: HUB-I001 when its message id was used for something else.
    """
    row = session.get(AnswerRow, (submission.area, submission.retailer_code, submission.message_id))
    if row is None:
        return None
    if row.digest != submission.digest:
        raise Refused(SAME_CONTENT.refusal(), submission.message_id)
    return _load(row, submission)


def answer_to_content(session: Session, submission: Submission) -> GridAnswer | None:
    """Find what the same content under the same number was answered first."""
    row = session.scalars(
        select(AnswerRow)
        .where(
            AnswerRow.application_number == submission.number,
            AnswerRow.digest == submission.digest,
            AnswerRow.retailer_code == submission.retailer_code,
        )
        .order_by(AnswerRow.at)
        .limit(1)
    ).first()
    return None if row is None else _load(row, submission)


def keep_answer(session: Session, submission: Submission, answer: GridAnswer, *, at: datetime) -> None:
    session.add(
        AnswerRow(
            area=submission.area,
            retailer_code=submission.retailer_code,
            message_id=submission.message_id,
            application_number=submission.number,
            digest=submission.digest,
            answer=_ANSWER.dump_python(answer, mode="json"),
            at=at,
        )
    )


def _load(row: AnswerRow, submission: Submission) -> GridAnswer:
    return replace(_ANSWER.validate_python(row.answer), message_id=submission.message_id)
