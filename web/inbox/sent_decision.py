"""What became of the decision that led to a page: said there, beside the next referral."""

from dataclasses import dataclass

from flask import abort, request

from models.database import Session
from models.messages.queries import GivenCommand, given_command
from schemas.codes import Segment
from schemas.refusal_codes import RefusalCode
from web.cases.scope import standing_or_404
from web.shared.access import current_retailer, current_viewer
from web.shared.message_ids import is_message_id
from web.shared.refusal_words import ScreenWords, screen_words


@dataclass(frozen=True)
class SentDecision:
    """A decision, and what became of it."""

    case_number: str
    segment: Segment
    message_id: str
    given: GivenCommand
    refused: ScreenWords | None
    is_outdated: bool
    """True where the referral was amended meanwhile."""


def sent_decision(session: Session) -> SentDecision | None:
    """Give the decision that the address names; None where it names none. 404 for one that nobody here sent."""
    case_number, message_id = request.args.get("sent", ""), request.args.get("message", "")
    if not case_number:
        return None
    page = standing_or_404(session, current_viewer(), case_number)
    given = None
    if is_message_id(message_id):
        given = given_command(session, retailer_code=current_retailer(), case_number=case_number, message_id=message_id)
    if given is None:
        abort(404)
    refusal = None if given.answer is None else given.answer.refusal
    return SentDecision(
        case_number,
        page.state.segment,
        message_id,
        given,
        refused=None if refusal is None else screen_words(refusal),
        is_outdated=refusal is not None and refusal.code is RefusalCode.VERSION_DIFFERS,
    )
