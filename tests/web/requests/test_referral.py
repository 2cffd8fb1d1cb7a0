"""廃止取次 at the screen: registered, corrected, taken back; what follows is said before, and it is sent once."""

from typing import Any

import pytest

from deploy.samples import Person
from models.database import Database
from schemas.codes import CasePhase, ProcessKind
from schemas.interfaces.referral import REFERRAL
from tests.support.case_steps import case_state, obey_all
from tests.support.cast import COLLEAGUE, CURRENT, DECIDER, NEW, NEW_SIDE, OPERATOR, POINT, STRANGER
from tests.support.database_contents import rows
from tests.support.hub import Hub
from tests.support.referrals import open_case
from tests.web.conftest import Browsers
from tests.web.pages import get, page_of, send, words
from tests.web.requests.walking import SEND, address, confirmed, facts_of, result_of, sent_back, typed, value

FORM = address(REFERRAL)
REGISTER, AMEND, WITHDRAW = (SEND[process] for process in ProcessKind)


def messages(database: Database) -> list[tuple[Any, ...]]:
    return rows(database, "SELECT retailer_code, user_id, interface_number FROM messages ORDER BY seq")


def reads(database: Database) -> list[tuple[Any, ...]]:
    return rows(database, "SELECT user_id, purpose, subject FROM data_reads")


def banner(page: Any) -> str:
    return words(page, "//div[contains(@class, 'banner')]")[0]


@pytest.mark.usefixtures("retailers")
def test_it_is_registered_and_the_number_is_there_to_go_on_with(open_browsers: Browsers, database: Database) -> None:
    client = open_browsers.of(NEW_SIDE)
    page = confirmed(client, get(client, FORM), typed(REFERRAL, database, currentRetailerCode=CURRENT))
    said, shown = banner(page), facts_of(page)
    assert f"現小売（{CURRENT} みなと電気株式会社）の受信箱に届き" in said
    assert "判断期限" in said and "申請期限" in said and "貴社の名称、電話番号" in said
    assert (shown["処理区分"], shown["供給地点特定番号"]) == ("登録", POINT)
    assert "廃止取次番号" not in shown, "a registration has none yet"
    assert messages(database) == []

    result = result_of(client, send(client, page, button=REGISTER))

    assert messages(database) == [(NEW, NEW_SIDE.user_id, "12110")]
    number = words(result, "//*[@class='copied']")[0]
    assert "スイッチング廃止取次の登録を受け付けました。" in banner(result)
    assert facts_of(result)["状態（回答時）"] == "判断待ち"
    assert result.xpath("//main//a[normalize-space()='案件へ']/@href") == [f"/cases/{number}"]
    assert "髙橋" not in result.text_content()
    assert rows(database, "SELECT * FROM form_drafts") == []
    assert value(get(client, FORM), "holderName") == "", "the next one starts empty"


@pytest.mark.usefixtures("retailers")
@pytest.mark.usefixtures("retailers")
def test_what_is_left_out_is_said_to_be_with_what_that_means(open_browsers: Browsers, database: Database) -> None:
    client = open_browsers.of(NEW_SIDE)
    values = {**typed(REFERRAL, database, currentRetailerCode=CURRENT), "meterWork": ""}

    page = confirmed(client, get(client, FORM), values)

    assert facts_of(page)["計器工事の要否"] == "指定しない 計器工事が要るかどうか。省略すると「要」として扱う。"


@pytest.mark.usefixtures("retailers")
@pytest.mark.parametrize("day", ["2000-01-01", "2199-12-31"])
def test_a_day_that_is_far_off_is_confirmed_and_refused_at_its_field(
    day: str, open_browsers: Browsers, database: Database
) -> None:
    client = open_browsers.of(NEW_SIDE)
    values = typed(REFERRAL, database, currentRetailerCode=CURRENT, wishedDate=day)

    page = confirmed(client, get(client, FORM), values)
    refused = page_of(send(client, page, button=REGISTER), status=422)

    (error,) = words(refused, "//*[@id='field-wishedDate-error']")
    assert "異動希望日は" in error


@pytest.mark.usefixtures("retailers")
def test_however_often_it_is_sent_it_is_one(open_browsers: Browsers, database: Database) -> None:
    client = open_browsers.of(NEW_SIDE)
    page = confirmed(client, get(client, FORM), typed(REFERRAL, database, currentRetailerCode=CURRENT))

    answers = [send(client, page, button=REGISTER) for _ in range(3)]

    assert len({answer.location for answer in answers}) == 1
    assert len(messages(database)) == len(rows(database, "SELECT 1 FROM cases")) == 1


@pytest.mark.usefixtures("retailers")
def test_all_that_is_wrong_is_told_at_once_beside_its_field_and_what_was_typed_stays(
    open_browsers: Browsers, database: Database
) -> None:
    client = open_browsers.of(NEW_SIDE)

    page = sent_back(client, get(client, FORM), {"pointNumber": "123", "holderName": "髙橋　太郎"})

    linked = page.xpath("//*[@role='alert']//a/@href")
    assert linked[0] == "#field-pointNumber"
    assert {"#field-currentRetailerCode", "#field-wishedDate", "#field-consent-obtainedOn"} <= set(linked)
    assert (value(page, "pointNumber"), value(page, "holderName")) == ("123", "髙橋　太郎")
    assert page.xpath("//*[@name='caseNumber' or @name='processKind']") == []
    assert messages(database) == []


def test_what_is_typed_wrongly_is_told_with_its_code_and_with_what_to_do(
    open_browsers: Browsers, database: Database
) -> None:
    client = open_browsers.of(NEW_SIDE)
    values = typed(REFERRAL, database, currentRetailerCode="12")

    page = sent_back(client, get(client, FORM), values)

    (summary,) = words(page, "//*[@role='alert']")
    (error,) = words(page, "//*[@id='field-currentRetailerCode-error']")
    assert "HUB-F001" in summary
    assert error.removeprefix("エラー: ") in summary
    assert error.endswith("ください。")


@pytest.mark.usefixtures("retailers")
def test_what_the_hub_refuses_is_told_beside_its_field_with_its_code_and_sent_anew(
    open_browsers: Browsers, database: Database
) -> None:
    client = open_browsers.of(NEW_SIDE)
    values = typed(REFERRAL, database, currentRetailerCode=NEW)
    confirmation = confirmed(client, get(client, FORM), values)

    page = page_of(send(client, confirmation, button=REGISTER), status=422)

    assert "HUB-B001" in words(page, "//*[@role='alert']")[0]
    assert words(page, "//*[@id='field-currentRetailerCode-error']") == [
        "エラー: 現小売電気事業者に自社を指定できません。需要者が現在契約している事業者を指定してください。"
    ]
    assert value(page, "holderName") == values["holderName"]
    assert value(page, "messageId") != value(confirmation, "messageId"), "the refusal is final: it is another message"
    again = confirmed(client, page, {"currentRetailerCode": CURRENT})
    assert "受け付けました。" in banner(result_of(client, send(client, again, button=REGISTER)))


def test_a_correction_starts_with_what_was_sent_on_record(open_browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    client = open_browsers.of(NEW_SIDE)
    case = get(client, f"/cases/{case_number}")
    (link,) = case.xpath("//section[@aria-labelledby='actions']//a[normalize-space()='取次訂正']/@href")
    before = len(reads(database))

    page = get(client, link)

    assert link == address(REFERRAL, ProcessKind.AMEND, subject=case_number)
    assert value(page, "holderName") == "髙橋　太郎"
    assert value(page, "consent/obtainedBy") == "豊洲支店"
    assert page.xpath("//*[@name='pointNumber' or @name='currentRetailerCode' or @name='caseNumber']") == []
    shown = facts_of(page)
    assert (shown["廃止取次番号"], shown["供給地点特定番号"]) == (case_number, POINT)
    purpose = "画面:スイッチング廃止取次登録（訂正）"
    assert reads(database)[before:] == [(NEW_SIDE.user_id, purpose, case_number)]


def test_before_a_correction_is_sent_it_is_said_what_it_changes(open_browsers: Browsers, database: Database) -> None:
    form = address(REFERRAL, ProcessKind.AMEND, subject=open_case(database))
    client = open_browsers.of(NEW_SIDE)

    same = confirmed(client, get(client, form))
    other = confirmed(client, get(client, form), {"holderName": "髙橋　次郎", "consent/obtainedBy": "銀座支店"})

    content = "//section[@aria-labelledby='content']/p"
    told = "前に送った内容と同じです。訂正するものがなければ、送信せずに戻ってください。"
    assert words(same, content) == [told]
    assert words(other, content) == ["前に送った内容から変わる項目: 契約名義、本人同意"]


def test_a_correction_reaches_the_case(working_browsers: Browsers, hub: Hub) -> None:
    case_number = hub.open()
    client = working_browsers.of(NEW_SIDE)
    form = get(client, address(REFERRAL, ProcessKind.AMEND, subject=case_number))
    page = confirmed(client, form, {"holderName": "髙橋　次郎"})
    assert "版が1つ上がり" in banner(page)

    result = result_of(client, send(client, page, button=AMEND))

    assert "訂正を受け付けました。" in banner(result)
    assert (facts_of(result)["版"], hub.state(case_number).version) == ("2", 2)
    assert "髙橋　次郎" in get(working_browsers.of(DECIDER), f"/cases/{case_number}").text_content()


def test_it_is_taken_back_after_one_look_at_what_follows(working_browsers: Browsers, hub: Hub) -> None:
    case_number = hub.open()
    client = working_browsers.of(NEW_SIDE)

    page = get(client, address(REFERRAL, ProcessKind.WITHDRAW, subject=case_number))

    assert "現在の契約が続きます" in banner(page) and "元に戻せません" in banner(page)
    answers = [send(client, page, button=WITHDRAW) for _ in range(2)]
    result = result_of(client, answers[1])
    assert answers[0].location == answers[1].location
    assert "取消を受け付けました。" in banner(result)
    assert hub.state(case_number).phase is CasePhase.WITHDRAWN
    blocked = get(client, address(REFERRAL, ProcessKind.WITHDRAW, subject=case_number), status=409)
    assert "いまの状態では" in banner(blocked)


def test_an_open_outcome_is_said_to_be_open_and_can_be_asked_for_again(
    open_browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    client = open_browsers.of(NEW_SIDE)
    page = get(client, address(REFERRAL, ProcessKind.WITHDRAW, subject=case_number))
    answer = send(client, page, button=WITHDRAW)

    result = result_of(client, answer)

    assert "結果がまだ確定していません。" in banner(result)
    assert result.xpath("//main//a[normalize-space()='結果を確認する']/@href") == [answer.location]
    with database.transaction() as session:
        obey_all(session, case_number)
        assert case_state(session, case_number).phase is CasePhase.WITHDRAWN
    assert "受け付けました。" in banner(get(client, answer.location))


def test_what_a_case_refuses_is_shown_with_the_result(open_browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    client = open_browsers.of(NEW_SIDE)
    withdrawal = get(client, address(REFERRAL, ProcessKind.WITHDRAW, subject=case_number))
    amendment = confirmed(client, get(client, address(REFERRAL, ProcessKind.AMEND, subject=case_number)))
    send(client, withdrawal, button=WITHDRAW)
    sent = send(client, amendment, button=AMEND)
    with database.transaction() as session:
        obey_all(session, case_number)

    page = get(client, sent.location)

    alert = words(page, "//*[@role='alert']")[0]
    assert "HUB-S002" in alert and "案件は「取消」で終了しています。" in alert


def test_the_number_of_what_is_corrected_is_asked_for_where_it_is_not_known(
    open_browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    client = open_browsers.of(NEW_SIDE)
    page = get(client, address(REFERRAL, ProcessKind.AMEND))

    found = send(client, page, {"of": f" {case_number[:6]}-{case_number[6:].lower()}"}, button="次へ進む")
    missing = page_of(send(client, page, {"of": "SW03L20260101999999990"}, button="次へ進む"), status=422)
    empty = page_of(send(client, page, button="次へ進む"), status=422)

    assert (found.status_code, found.location) == (303, address(REFERRAL, ProcessKind.AMEND, subject=case_number))
    assert "貴社のスイッチング廃止取次はありません" in words(missing, "//*[@role='alert']")[0]
    assert "番号を入力してください。" in words(empty, "//*[@role='alert']")[0]


@pytest.mark.parametrize("process", ProcessKind)
@pytest.mark.parametrize("person", [COLLEAGUE, OPERATOR], ids=lambda person: person.user_id)
def test_who_may_not_send_is_told_so(
    person: Person, process: ProcessKind, open_browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    subject = None if process is ProcessKind.REGISTER else case_number
    client = open_browsers.of(person)

    for page in ("", "/confirm"):
        get(client, address(REFERRAL, process, subject=subject) + page, status=403)
    assert "手続き" not in words(get(client, "/cases"), "//nav[@aria-label='画面']//a")
    get(client, "/requests", status=403)


@pytest.mark.parametrize("person", [STRANGER, DECIDER], ids=lambda person: person.user_id)
def test_another_retailer_corrects_nothing_and_hears_nothing(
    person: Person, open_browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    client = open_browsers.of(person)

    for process in (ProcessKind.AMEND, ProcessKind.WITHDRAW):
        form = address(REFERRAL, process, subject=case_number)
        nobodys = address(REFERRAL, process, subject="SW03L20260101999999990")
        assert get(client, form, status=404).text_content() == get(client, nobodys, status=404).text_content()
        own = get(client, FORM)
        token, message_id = value(own, "csrf_token"), value(own, "messageId")
        data = {"csrf_token": token, "messageId": message_id, "caseNumber": case_number}
        for page in ("", "/send"):
            page_of(client.post(form + page, data=data), status=404)
    assert reads(database) == []
    assert len(messages(database)) == 1


def test_a_number_that_is_smuggled_in_is_not_read(open_browsers: Browsers, database: Database) -> None:
    mine, other = open_case(database), open_case(database, point_number="0310000000000000000009")
    client = open_browsers.of(NEW_SIDE)
    page = get(client, address(REFERRAL, ProcessKind.WITHDRAW, subject=mine))
    token, message_id = value(page, "csrf_token"), value(page, "messageId")

    data = {"csrf_token": token, "messageId": message_id, "caseNumber": other, "processKind": "register"}
    client.post(address(REFERRAL, ProcessKind.WITHDRAW, subject=mine) + "/send", data=data)

    asked = rows(database, "SELECT case_number FROM messages WHERE command IS NOT NULL")
    assert asked == [(mine,)]


@pytest.mark.usefixtures("retailers")
def test_the_result_is_for_the_company_that_sent_it(open_browsers: Browsers, database: Database) -> None:
    client = open_browsers.of(NEW_SIDE)
    page = confirmed(client, get(client, FORM), typed(REFERRAL, database, currentRetailerCode=CURRENT))
    result = send(client, page, button=REGISTER).location

    get(open_browsers.of(STRANGER), result, status=404)
    get(open_browsers.of(OPERATOR), result, status=403)
    get(client, "/requests/results/M-1", status=404)


def test_a_form_that_is_not_as_the_hubs_own_is_not_taken(open_browsers: Browsers, database: Database) -> None:
    client = open_browsers.of(NEW_SIDE)

    page_of(send(client, get(client, FORM), {"messageId": "M-1"}, button="確認へ進む"), status=400)

    assert rows(database, "SELECT * FROM form_drafts") == []
