"""Who of a company looks after a referral (担当): taken by oneself, or given to a colleague who may decide too.

It is shown and locks nothing: whoever may decide can decide on it as before.
"""

from dataclasses import dataclass

from models.cases.screens import Assignee, Scope, assign, case_standing
from models.database import Session
from models.users.queries import colleagues_of
from rules.access.function_groups import FunctionGroup
from rules.access.use_cases import UseCase
from rules.switching.visibility import Side
from runtime.logs import logger
from schemas.codes import Segment
from usecases.access import retailer_in_any_segment
from usecases.actors import Person
from usecases.recorders import record_change

_log = logger(__name__)
_USE_CASE = UseCase.ASSIGN_REFERRAL


class NotTheirs(Exception):
    """There is no open referral of that number that came in for the company."""


class NoSuchColleague(Exception):
    """Nobody of the company with that user id may decide."""


@dataclass(frozen=True, kw_only=True)
class AssignmentRequest:
    """Into whose hands a referral goes."""

    case_number: str
    user_id: str | None
    """None for nobody's."""


def see_colleagues(*, actor: Person, session: Session) -> list[Assignee]:
    """List those of a person's company who may decide, the person among them."""
    retailer = retailer_in_any_segment(_USE_CASE, actor=actor)
    return [
        Assignee(colleague.user_id, colleague.name)
        for colleague in colleagues_of(session, retailer_code=retailer.retailer_code)
        if colleague.may_decide
    ]


def assign_referral(request: AssignmentRequest, *, actor: Person, session: Session) -> None:
    """Put a referral into somebody's hands.

    :raises NotTheirs: where it is no open one of the company.
    :raises NoSuchColleague: where it would go to somebody who may not decide on it.
    """
    retailer = retailer_in_any_segment(_USE_CASE, actor=actor)
    decided_by_them = {Side.CURRENT: actor.capacity.segments_of(FunctionGroup.DECISION), Side.NEW: frozenset[Segment]()}
    scope = Scope(retailer.retailer_code, decided_by_them)
    standing = case_standing(session, scope=scope, case_number=request.case_number)
    if standing is None or standing.state.ended:
        raise NotTheirs(request.case_number)
    if request.user_id is not None and request.user_id not in {
        colleague.user_id for colleague in see_colleagues(actor=actor, session=session)
    }:
        raise NoSuchColleague(request.user_id)
    assign(
        session,
        retailer_code=retailer.retailer_code,
        case_number=request.case_number,
        user_id=request.user_id,
        by=actor.user_id,
    )
    record_change(session, _USE_CASE, actor=actor, subject=request.case_number, what=request.user_id or "")
    _log.info("referral assigned", case_number=request.case_number, user_id=actor.user_id, to=request.user_id)
