"""12310 スイッチング廃止取次照会."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from models.cases.queries import chosen_referrals, incoming_referrals, wanted_referrals
from models.cases.screens import InboxFilter
from models.database import Session
from rules.access.function_groups import FunctionGroup
from rules.access.use_cases import UseCase
from rules.procedure.refusals import no_such_case
from schemas.codes import Segment
from schemas.findings import Refused
from schemas.interfaces.referral_inbox import (
    REFERRAL_INBOX,
    IncomingReferral,
    ReferralInboxRequest,
    ReferralInboxResponse,
)
from usecases.access import retailer_for, retailer_in_any_segment
from usecases.actors import Actor, Person
from usecases.hub import Hub
from usecases.recorders import recorder_for, screen_recorder
from usecases.unshown_cases import note_not_shown

_USE_CASE = UseCase.READ_REFERRAL_INBOX


@dataclass(frozen=True, kw_only=True)
class ChosenReferralsRequest:
    """Several referrals, to be compared at once."""

    case_numbers: Sequence[str]
    purpose: str
    """What they are read for: the screen's name."""


def see_chosen_referrals(request: ChosenReferralsRequest, *, actor: Person, session: Session) -> list[IncomingReferral]:
    """Give a person those of some referrals that came in for their company, and put on record that they were read."""
    retailer = retailer_in_any_segment(_USE_CASE, actor=actor)
    recorder = screen_recorder(actor, purpose=request.purpose)
    referrals, left_out = chosen_referrals(
        session,
        recorder=recorder,
        current_retailer=retailer.retailer_code,
        case_numbers=request.case_numbers,
        among=actor.capacity.segments_of(FunctionGroup.INBOX),
    )
    note_not_shown(left_out)
    return referrals


@dataclass(frozen=True, kw_only=True)
class WantedReferralsRequest:
    """What the inbox shows, to be taken away as a file, piece by piece."""

    inbox_filter: InboxFilter
    cursor: str | None
    limit: int
    purpose: str
    """What they are read for: the screen's name."""


def see_wanted_referrals(
    request: WantedReferralsRequest, *, actor: Person, session: Session
) -> tuple[list[IncomingReferral], str | None]:
    """Give a person a piece of what came in for their company, and where the next begins; each is put on record."""
    retailer = retailer_in_any_segment(_USE_CASE, actor=actor)
    recorder = screen_recorder(actor, purpose=request.purpose)
    referrals, next_cursor, left_out = wanted_referrals(
        session,
        recorder=recorder,
        current_retailer=retailer.retailer_code,
        inbox_filter=replace(request.inbox_filter, among=actor.capacity.segments_of(FunctionGroup.INBOX)),
        cursor=request.cursor,
        limit=request.limit,
    )
    note_not_shown(left_out)
    return referrals, next_cursor


def read_referral_inbox(
    request: ReferralInboxRequest, *, actor: Actor, segment: Segment | None, hub: Hub
) -> ReferralInboxResponse:
    """Give the current retailer the referrals that came in, and put on record which it read.

    :raises Refused: HUB-S001 where one case is asked for and the caller has none of that number.
    """
    retailer = retailer_for(_USE_CASE, actor=actor, segment=segment)
    recorder = recorder_for(
        _USE_CASE, interface=REFERRAL_INBOX, actor=retailer, segment=segment, message_id=request.message_id
    )
    referrals, next_cursor, left_out = hub.database.run(
        partial(
            incoming_referrals,
            recorder=recorder,
            current_retailer=retailer.retailer_code,
            segment=segment,
            case_number=request.case_number,
            phase=request.case_phase,
            cursor=request.cursor,
        )
    )
    if request.case_number is not None and not (referrals or left_out):
        raise Refused(no_such_case(), request.message_id)
    note_not_shown(left_out)
    return ReferralInboxResponse(
        message_id=request.message_id,
        referrals=tuple(referrals),
        next_cursor=next_cursor,
        unreadable_referrals=len(left_out) or None,
    )
