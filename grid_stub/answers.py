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


def answer_to_message(session: Session, given: Submission) -> GridAnswer | None:
    """Find what the same message was answered before.

    :raises Refused: HUB-I001 when its message id was used for something else.
    """
    row = session.get(AnswerRow, (given.area, given.retailer_code, given.message_id))
    if row is None:
        return None
    if row.digest != given.digest:
        raise Refused(SAME_CONTENT.refusal(), given.message_id)
    return _load(row, given)


def answer_to_content(session: Session, given: Submission) -> GridAnswer | None:
    """Find what the same content under the same number was answered first."""
    row = session.scalars(
        select(AnswerRow)
        .where(
            AnswerRow.application_number == given.number,
            AnswerRow.digest == given.digest,
            AnswerRow.retailer_code == given.retailer_code,
        )
        .order_by(AnswerRow.at)
        .limit(1)
    ).first()
    return None if row is None else _load(row, given)


def keep_answer(session: Session, given: Submission, answer: GridAnswer, *, at: datetime) -> None:
    session.add(
        AnswerRow(
            area=given.area,
            retailer_code=given.retailer_code,
            message_id=given.message_id,
            application_number=given.number,
            digest=given.digest,
            answer=_ANSWER.dump_python(answer, mode="json"),
            at=at,
        )
    )


def _load(row: AnswerRow, given: Submission) -> GridAnswer:
    return replace(_ANSWER.validate_python(row.answer), message_id=given.message_id)
