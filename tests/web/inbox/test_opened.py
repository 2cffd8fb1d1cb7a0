"""A referral opened beside the inbox: what the clerk compares with the own customer book, key by key."""

import pytest
from lxml.html import HtmlElement

from deploy.samples import Person
from models.database import Database
from schemas.codes import Segment
from tests.support.case_stages import accept
from tests.support.cast import COLLEAGUE, CONTRACT_NUMBER, DECIDER, NEW_SIDE, OPERATOR, POINT, SECOND_POINT, STRANGER
from tests.support.database_contents import rows
from tests.support.referrals import open_case
from tests.web.conftest import Browsers
from tests.web.pages import get, status_and_text, words

NOWHERE = "SW03L20260101999999990"


def compared(page: HtmlElement) -> dict[str, str]:
    """Read what the referral says, by key."""
    rows_of_keys = page.xpath("//table[@class='comparison']/tbody/tr")
    return {words(row, "th")[0]: words(row, "td[1]")[0] for row in rows_of_keys}


def test_it_stands_beside_the_list_with_each_key_and_is_on_record(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)

    page = get(browsers.of(DECIDER), f"/inbox/{case_number}")

    assert compared(page) == {
        "契約番号": CONTRACT_NUMBER,
        "契約名義": "髙橋 太郎タカハシ タロウ",
        "需要場所住所": "東京都江東区豊洲１－２－３",
        "供給地点特定番号": POINT,
    }
    assert words(page, "//h1") == [f"取次判断 {case_number}"]
    assert words(page, "//a[@aria-current='true' and starts-with(., 'SW')]") == [case_number]
    assert rows(database, "SELECT user_id, subject, purpose FROM data_reads") == [
        (DECIDER.user_id, case_number, "画面:受信箱（照合）")
    ]


def test_a_generator_is_compared_in_the_words_of_its_segment(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database, segment=Segment.LOW_VOLTAGE_FIT)

    page = get(browsers.of(DECIDER), f"/inbox/{case_number}")

    assert list(compared(page)) == ["契約番号", "発電者名", "発電設備設置場所", "受電地点特定番号"]


def test_each_key_can_be_marked_as_differing_which_is_its_reason(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)

    page = get(browsers.of(DECIDER), f"/inbox/{case_number}")

    keys = page.xpath("//table[@class='comparison']//tr[td]")
    assert [key.xpath("string(.//input/@value)") for key in keys] == ["01", "02", "03", "04"]
    assert page.xpath("//fieldset//input/@value") == ["05", "06", "07", "08", "09"]


def test_the_list_stays_at_its_place(browsers: Browsers, database: Database) -> None:
    first, second = (open_case(database, point_number=number) for number in (POINT, SECOND_POINT))

    page = get(browsers.of(DECIDER), f"/inbox/{second}?area=03&due=later")

    links = page.xpath("//section[@aria-labelledby='list-title']//th/a/@href")
    assert links == [f"/inbox/{number}?area=03&due=later#referral" for number in (first, second)]
    assert page.xpath("//a[text()='受信箱へ戻る']/@href") == ["/inbox?area=03&due=later"]
    assert page.xpath("//nav[@aria-label='前後の取次']/a[@rel]/@href") == [f"/inbox/{first}?area=03&due=later#referral"]


def test_what_follows_is_said_before_it_is_sent(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)

    text = get(browsers.of(DECIDER), f"/inbox/{case_number}").text_content()

    assert "承諾すると、この廃止取次は「申請待ち・申請中」に進み、判断を取り消すことはできません。" in text
    assert "否認すると、この案件は「否認」で終了し、判断を取り消すことはできません。" in text


def test_who_may_only_look_compares_and_sends_nothing(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)

    page = get(browsers.of(COLLEAGUE), f"/inbox/{case_number}")

    assert compared(page)["契約番号"] == CONTRACT_NUMBER
    assert page.xpath("//form[@class='decide'] | //input[@type='checkbox']") == []
    assert "判断は、取次判断の権限がある担当者だけが行えます。" in page.text_content()


def test_what_was_decided_cannot_be_decided_again(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        accept(session, case_number)

    page = get(browsers.of(DECIDER), f"/inbox/{case_number}", status=409)

    assert "「申請待ち・申請中」のため、判断できません。" in page.text_content()
    assert page.xpath("//form[@class='decide']") == []


@pytest.mark.parametrize("person", [NEW_SIDE, STRANGER], ids=lambda person: person.user_id)
def test_what_is_in_no_inbox_of_theirs_is_not_found(browsers: Browsers, database: Database, person: Person) -> None:
    case_number, client = open_case(database), browsers.of(person)

    assert client.get(f"/inbox/{case_number}").status_code == 404
    assert rows(database, "SELECT * FROM data_reads") == []


def test_a_foreign_one_answers_exactly_as_one_that_does_not_exist(browsers: Browsers, database: Database) -> None:
    case_number, client = open_case(database), browsers.of(STRANGER)

    assert status_and_text(client.get(f"/inbox/{case_number}")) == status_and_text(client.get(f"/inbox/{NOWHERE}"))


def test_the_hub_operator_has_no_inbox(browsers: Browsers, database: Database) -> None:
    get(browsers.of(OPERATOR), f"/inbox/{open_case(database)}", status=403)
