"""12210 スイッチング廃止取次結果照会."""

from models.cases.queries import referral_results
from models.database import Cursor
from models.reads import note_reads
from schemas.interfaces.referral_result import (
    REFERRAL_RESULT,
    ReferralResult,
    ReferralResultRequest,
    ReferralResultResponse,
)
from soap_api.callers import Caller
from soap_api.foreign import no_such_case
from soap_api.not_shown import note_not_shown
from soap_api.parts import Parts


def get_referral_results(request: ReferralResultRequest, caller: Caller, parts: Parts) -> ReferralResultResponse:
    """Give the new retailer its cases with their decisions, and put on record which it read.

    :raises Refused: HUB-S001 where one case is asked for and the caller has none of that number.
    """

    def read(cursor: Cursor) -> tuple[list[ReferralResult], str | None, list[str]]:
        cases, next_cursor, left_out = referral_results(
            cursor,
            new_retailer=caller.retailer_code,
            segment=caller.segment,
            case_number=request.case_number,
            changed_since=request.changed_since,
            cursor=request.cursor,
        )
        note_reads(
            cursor,
            retailer_code=caller.retailer_code,
            interface_number=REFERRAL_RESULT.number_in(caller.segment),
            subjects=[case.case_number for case in cases],
            message_id=request.message_id,
            source_address=caller.source_address,
        )
        return cases, next_cursor, left_out

    cases, next_cursor, left_out = parts.database.run_plain(read)
    if request.case_number is not None and not (cases or left_out):
        raise no_such_case(request.message_id)
    note_not_shown(left_out)
    return ReferralResultResponse(
        message_id=request.message_id,
        cases=tuple(cases),
        next_cursor=next_cursor,
        unreadable_referrals=len(left_out) or None,
    )
