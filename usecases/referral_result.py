"""12210 スイッチング廃止取次結果照会."""

from functools import partial

from models.cases.queries import referral_results
from rules.access.use_cases import UseCase
from rules.procedure.refusals import no_such_case
from schemas.codes import Segment
from schemas.findings import Refused
from schemas.interfaces.referral_result import REFERRAL_RESULT, ReferralResultRequest, ReferralResultResponse
from usecases.access import retailer_for
from usecases.actors import Actor
from usecases.hub import Hub
from usecases.recorders import recorder_for
from usecases.unshown_cases import note_not_shown

_USE_CASE = UseCase.READ_REFERRAL_RESULTS


def read_referral_results(
    request: ReferralResultRequest, *, actor: Actor, segment: Segment | None, hub: Hub
) -> ReferralResultResponse:
    """Give the new retailer its cases with their decisions, and put on record which it read.

    :raises Refused: HUB-S001 where one case is asked for and the caller has none of that number.
    """
    retailer = retailer_for(_USE_CASE, actor=actor, segment=segment)
    recorder = recorder_for(
        _USE_CASE, interface=REFERRAL_RESULT, actor=retailer, segment=segment, message_id=request.message_id
    )
    cases, next_cursor, left_out = hub.database.run_plain(
        partial(
            referral_results,
            recorder=recorder,
            new_retailer=retailer.retailer_code,
            segment=segment,
            case_number=request.case_number,
            changed_since=request.changed_since,
            cursor=request.cursor,
        )
    )
    if request.case_number is not None and not (cases or left_out):
        raise Refused(no_such_case(), request.message_id)
    note_not_shown(left_out)
    return ReferralResultResponse(
        message_id=request.message_id,
        cases=tuple(cases),
        next_cursor=next_cursor,
        unreadable_referrals=len(left_out) or None,
    )
