"""Deciding from beside the inbox: the decision is sent once, and the next referral is there with a word on the last."""

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement

from deploy.samples import Person
from models.database import Database
from rules.procedure.outcomes import HistoryKind
from schemas.codes import CasePhase
from tests.support.case_stages import accept
from tests.support.case_steps import obey_all
from tests.support.cast import COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR, POINT, SECOND_POINT
from tests.support.database_contents import all_of_cases, rows
from tests.support.hub import Hub
from tests.support.moments import soon
from tests.support.referrals import amend, open_case
from tests.web.conftest import Browsers
from tests.web.decision.test_drafts import end_sessions, log_in
from tests.web.pages import Values, get, page_of, send, words

OK, NG = "承諾を送信する", "否認を送信する"
THIRD_POINT = "0310000000000000000003"


def opened(client: FlaskClient, case_number: str, query: str = "") -> HtmlElement:
    return get(client, f"/inbox/{case_number}{query}")


def banner(page: HtmlElement) -> str:
    return words(page, "//div[contains(@class, 'banner')]")[0]


def decisions(database: Database) -> int:
    return len(rows(database, "SELECT 1 FROM messages WHERE interface_number = '12410'"))


def heading(page: HtmlElement) -> str:
    return words(page, "//h1")[0]


def test_an_acceptance_leads_to_the_next_referral_with_a_word_on_it(working_browsers: Browsers, hub: Hub) -> None:
    first, second = hub.open(point_number=POINT), hub.open(point_number=SECOND_POINT)
    client = working_browsers.of(DECIDER)

    answer = send(client, opened(client, first, "?area=03"), button=OK)

    assert answer.status_code == 303
    assert answer.location.startswith(f"/inbox/{second}?area=03&") and answer.location.endswith("#referral")
    page = get(client, answer.location)
    assert f"{first} を承諾しました。" in banner(page) and "スイッチング廃止申請（10710）" in banner(page)
    assert heading(page) == f"取次判断 {second}"
    assert hub.state(first).phase is CasePhase.AWAITING_APPLICATIONS


def test_a_rejection_brings_the_marked_keys_to_the_case(working_browsers: Browsers, hub: Hub) -> None:
    case_number, client = hub.open(), working_browsers.of(DECIDER)
    values: Values = {"reasons": ["03", "09"], "text": "契約者死亡のため要確認"}

    answer = send(client, opened(client, case_number), values, button=NG)

    page = get(client, answer.location)
    assert (heading(page), f"{case_number} を否認しました。" in banner(page)) == ("受信箱", True), "none is left"
    state = hub.state(case_number)
    assert (state.phase, [reason.value for reason in state.rejection_reasons]) == (CasePhase.REJECTED, ["03", "09"])


def test_what_came_by_itself_is_sent_only_after_a_press_that_says_the_consequence(
    open_browsers: Browsers, database: Database
) -> None:
    first = open_case(database)
    open_case(database, point_number=SECOND_POINT)
    client = open_browsers.of(DECIDER)
    chosen = opened(client, first)

    came = get(client, send(client, chosen, button=OK).location)

    assert [page.xpath("count(//details[@open])") for page in (chosen, came)] == [1, 0]
    for page in (chosen, came):
        assert page.xpath(f"//details//button[text()='{OK}']")


def test_enter_in_a_field_sends_nothing(browsers: Browsers, database: Database) -> None:
    case_number, client = open_case(database), browsers.of(DECIDER)
    page = opened(client, case_number)
    default = words(page, "//form[@class='decide']//button")[0]  # which Enter presses

    page = get(client, send(client, page, {"reasons": ["02"]}, button=default).location)

    assert "取次判断は必須です。" in banner(page)
    assert page.xpath("//input[@checked]/@value") == ["02"]
    assert decisions(database) == 0


def test_a_double_click_sends_once_and_leads_to_the_same(working_browsers: Browsers, hub: Hub) -> None:
    first, *_ = (hub.open(point_number=number) for number in (POINT, SECOND_POINT, THIRD_POINT))
    client = working_browsers.of(DECIDER)
    page = opened(client, first)

    answers = [send(client, page, button=OK) for _ in range(2)]

    assert answers[0].location == answers[1].location
    assert decisions(hub.database) == 1
    assert hub.lines(first) == [HistoryKind.REGISTERED, HistoryKind.ACCEPTED]


def test_what_was_skipped_is_not_come_back_to_before_the_end(open_browsers: Browsers, database: Database) -> None:
    first, second, third = (open_case(database, point_number=number) for number in (POINT, SECOND_POINT, THIRD_POINT))
    client = open_browsers.of(DECIDER)

    after_second = send(client, opened(client, second), button=OK)
    for number in (second, third):
        with database.transaction() as session:
            obey_all(session, number)
    after_third = send(client, opened(client, third), button=OK)

    assert after_second.location.startswith(f"/inbox/{third}?")
    assert after_third.location.startswith(f"/inbox/{first}?"), "the first of what is left"


def test_while_the_outcome_is_open_it_says_so(open_browsers: Browsers, database: Database) -> None:
    case_number, client = open_case(database), open_browsers.of(DECIDER)

    page = get(client, send(client, opened(client, case_number), button=OK).location)

    assert "結果がまだ確定していません。" in banner(page)


@pytest.mark.parametrize(
    ("values", "button", "words_of_it"),
    [
        ({}, NG, "否認にはNG理由が1つ以上必要です。"),
        ({"reasons": ["01"]}, OK, "承諾にはNG理由を指定できません。"),
        ({"reasons": ["09"]}, NG, "内容の説明が必要です。"),
        ({"text": "別人"}, OK, "09）を指定したときだけ"),
        ({"reasons": ["99"]}, NG, "NG理由は次のいずれかです"),
        ({"reasons": ["09"], "text": "a\x00b"}, NG, "使えません。"),
    ],
)
def test_what_does_not_fit_together_is_said_there_and_nothing_is_sent(
    values: Values, button: str, words_of_it: str, browsers: Browsers, database: Database
) -> None:
    case_number, client = open_case(database), browsers.of(DECIDER)

    answer = send(client, opened(client, case_number, "?area=03"), values, button=button)
    page = get(client, answer.location)

    assert answer.location == f"/inbox/{case_number}?area=03#referral"
    assert words_of_it in banner(page)
    assert set(page.xpath("//input[@checked]/@value")) >= set(values.get("reasons", [])) - {"99"}
    assert decisions(database) == 0


def test_what_was_amended_meanwhile_is_refused_and_shown_anew(working_browsers: Browsers, hub: Hub) -> None:
    case_number, client = hub.open(), working_browsers.of(DECIDER)
    page = opened(client, case_number)
    with hub.database.transaction() as session:
        amend(session, case_number, wished_date=soon(session), holder_name="髙橋　次郎")
    hub.hand_over(case_number)

    anew = get(client, send(client, page, button=OK).location)

    assert "判断は受け付けられませんでした。" in banner(anew) and "改めて照合し" in banner(anew)
    assert "髙橋　次郎" in anew.text_content()
    assert anew.xpath("//input[@name='version']/@value") == ["2"]
    assert hub.state(case_number).phase is CasePhase.AWAITING_DECISION


def test_another_decision_from_the_same_form_is_not_taken_for_the_first(
    open_browsers: Browsers, database: Database
) -> None:
    case_number, client = open_case(database), open_browsers.of(DECIDER)
    page = opened(client, case_number)
    send(client, page, button=OK)

    again = page_of(send(client, page, {"reasons": ["01"]}, button=NG), status=409)

    assert "別の内容がすでに送信されています。" in banner(again)
    assert decisions(database) == 1


def test_what_was_decided_meanwhile_is_refused_by_the_case(working_browsers: Browsers, hub: Hub) -> None:
    case_number, client = hub.open(), working_browsers.of(DECIDER)
    page = opened(client, case_number)
    with hub.database.transaction() as session:
        accept(session, case_number)

    refused = get(client, send(client, page, button=OK).location, status=409)

    assert "判断は受け付けられませんでした。" in banner(refused)


@pytest.mark.parametrize(
    ("person", "status"), [(COLLEAGUE, 403), (NEW_SIDE, 403), (OPERATOR, 403)], ids=["colleague", "other side", "hub"]
)
def test_who_may_not_decide_is_told_so(person: Person, status: int, browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    page, other = opened(browsers.of(DECIDER), case_number), browsers.of(person)
    fields = {field.get("name"): field.get("value", "") for field in page.xpath("//form[@class='decide']//input")}
    token = get(other, f"/cases/{case_number}").xpath("string(//input[@name='csrf_token']/@value)")
    before = all_of_cases(database)

    answer = other.post(f"/inbox/{case_number}", data=fields | {"csrf_token": token, "decision": "accept"})

    page_of(answer, status=status)
    assert all_of_cases(database) == before


@pytest.mark.parametrize("spoilt", [{"csrf_token": ""}, {"message_id": "M-1"}, {"version": "x"}, {"message_id": ""}])
def test_a_form_that_was_not_made_here_is_refused(
    spoilt: dict[str, str], browsers: Browsers, database: Database
) -> None:
    case_number, client = open_case(database), browsers.of(DECIDER)
    page = opened(client, case_number)
    fields = {field.get("name"): field.get("value", "") for field in page.xpath("//form[@class='decide']//input")}

    page_of(client.post(f"/inbox/{case_number}", data=fields | {"decision": "accept"} | spoilt), status=400)

    assert decisions(database) == 0


@pytest.mark.parametrize("here", ["1.x.y.\x00", "1.\x00", "x", "9" * 5000], ids=["three", "nul", "none", "long"])
def test_a_place_that_is_none_of_ours_leads_to_the_first(
    here: str, open_browsers: Browsers, database: Database
) -> None:
    first, second = (open_case(database, point_number=number) for number in (POINT, SECOND_POINT))
    client = open_browsers.of(DECIDER)

    answer = send(client, opened(client, second), {"here": here}, button=OK)

    assert answer.location.startswith(f"/inbox/{first}?")


def test_a_word_on_a_decision_that_nobody_here_sent_is_not_found(browsers: Browsers, database: Database) -> None:
    case_number, client = open_case(database), browsers.of(DECIDER)

    for query in (f"sent={case_number}", f"sent={case_number}&message=WEB-1", "sent=x&message=y", "sent=%00"):
        get(client, f"/inbox?{query}", status=404)
        get(client, f"/inbox/{case_number}?{query}", status=404)


def test_after_a_session_that_ended_in_the_middle_what_was_marked_is_there(
    browsers: Browsers, database: Database
) -> None:
    case_number, client = open_case(database), browsers.of(DECIDER)
    page = opened(client, case_number)
    end_sessions(database)

    login = get(client, send(client, page, {"reasons": ["02"]}, button=NG).location)
    came_to = log_in(client, DECIDER, login)

    assert came_to == f"/inbox/{case_number}"
    assert get(client, came_to).xpath("//input[@checked]/@value") == ["02"]
    assert decisions(database) == 0


def test_comparing_and_sending_are_on_record_with_the_message(open_browsers: Browsers, database: Database) -> None:
    case_number, client = open_case(database), open_browsers.of(DECIDER)
    page = opened(client, case_number)
    send(client, page, button=OK)

    (message_id,) = page.xpath("//input[@name='message_id']/@value")
    assert rows(database, "SELECT user_id, subject, purpose, message_id FROM data_reads ORDER BY id") == [
        (DECIDER.user_id, case_number, "画面:受信箱（照合）", ""),
        (DECIDER.user_id, case_number, "画面:受信箱（判断の送信）", message_id),
    ]


def test_a_form_from_before_a_login_in_another_tab_is_gone_on_with(browsers: Browsers, database: Database) -> None:
    case_number, client = open_case(database), browsers.of(DECIDER)
    page = opened(client, case_number)
    send(client, get(client, "/"), button="ログアウト")
    log_in(client, DECIDER, get(client, "/login"))

    answer = send(client, page, {"reasons": ["02"]}, button=NG)
    anew = get(client, answer.location)

    assert answer.location == f"/inbox/{case_number}"
    assert "まだ送信していません。" in words(anew, "//*[@role='status']")[0]
    assert anew.xpath("//input[@checked]/@value") == ["02"]
    assert decisions(database) == 0
