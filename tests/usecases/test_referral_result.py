"""12210 スイッチング廃止取次結果照会."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from models.clock import business_now
from models.database import Database
from schemas.codes import CasePhase, Decision, RejectionReason
from schemas.findings import Refused
from schemas.interfaces.referral_result import ReferralResultRequest
from schemas.refusal_codes import RefusalCode
from tests.support.callers import CURRENT_RETAILER, NEW_RETAILER, OTHER_RETAILER, ask
from tests.support.case_steps import obey_all
from tests.support.cast import NEW, SECOND_POINT
from tests.support.database_contents import rows
from tests.support.decisions import reject
from tests.support.referrals import open_case
from usecases.hub import Hub as Parts
from usecases.referral_result import read_referral_results


@pytest.fixture
def case_number(retailers: Database) -> str:
    return open_case(retailers)


def question(case_number: str | None = None) -> ReferralResultRequest:
    return ReferralResultRequest(message_id="R-1", case_number=case_number, changed_since=None, cursor=None)


def test_the_new_retailer_reads_the_decision_with_its_reasons(
    parts: Parts, retailers: Database, case_number: str
) -> None:
    with retailers.transaction() as session:
        reject(session, case_number, text="契約者死亡のため要確認")
        obey_all(session, case_number)

    (case,) = ask(read_referral_results, question(case_number), NEW_RETAILER, parts).cases

    assert (case.case_phase, case.decision) == (CasePhase.REJECTED, Decision.REJECT)
    assert case.rejection_reasons == (RejectionReason.NO_SUCH_CONTRACT, RejectionReason.OTHER)
    assert case.rejection_text == "契約者死亡のため要確認"


def on_record(database: Database) -> list[tuple[Any, ...]]:
    return rows(database, "SELECT retailer_code, interface_number, subject, message_id, source_address FROM data_reads")


@pytest.mark.parametrize("asks_for_one", [True, False], ids=["one-case", "list"])
def test_what_is_read_is_on_record(parts: Parts, retailers: Database, case_number: str, asks_for_one: bool) -> None:
    ask(read_referral_results, question(case_number if asks_for_one else None), NEW_RETAILER, parts)

    assert on_record(retailers) == [(NEW, "12210", case_number, "R-1", "127.0.0.1")]


def test_what_is_not_read_is_not_on_record(parts: Parts, retailers: Database, case_number: str) -> None:
    with pytest.raises(Refused):
        ask(read_referral_results, question(case_number), OTHER_RETAILER, parts)
    ask(read_referral_results, question(), OTHER_RETAILER, parts)

    assert on_record(retailers) == []


def test_only_what_changed_since(parts: Parts, retailers: Database, case_number: str) -> None:
    with retailers.transaction() as session:
        now = business_now(session)

    def changed(since_ahead: timedelta) -> int:
        request = ReferralResultRequest(
            message_id="R-1", case_number=None, changed_since=now + since_ahead, cursor=None
        )
        return len(ask(read_referral_results, request, NEW_RETAILER, parts).cases)

    assert (changed(timedelta(hours=-1)), changed(timedelta(hours=1))) == (1, 0)


def test_a_foreign_case_answers_as_one_that_does_not_exist(parts: Parts, case_number: str) -> None:
    refusals = []
    for number, caller in (
        (case_number, CURRENT_RETAILER),
        (case_number, OTHER_RETAILER),
        ("SW03L20260101999999990", NEW_RETAILER),
    ):
        with pytest.raises(Refused) as refused:
            ask(read_referral_results, question(number), caller, parts)
        refusals.append(refused.value.refusal)

    assert refusals[0] == refusals[1] == refusals[2]
    assert refusals[0].code is RefusalCode.NO_SUCH_CASE


def test_a_list_holds_no_foreign_case(parts: Parts, case_number: str) -> None:
    for caller in (CURRENT_RETAILER, OTHER_RETAILER):
        assert ask(read_referral_results, question(), caller, parts).cases == ()


@pytest.mark.parametrize("spoil", ["effective_date = '9999-12-31'", "phase = 'unheard-of'"])
def test_a_case_whose_record_cannot_be_told_is_left_out_and_said_so(
    parts: Parts, retailers: Database, case_number: str, spoil: str
) -> None:
    other = open_case(retailers, point_number=SECOND_POINT)
    with retailers.transaction() as session:
        session.execute(text(f"UPDATE cases SET {spoil} WHERE case_number = :number"), {"number": case_number})

    with capture_logs() as log_lines:
        response = ask(read_referral_results, question(), NEW_RETAILER, parts)
    alone = ask(read_referral_results, question(case_number), NEW_RETAILER, parts)

    assert ([case.case_number for case in response.cases], response.unreadable_referrals) == ([other], 1)
    assert (alone.cases, alone.unreadable_referrals) == ((), 1)
    assert [(line["event"], line["case_number"]) for line in log_lines] == [("case-not-shown", case_number)]
