"""Several referrals decided on at once: chosen in the list, compared on one page, each its own command."""

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement

from deploy.samples import Person
from models.database import Database
from schemas.codes import CasePhase, Segment
from tests.support.case_stages import accept
from tests.support.case_steps import obey_all
from tests.support.cast import COLLEAGUE, CONTRACT_NUMBER, DECIDER, NEW_SIDE, OPERATOR, OTHER, STRANGER
from tests.support.database_contents import all_of_cases, rows
from tests.support.hub import Hub
from tests.support.moments import soon
from tests.support.referrals import amend, open_case
from tests.web.conftest import Browsers
from tests.web.decision.test_drafts import end_sessions, log_in
from tests.web.inbox.test_inbox import point
from tests.web.pages import Values, get, page_of, send, words

CHOSEN, ALL = "選んだ取次をまとめて判断する", "このページのすべてをまとめて判断する"
OK, NG = "印の付いた取次を承諾する", "印の付いた取次を否認する"
TICKED = "//input[@name='rows' and @checked]/@value"


def chosen(client: FlaskClient, numbers: list[str], query: str = "") -> HtmlElement:
    """Choose rows of the list, and open the page that compares them."""
    answer = send(client, get(client, f"/inbox{query}"), {"cases": numbers}, button=CHOSEN)
    assert answer.status_code == 303
    return get(client, answer.location)


def decided(client: FlaskClient, page: HtmlElement, values: Values | None = None, *, button: str = OK) -> HtmlElement:
    answer = send(client, page, values, button=button)
    assert answer.status_code == 303
    return get(client, answer.location)


def outcomes(page: HtmlElement) -> dict[str, str]:
    return {words(row, "th")[0]: words(row, "td[2]")[0] for row in page.xpath("//tbody/tr")}


def banner(page: HtmlElement) -> str:
    return words(page, "//div[contains(@class, 'banner')]")[0]


def decisions(database: Database) -> int:
    return len(rows(database, "SELECT 1 FROM messages WHERE interface_number = '12410'"))


def several(database: Database, count: int) -> list[str]:
    return [open_case(database, point_number=point(number)) for number in range(1, count + 1)]


def test_each_is_a_command_of_its_own_with_its_own_message_id(working_browsers: Browsers, hub: Hub) -> None:
    numbers = [hub.open(point_number=point(number)) for number in (1, 2, 3)]
    client = working_browsers.of(DECIDER)

    result = decided(client, chosen(client, numbers[:2]))

    assert outcomes(result) == dict.fromkeys(numbers[:2], "完了")
    sent = rows(hub.database, "SELECT case_number, message_id FROM messages WHERE interface_number = '12410'")
    assert {number for number, _ in sent} == set(numbers[:2])
    assert len({message_id for _, message_id in sent}) == 2
    assert hub.state(numbers[2]).phase is CasePhase.AWAITING_DECISION


def test_they_are_compared_on_one_page_and_each_is_on_record(browsers: Browsers, database: Database) -> None:
    numbers = several(database, 2)
    client = browsers.of(DECIDER)

    page = chosen(client, numbers)

    assert words(page, "//h1") == ["取次判断（2件）"]
    assert words(page, "//tbody/tr/td[2]") == [CONTRACT_NUMBER] * 2
    assert "承諾すると" in page.text_content() and "否認すると" in page.text_content()
    reads = rows(database, "SELECT user_id, subject, purpose FROM data_reads ORDER BY id")
    assert set(reads) == {(DECIDER.user_id, number, "画面:受信箱（まとめて照合）") for number in numbers}
    assert decisions(database) == 0


def test_all_of_the_page_can_be_chosen_at_once(browsers: Browsers, database: Database) -> None:
    numbers = several(database, 3)
    high = open_case(database, point_number=point(9), segment=Segment.HIGH_VOLTAGE)
    client = browsers.of(DECIDER)

    page = get(client, send(client, get(client, "/inbox?segment=low_voltage"), button=ALL).location)

    assert words(page, "//tbody//th/a") == numbers and high not in page.text_content()
    assert page.xpath("//a[text()='送信せずに受信箱へ戻る']/@href") == ["/inbox?segment=low_voltage"]


def test_what_is_ticked_off_is_not_sent(open_browsers: Browsers, database: Database) -> None:
    first, second = several(database, 2)
    client = open_browsers.of(DECIDER)
    page = chosen(client, [first, second])

    decided(client, page, {"rows": [page.xpath(TICKED)[1]]})

    assert rows(database, "SELECT case_number FROM messages WHERE interface_number = '12410'") == [(second,)]


def test_a_rejection_has_the_same_reasons_for_all(working_browsers: Browsers, hub: Hub) -> None:
    numbers = [hub.open(point_number=point(number)) for number in (1, 2)]
    client = working_browsers.of(DECIDER)

    result = decided(client, chosen(client, numbers), {"reasons": ["05"]}, button=NG)

    assert outcomes(result) == dict.fromkeys(numbers, "完了")
    assert [[reason.value for reason in hub.state(number).rejection_reasons] for number in numbers] == [["05"], ["05"]]


def test_sent_twice_they_are_the_same_ones(working_browsers: Browsers, hub: Hub) -> None:
    numbers = [hub.open(point_number=point(number)) for number in (1, 2)]
    client = working_browsers.of(DECIDER)
    page = chosen(client, numbers)

    first, second = decided(client, page), decided(client, page)

    assert outcomes(first) == outcomes(second) == dict.fromkeys(numbers, "完了")
    assert decisions(hub.database) == 2


def test_one_that_is_refused_is_said_and_the_rest_is_done(working_browsers: Browsers, hub: Hub) -> None:
    numbers = [hub.open(point_number=point(number)) for number in (1, 2, 3)]
    client = working_browsers.of(DECIDER)
    page = chosen(client, numbers)
    with hub.database.transaction() as session:
        accept(session, numbers[0])
    with hub.database.transaction() as session:
        amend(session, numbers[1], wished_date=soon(session), point_number=point(2))
    hub.hand_over(numbers[1])

    result = decided(client, page)

    assert outcomes(result) == {numbers[0]: "受付不可", numbers[1]: "受付不可", numbers[2]: "完了"}
    assert "取次は版2に訂正されています" in result.text_content()


def test_while_outcomes_are_open_they_say_so_and_all_are_stored(open_browsers: Browsers, database: Database) -> None:
    numbers = several(database, 3)
    client = open_browsers.of(DECIDER)

    result = decided(client, chosen(client, numbers))

    assert outcomes(result) == dict.fromkeys(numbers, "結果未確定")
    assert "3件は保存されましたが、結果がまだ確定していません。" in banner(result)
    with database.transaction() as session:
        for number in numbers:
            obey_all(session, number)
    again = get(client, result.xpath("//a[text()='結果を確認する']/@href")[0])
    assert outcomes(again) == dict.fromkeys(numbers, "完了")


def test_who_comes_back_to_what_was_sent_sees_what_became_of_it(open_browsers: Browsers, database: Database) -> None:
    numbers, client = several(database, 2), open_browsers.of(DECIDER)
    compared = send(client, get(client, "/inbox?area=03"), {"cases": numbers}, button=CHOSEN).location
    decided(client, get(client, compared))

    answer = client.get(compared)

    assert (answer.status_code, answer.location) == (303, compared.replace("?", "/outcomes?"))
    assert outcomes(get(client, answer.location)) == dict.fromkeys(numbers, "結果未確定")


def test_another_answer_from_the_same_form_is_not_taken_for_the_first(
    open_browsers: Browsers, database: Database
) -> None:
    numbers = several(database, 2)
    client = open_browsers.of(DECIDER)
    page = chosen(client, numbers)
    decided(client, page)

    result = decided(client, page, {"reasons": ["01"]}, button=NG)

    assert outcomes(result) == dict.fromkeys(numbers, "受付不可")
    assert decisions(database) == 2


@pytest.mark.parametrize(
    ("values", "button", "words_of_it"),
    [
        ({}, NG, "否認にはNG理由が1つ以上必要です。"),
        ({"reasons": ["01"]}, OK, "承諾にはNG理由を指定できません。"),
        ({"reasons": ["09"]}, NG, "内容の説明が必要です。"),
        ({"rows": []}, OK, "判断する取次を1件以上選んでください。"),
        ({"reasons": ["02"]}, "送信せずに確かめる", "取次判断は必須です。"),
    ],
)
def test_what_does_not_fit_together_is_said_and_nothing_is_sent(
    values: Values, button: str, words_of_it: str, browsers: Browsers, database: Database
) -> None:
    numbers = several(database, 2)
    client = browsers.of(DECIDER)

    page = decided(client, chosen(client, numbers), values, button=button)

    assert words_of_it in banner(page)
    assert words(page, "//tbody//th/a") == numbers, "none that was chosen is lost"
    assert page.xpath("//input[@name='reasons' and @checked]/@value") == list(values.get("reasons", []))
    assert decisions(database) == 0


def test_what_changed_since_it_was_chosen_is_said_on_the_page(browsers: Browsers, database: Database) -> None:
    decided_meanwhile, amended, open_still = several(database, 3)
    client = browsers.of(DECIDER)
    answer = send(client, get(client, "/inbox"), button=ALL)
    with database.transaction() as session:
        accept(session, decided_meanwhile)
        amend(session, amended, wished_date=soon(session), point_number=point(2))
        obey_all(session, amended)

    page = get(client, answer.location)

    assert "「申請待ち・申請中」のため、判断できません。" in page.text_content()
    assert "版2に訂正されました。" in page.text_content()
    assert [value.partition(":")[0] for value in page.xpath(TICKED)] == [open_still]


def test_without_any_chosen_the_list_says_so(browsers: Browsers, database: Database) -> None:
    several(database, 2)
    client = browsers.of(DECIDER)

    page = get(client, send(client, get(client, "/inbox?area=03"), button=CHOSEN).location)

    assert "1件以上50件以下で選んでください。" in banner(page)


def test_only_ones_own_are_taken(browsers: Browsers, database: Database) -> None:
    own, foreign = open_case(database), open_case(database, point_number=point(2), current_retailer_code=OTHER)
    client = browsers.of(DECIDER)
    token = get(client, "/inbox").xpath("string(//input[@name='csrf_token']/@value)")

    def taken(*numbers: str) -> list[str]:
        answer = client.post("/inbox/chosen", data={"csrf_token": token, "cases": list(numbers)})
        return words(get(client, answer.location), "//form[@class='decide']//th/a")

    assert taken(own, foreign, "x", "\x00") == [own]
    assert taken(foreign) == taken("SW03L20260101999999990") == taken(*map(str, range(60))) == []
    assert {subject for (subject,) in rows(database, "SELECT subject FROM data_reads")} == {own}


@pytest.mark.parametrize("listed", [[], ["x"], ["SW03L20260101999999990:1:M-1"], ["::"], ["\x00"]])
def test_a_form_that_was_not_made_here_is_refused(listed: list[str], browsers: Browsers, database: Database) -> None:
    client = browsers.of(DECIDER)
    page = chosen(client, several(database, 1))
    (action,) = page.xpath("//form[@class='decide']/@action")
    token = page.xpath("string(//input[@name='csrf_token']/@value)")

    data = {"csrf_token": token, "listed": listed, "rows": listed, "decision": "accept"}
    page_of(client.post(action, data=data), status=400)

    assert decisions(database) == 0


@pytest.mark.parametrize("person", [COLLEAGUE, NEW_SIDE, STRANGER, OPERATOR], ids=lambda person: person.user_id)
def test_nobody_else_decides_by_it(person: Person, browsers: Browsers, database: Database) -> None:
    page = chosen(browsers.of(DECIDER), several(database, 2))
    (action,) = page.xpath("//form[@class='decide']/@action")
    fields = {"listed": page.xpath(TICKED), "rows": page.xpath(TICKED), "decision": "accept"}
    other = browsers.of(person)
    token = get(other, "/").xpath("string(//input[@name='csrf_token']/@value)")
    before = all_of_cases(database)

    seen = other.get(action)
    other.post(action, data=fields | {"csrf_token": token})

    assert CONTRACT_NUMBER not in seen.get_data(as_text=True)
    assert all_of_cases(database) == before
    if person in (COLLEAGUE, OPERATOR):
        assert seen.status_code == 403
        assert get(browsers.of(COLLEAGUE), "/inbox").xpath("//input[@type='checkbox']") == []


def test_a_choice_that_is_no_more_leads_back_to_the_list(browsers: Browsers, database: Database) -> None:
    client = browsers.of(DECIDER)

    for path in ("/inbox/chosen/" + "0" * 32, "/inbox/chosen/" + "0" * 32 + "/outcomes"):
        answer = client.get(f"{path}?area=03")
        assert (answer.status_code, answer.location) == (303, "/inbox?area=03")
        assert "何も送信していません。" in banner(get(client, answer.location))
    get(client, "/inbox/chosen/x", status=404)


def test_after_a_session_that_ended_in_the_middle_what_was_ticked_is_there(
    browsers: Browsers, database: Database
) -> None:
    client = browsers.of(DECIDER)
    page = chosen(client, several(database, 2))
    end_sessions(database)

    login = get(client, send(client, page, {"reasons": ["02"]}, button=NG).location)
    page = get(client, log_in(client, DECIDER, login))

    assert page.xpath("//input[@name='reasons' and @checked]/@value") == ["02"]
    assert len(page.xpath(TICKED)) == 2
    assert decisions(database) == 0
