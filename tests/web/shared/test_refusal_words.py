"""Refusals at the screens speak of pages, fields and buttons, not of what systems send each other."""

import pytest

from models.database import Database
from schemas.findings import Refusal
from schemas.refusal_codes import REFUSAL_WORDS, RefusalCode
from tests.support.case_steps import obey_all
from tests.support.moments import soon
from tests.support.referrals import amend, open_case, withdraw
from tests.web.conftest import Browsers
from tests.web.decision.test_decide import ACCEPT, SEND_OK, confirmed
from tests.web.pages import get, send
from web.shared.refusal_words import screen_words

OF_SYSTEMS = ("SOAP", "電文", "メッセージID", "再送", "WSDL", "XML", "POST", "Content-", "Envelope", "証明書", "照会")


@pytest.mark.parametrize("code", RefusalCode, ids=[code.value for code in RefusalCode])
def test_no_refusal_speaks_of_messages_and_each_says_what_to_do(code: RefusalCode) -> None:
    shown_words = screen_words(Refusal(code))

    assert shown_words.text.endswith("。") and "ください。" in shown_words.action
    assert not [word for word in OF_SYSTEMS if word in shown_words.text + shown_words.action]
    assert ("もう一度同じボタン" in shown_words.action) <= REFUSAL_WORDS[code].retryable


def test_a_decision_on_an_amended_referral_leads_to_the_screen_that_shows_it(
    open_browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    client, page = confirmed(open_browsers, case_number, ACCEPT)
    with database.transaction() as session:
        amend(session, case_number, wished_date=soon(session))
    address = send(client, page, button=SEND_OK).location
    with database.transaction() as session:
        obey_all(session, case_number)

    result = get(client, address)

    alert = result.xpath("string(//*[@role='alert'])")
    assert "取次は版2に訂正されています" in alert and "取次判断の画面を開き直し" in alert
    assert not [word for word in OF_SYSTEMS if word in alert]
    assert result.xpath("//*[@role='alert']//a/@href") == [f"/cases/{case_number}/decision"]


def test_a_decision_on_a_case_that_has_ended_leads_to_the_case(open_browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    client, page = confirmed(open_browsers, case_number, ACCEPT)
    with database.transaction() as session:
        withdraw(session, case_number)
        obey_all(session, case_number)

    result = get(client, send(client, page, button=SEND_OK).location)

    alert = result.xpath("string(//*[@role='alert'])")
    assert "案件は「取消」で終了しています。" in alert and "案件の画面で" in alert
    assert not [word for word in OF_SYSTEMS if word in alert]
