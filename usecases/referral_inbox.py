"""12310 スイッチング廃止取次照会."""

from functools import partial

from models.cases.queries import incoming_referrals
from rules.access.use_cases import UseCase
from rules.procedure.refusals import no_such_case
from schemas.codes import Segment
from schemas.findings import Refused
from schemas.interfaces.referral_inbox import REFERRAL_INBOX, ReferralInboxRequest, ReferralInboxResponse
from usecases.access import retailer_for
from usecases.actors import Actor
from usecases.hub import Hub
from usecases.recorders import recorder_for
from usecases.unshown_cases import note_not_shown

_USE_CASE = UseCase.READ_REFERRAL_INBOX


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
