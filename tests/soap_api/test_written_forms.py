"""One message may be written in several ways: what is the same is taken as the same, and kept in one form."""

from models.database import Database
from schemas.interfaces.processing_status import STATUS_LIST
from schemas.interfaces.referral import REFERRAL
from schemas.interfaces.referral_result import REFERRAL_RESULT
from tests.soap_api.conftest import Connect
from tests.support.cast import NEW
from tests.support.database_contents import all_of_cases
from tests.support.message_contents import all_contents
from tests.support.raw_requests import registration


def test_the_same_message_in_another_written_form_is_a_repeat_and_its_text_is_kept_in_one(
    connect: Connect, retailers: Database
) -> None:
    values = registration(retailers, address="豊洲１～２－３―４∥￠￡￢", holderNameKana="ジャン－リュック")
    other = {
        **values,
        "address": "豊洲１〜２−３—４‖¢£¬",
        "holderNameKana": "ジャン−リュック",
        "wishedDate": f"{values['wishedDate']}+09:00",
    }
    connection = connect(NEW)

    first, second = connection.call(REFERRAL, other), connection.call(REFERRAL, values)

    assert first.fault is None and second.body == first.body
    contents = [(said["address"], said["holder_name_kana"]) for said in all_contents(retailers)]
    assert contents == [(values["address"], values["holderNameKana"])]


def test_a_zone_that_no_clock_has_is_refused_and_no_outcome_stays_open(connect: Connect, retailers: Database) -> None:
    before = all_of_cases(retailers)

    for interface, elements in ((REFERRAL_RESULT, {}), (STATUS_LIST, {"area": "03"})):
        answer = connect(NEW).call(
            interface, {"messageId": "R-1", **elements, "changedSince": "2026-08-12T10:00:00+23:59"}
        )
        assert (answer.code, answer.broken_rules) == ("HUB-F001", {("changedSince", "moment")})
        (finding,) = answer.findings
        assert "-14:00から+14:00" in finding.message and finding.action

    assert all_of_cases(retailers) == before
