"""12310 スイッチング廃止取次照会."""

from models.cases.queries import incoming_referrals
from models.database import Session
from models.reads import note_reads
from schemas.interfaces.referral_inbox import (
    REFERRAL_INBOX,
    IncomingReferral,
    ReferralInboxRequest,
    ReferralInboxResponse,
)
from soap_api.callers import Caller
from soap_api.foreign import no_such_case
from soap_api.not_shown import note_not_shown
from soap_api.parts import Parts


def get_incoming_referrals(request: ReferralInboxRequest, caller: Caller, parts: Parts) -> ReferralInboxResponse:
    """Give the current retailer the referrals that came in, and put on record which it read.

    :raises Refused: HUB-S001 where one case is asked for and the caller has none of that number.
    """

    def read(session: Session) -> tuple[list[IncomingReferral], str | None, list[str]]:
        referrals, next_cursor, left_out = incoming_referrals(
            session,
            current_retailer=caller.retailer_code,
            segment=caller.segment,
            case_number=request.case_number,
            phase=request.case_phase,
            cursor=request.cursor,
        )
        note_reads(
            session,
            retailer_code=caller.retailer_code,
            interface_number=REFERRAL_INBOX.number_in(caller.segment),
            subjects=[referral.case_number for referral in referrals],
            message_id=request.message_id,
            source_address=caller.source_address,
        )
        return referrals, next_cursor, left_out

    referrals, next_cursor, left_out = parts.database.run(read)
    if request.case_number is not None and not (referrals or left_out):
        raise no_such_case(request.message_id)
    note_not_shown(left_out)
    return ReferralInboxResponse(
        message_id=request.message_id,
        referrals=tuple(referrals),
        next_cursor=next_cursor,
        unreadable_referrals=len(left_out) or None,
    )
