"""What was answered to a message, kept so that its repeat hears the same."""

from dataclasses import replace
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from grid_stub.submission import Submission
from grid_stub.tables import AnswerRow
from models.database import Cursor
from models.prepared import Prepared
from schemas.findings import Refused, Rulebook
from schemas.grid import GridAnswer
from schemas.refusal_codes import RefusalCode

RULES = Rulebook()
SAME_CONTENT = RULES.declare("message-id", ("messageId", "メッセージID"), code=RefusalCode.SAME_ID_OTHER_CONTENT)

_ANSWER = TypeAdapter(GridAnswer)

_TO_MESSAGE = Prepared(
    select(AnswerRow.digest, AnswerRow.answer).where(
        AnswerRow.area == bindparam("area"),
        AnswerRow.retailer_code == bindparam("retailer_code"),
        AnswerRow.message_id == bindparam("message_id"),
    )
)
_TO_CONTENT = Prepared(
    select(AnswerRow.answer)
    .where(
        AnswerRow.application_number == bindparam("number"),
        AnswerRow.digest == bindparam("digest"),
        AnswerRow.retailer_code == bindparam("retailer_code"),
    )
    .order_by(AnswerRow.at)
    .limit(1)
)
_KEEP = Prepared(insert(AnswerRow))


def answer_to_message(cursor: Cursor, submission: Submission) -> GridAnswer | None:
    """Find what the same message was answered before.

    :raises Refused: HUB-I001 when its message id was used for something else.
    """
    for row in _TO_MESSAGE.rows(
        cursor, area=submission.area, retailer_code=submission.retailer_code, message_id=submission.message_id
    ):
        if row.digest != submission.digest:
            raise Refused(SAME_CONTENT.refusal(), submission.message_id)
        return _load(row.answer, submission)
    return None


def answer_to_content(cursor: Cursor, submission: Submission) -> GridAnswer | None:
    """Find what the same content under the same number was answered first."""
    for row in _TO_CONTENT.rows(
        cursor, number=submission.number, digest=submission.digest, retailer_code=submission.retailer_code
    ):
        return _load(row.answer, submission)
    return None


def keep_answer(cursor: Cursor, submission: Submission, answer: GridAnswer, *, at: datetime) -> None:
    _KEEP.run(
        cursor,
        area=submission.area,
        retailer_code=submission.retailer_code,
        message_id=submission.message_id,
        application_number=submission.number,
        digest=submission.digest,
        answer=_ANSWER.dump_python(answer, mode="json"),
        at=at,
    )


def _load(answer: object, submission: Submission) -> GridAnswer:
    return replace(_ANSWER.validate_python(answer), message_id=submission.message_id)
