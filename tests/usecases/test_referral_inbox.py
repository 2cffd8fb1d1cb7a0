"""12310 スイッチング廃止取次照会, and the record of who read what."""

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from models.database import Database
from schemas.codes import CasePhase
from schemas.findings import Refused
from schemas.interfaces.referral_inbox import ReferralInboxRequest
from schemas.refusal_codes import RefusalCode
from tests.support.callers import CURRENT_RETAILER, NEW_RETAILER, OTHER_RETAILER, ask
from tests.support.case_stages import accept
from tests.support.cast import CURRENT, SECOND_POINT
from tests.support.database_contents import rows
from tests.support.referrals import open_case
from usecases.hub import Hub as Parts
from usecases.referral_inbox import read_referral_inbox


@pytest.fixture
def case_number(retailers: Database) -> str:
    return open_case(retailers)


def question(
    case_number: str | None = None, *, phase: CasePhase | None = None, cursor: str | None = None
) -> ReferralInboxRequest:
    return ReferralInboxRequest(message_id="R-1", case_number=case_number, case_phase=phase, cursor=cursor)


def reads(database: Database) -> list[tuple[str, ...]]:
    return rows(database, "SELECT retailer_code, interface_number, subject, message_id, source_address FROM data_reads")


def test_the_current_retailer_sees_what_awaits_its_decision(parts: Parts, case_number: str) -> None:
    response = ask(read_referral_inbox, question(), CURRENT_RETAILER, parts)

    (referral,) = response.referrals
    assert (referral.case_number, referral.holder_name) == (case_number, "髙橋　太郎")
    assert (response.message_id, response.next_cursor) == ("R-1", None)


def test_what_was_read_is_on_record(parts: Parts, retailers: Database, case_number: str) -> None:
    ask(read_referral_inbox, question(), CURRENT_RETAILER, parts)

    assert reads(retailers) == [(CURRENT, "12310", case_number, "R-1", "127.0.0.1")]


def test_a_list_of_several_is_on_record_case_by_case(parts: Parts, retailers: Database, case_number: str) -> None:
    second = open_case(retailers, point_number=SECOND_POINT)

    ask(read_referral_inbox, question(), CURRENT_RETAILER, parts)

    assert {subject for _, _, subject, *_ in reads(retailers)} == {case_number, second}


def test_one_case_is_found_by_its_number_whatever_its_state(
    parts: Parts, retailers: Database, case_number: str
) -> None:
    with retailers.transaction() as session:
        accept(session, case_number)

    assert ask(read_referral_inbox, question(), CURRENT_RETAILER, parts).referrals == ()
    (referral,) = ask(read_referral_inbox, question(case_number), CURRENT_RETAILER, parts).referrals
    assert referral.case_phase is CasePhase.AWAITING_APPLICATIONS


def test_a_foreign_case_answers_as_one_that_does_not_exist(parts: Parts, retailers: Database, case_number: str) -> None:
    refusals = []
    for number, caller in (
        (case_number, NEW_RETAILER),
        (case_number, OTHER_RETAILER),
        ("SW03L20260101999999990", CURRENT_RETAILER),
    ):
        with pytest.raises(Refused) as refused:
            ask(read_referral_inbox, question(number), caller, parts)
        refusals.append((refused.value.refusal, refused.value.message_id))

    assert refusals[0] == refusals[1] == refusals[2]
    assert refusals[0][0].code is RefusalCode.NO_SUCH_CASE
    assert reads(retailers) == []


def test_a_list_holds_no_foreign_case(parts: Parts, case_number: str) -> None:
    for caller in (NEW_RETAILER, OTHER_RETAILER):
        assert ask(read_referral_inbox, question(), caller, parts).referrals == ()


def test_a_cursor_that_no_page_gave_is_refused(parts: Parts, case_number: str) -> None:
    with pytest.raises(Refused) as refused:
        ask(read_referral_inbox, question(cursor="nonsense"), CURRENT_RETAILER, parts)

    assert refused.value.refusal.code is RefusalCode.FORM


@pytest.mark.parametrize("spoil", ["effective_date = '9999-12-31'", "end_state = 'unheard-of'"])
def test_a_case_whose_record_cannot_be_told_is_left_out_and_said_so(
    parts: Parts, retailers: Database, case_number: str, spoil: str
) -> None:
    other = open_case(retailers, point_number=SECOND_POINT)
    with retailers.transaction() as session:
        session.execute(text(f"UPDATE cases SET {spoil} WHERE case_number = :number"), {"number": case_number})

    with capture_logs() as log_lines:
        response = ask(read_referral_inbox, question(), CURRENT_RETAILER, parts)
    alone = ask(read_referral_inbox, question(case_number), CURRENT_RETAILER, parts)

    assert ([referral.case_number for referral in response.referrals], response.unreadable_referrals) == ([other], 1)
    assert (alone.referrals, alone.unreadable_referrals) == ((), 1)
    assert [(line["event"], line["case_number"]) for line in log_lines] == [("case-not-shown", case_number)]
