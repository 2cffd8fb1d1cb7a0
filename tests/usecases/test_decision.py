"""12410 スイッチング廃止取次判断."""

import pytest

from models.database import Database
from schemas.codes import CasePhase, Decision, RejectionReason
from schemas.findings import Refused
from schemas.refusal_codes import RefusalCode
from tests.support.callers import CURRENT_RETAILER, ask
from tests.support.database_contents import all_of_cases
from tests.support.decisions import decision_request
from tests.support.hub import Hub
from tests.support.referrals import open_case
from usecases.decision import decide_referral
from usecases.hub import Hub as Parts


def test_a_rejection_ends_the_case(working_parts: Parts, hub: Hub) -> None:
    case_number = hub.open()
    request = decision_request(
        case_number, decision=Decision.REJECT, rejection_reasons=(RejectionReason.HOLDER_NAME_DIFFERS,)
    )

    response = ask(decide_referral, request, CURRENT_RETAILER, working_parts)

    assert (response.case_phase, response.case_phase_name) == (CasePhase.REJECTED, "否認")
    assert response.message_id == request.message_id


def test_what_does_not_fit_together_is_said_at_once_and_takes_no_id(parts: Parts, retailers: Database) -> None:
    case_number = open_case(retailers)
    before = all_of_cases(retailers)

    with pytest.raises(Refused) as refused:
        request = decision_request(
            case_number,
            decision=Decision.ACCEPT,
            rejection_reasons=(RejectionReason.HOLDER_NAME_DIFFERS,),
            rejection_text="別人",
        )
        ask(decide_referral, request, CURRENT_RETAILER, parts)

    assert refused.value.refusal.code is RefusalCode.FORM
    assert [finding.field for finding in refused.value.refusal.findings] == ["rejectionReasons", "rejectionText"]
    assert all_of_cases(retailers) == before
