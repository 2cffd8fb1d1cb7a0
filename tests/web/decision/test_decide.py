"""廃止取次判断 at the screen: the form, the consequence, sending once, and what became of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement

from deploy.samples import Person
from models.clock import move_clock
from models.database import Database
from rules.procedure.outcomes import HistoryKind
from schemas.codes import CasePhase
from tests.support.case_stages import accept
from tests.support.case_steps import obey_all
from tests.support.cast import COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR, STRANGER
from tests.support.database_contents import all_of_cases, rows
from tests.support.hub import Hub
from tests.support.moments import soon
from tests.support.referrals import amend, open_case, withdraw
from tests.web.conftest import Browsers
from tests.web.pages import Values, get, page_of, send, status_and_text, words

NOWHERE = "SW03L20260101999999990"
ACCEPT: Values = {"decision": "accept"}
REJECT: Values = {"decision": "reject", "reasons": ["05", "09"], "text": "契約者死亡のため要確認"}
ON, CHANGE = "確認へ進む", "入力に戻る"
SEND_OK, SEND_NG = "承諾を送信する", "否認を送信する"

Confirm = Callable[[Browsers, str, Values], tuple[FlaskClient, HtmlElement]]


def form_of(client: FlaskClient, case_number: str) -> HtmlElement:
    return get(client, f"/cases/{case_number}/decision")


def confirmed(browsers: Browsers, case_number: str, values: Values) -> tuple[FlaskClient, HtmlElement]:
    """Open the page that says the consequence, in the decider's browser."""
    client = browsers.of(DECIDER)
    return client, checked(client, form_of(client, case_number), values)


def checked(client: FlaskClient, form: HtmlElement, values: Values) -> HtmlElement:
    """Send a form, and give the page that says the consequence."""
    answer = send(client, form, values, button=ON)
    assert answer.status_code == 303
    return get(client, answer.location)


def sent_back(client: FlaskClient, form: HtmlElement, values: Values, *, status: int = 200) -> HtmlElement:
    """Send a form that leads no further, and give the page of the form again."""
    answer = send(client, form, values, button=ON)
    assert (answer.status_code, answer.location) == (303, form.xpath("//form[@class='form']/@action")[0])
    return get(client, answer.location, status=status)


def banner(page: HtmlElement) -> str:
    return words(page, "//div[contains(@class, 'banner')]")[0]


def decisions(database: Database) -> int:
    return len(rows(database, "SELECT 1 FROM messages WHERE interface_number = '12410'"))


def test_an_acceptance_says_its_consequence_is_sent_and_its_result_shown(working_browsers: Browsers, hub: Hub) -> None:
    case_number = hub.open()
    client, page = confirmed(working_browsers, case_number, ACCEPT)
    assert "承諾すると、この廃止取次は「申請待ち・申請中」に進み、判断を取り消すことはできません。" in banner(page)
    assert decisions(hub.database) == 0

    answer = send(client, page, button=SEND_OK)

    assert answer.status_code == 303
    result = get(client, answer.headers["Location"])
    assert "承諾しました。" in banner(result)
    assert hub.state(case_number).phase is CasePhase.AWAITING_APPLICATIONS


def test_a_rejection_brings_its_reasons_to_the_case(working_browsers: Browsers, hub: Hub) -> None:
    case_number = hub.open()
    client, page = confirmed(working_browsers, case_number, REJECT)
    assert "否認すると、この案件は「否認」で終了し、判断を取り消すことはできません。" in banner(page)
    assert "05 該当契約なし" in page.text_content()

    result = get(client, send(client, page, button=SEND_NG).headers["Location"])

    assert "否認しました。" in banner(result)
    state = hub.state(case_number)
    assert (state.phase, [reason.value for reason in state.rejection_reasons]) == (CasePhase.REJECTED, ["05", "09"])
    case = get(working_browsers.of(NEW_SIDE), f"/cases/{case_number}")
    assert "契約者死亡のため要確認" in case.text_content()


def test_the_result_leads_on_to_the_application_and_to_the_next_case(
    open_browsers: Browsers, database: Database
) -> None:
    later = open_case(database, point_number="0310000000000000000009")
    with database.transaction() as session:
        move_clock(session, by=timedelta(minutes=1))
    case_number, last = open_case(database), open_case(database, point_number="0310000000000000000008")
    client, page = confirmed(open_browsers, case_number, ACCEPT)
    address = send(client, page, button=SEND_OK).headers["Location"]
    assert "判断を待つ案件" not in get(open_browsers.of(COLLEAGUE), address).text_content(), "it is not theirs"
    with database.transaction() as session:
        obey_all(session, case_number)

    result = get(client, address)

    assert "申請期限" in banner(result) and "スイッチング廃止申請（10710）を登録してください。" in banner(result)
    files = "//main//a[normalize-space()='廃止申請を登録する']/@href"
    assert result.xpath(files) == [f"/requests/10710/low_voltage/register/of/{case_number}"]
    assert get(open_browsers.of(COLLEAGUE), address).xpath(files) == []
    (following,) = result.xpath("//main//a[starts-with(., '次の案件を判断する')]/@href")
    assert following == f"/cases/{later}/decision"
    assert "判断を待つ案件は、ほかに2件です。" in result.text_content()
    for other in (later, last):
        with database.transaction() as session:
            accept(session, other)
    assert "判断を待つ案件は、ほかにありません。" in get(client, address).text_content()
    assert "貴社のスイッチング廃止申請を登録してください。" in banner(get(client, f"/cases/{case_number}"))


def test_a_double_click_sends_once(working_browsers: Browsers, hub: Hub) -> None:
    case_number = hub.open()
    client, page = confirmed(working_browsers, case_number, ACCEPT)

    first, second = send(client, page, button=SEND_OK), send(client, page, button=SEND_OK)

    assert first.headers["Location"] == second.headers["Location"]
    assert "承諾しました。" in banner(get(client, second.headers["Location"]))
    assert decisions(hub.database) == 1
    assert hub.lines(case_number) == [HistoryKind.REGISTERED, HistoryKind.ACCEPTED]


def test_while_the_outcome_is_open_it_says_so_and_later_the_outcome(
    open_browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    client, page = confirmed(open_browsers, case_number, ACCEPT)

    address = send(client, page, button=SEND_OK).headers["Location"]

    assert "結果がまだ確定していません。" in banner(get(client, address))
    with database.transaction() as session:
        obey_all(session, case_number)
    assert "承諾しました。" in banner(get(client, address))


def test_another_decision_from_the_same_form_is_not_taken_for_the_first(
    open_browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    client = open_browsers.of(DECIDER)
    form = form_of(client, case_number)
    accepting = checked(client, form, ACCEPT)
    rejecting = checked(client, form, REJECT)
    send(client, accepting, button=SEND_OK)

    page = page_of(send(client, rejecting, button=SEND_NG), status=409)

    assert "別の内容がすでに送信されています。" in banner(page)
    assert decisions(database) == 1


@pytest.mark.parametrize(
    ("values", "words_of_it"),
    [
        ({}, "取次判断は必須です。"),
        ({"decision": "perhaps"}, "取次判断は次のいずれかです"),
        ({"decision": "reject"}, "否認にはNG理由が1つ以上必要です。"),
        ({"decision": "reject", "reasons": ["99"]}, "NG理由は次のいずれかです"),
        ({"decision": "reject", "reasons": ["09"]}, "内容の説明が必要です。"),
        ({"decision": "reject", "reasons": ["01"], "text": "別人"}, "09）を指定したときだけ"),
        ({"decision": "reject", "reasons": ["09"], "text": "ｱｵｿﾞﾗ"}, "使えません。"),
        ({"decision": "reject", "reasons": ["09"], "text": "a\x00b"}, "使えません。"),
        ({"decision": "reject", "reasons": ["01\x00"]}, "NG理由は次のいずれかです"),
        ({"decision": "acc\x00ept"}, "取次判断は次のいずれかです"),
        ({"decision": "accept", "reasons": ["01"]}, "承諾にはNG理由を指定できません。"),
    ],
)
def test_what_does_not_fit_together_is_said_at_the_field(
    values: Values, words_of_it: str, browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    client = browsers.of(DECIDER)

    page = sent_back(client, form_of(client, case_number), values)

    assert words_of_it in banner(page)
    assert words_of_it in words(page, "//*[contains(@class, 'field__error')]")[0]
    chosen = page.xpath("//input[@checked]/@value")
    assert set(chosen) >= set(values.get("reasons", [])) - {"99", "01\x00"}


def test_back_from_the_check_page_leads_to_no_answer_of_a_post(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    client = browsers.of(DECIDER)
    page = sent_back(client, form_of(client, case_number), {"decision": "reject"})
    checked(client, page, REJECT)

    form = get(client, f"/cases/{case_number}/decision")

    assert form.xpath("//input[@checked]/@value") == ["reject", "05", "09"]
    assert form.xpath("//*[@role='alert']") == []


def test_one_can_go_back_and_change_what_was_entered(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    client, page = confirmed(browsers, case_number, REJECT)

    (back,) = page.xpath(f"//a[text()='{CHANGE}']/@href")
    form = get(client, back)

    assert form.xpath("//input[@checked]/@value") == ["reject", "05", "09"]
    assert form.xpath("//input[@name='text']/@value") == ["契約者死亡のため要確認"]
    assert form.xpath("//input[@name='message_id']/@value") == page.xpath("(//input[@name='message_id'])[1]/@value")


def test_what_was_amended_meanwhile_is_shown_anew(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    client = browsers.of(DECIDER)
    form = form_of(client, case_number)
    with database.transaction() as session:
        amend(session, case_number, wished_date=soon(session), holder_name="髙橋　次郎")
        obey_all(session, case_number)

    page = sent_back(client, form, ACCEPT)

    assert "取次が版2に訂正されました。" in banner(page)
    assert "髙橋　次郎" in page.text_content()
    assert page.xpath("//input[@name='version']/@value") == ["2"]
    assert page.xpath("//input[@checked]") == []


def test_what_is_amended_before_sending_is_refused_by_the_case(working_browsers: Browsers, hub: Hub) -> None:
    case_number = hub.open()
    client, page = confirmed(working_browsers, case_number, ACCEPT)
    with hub.database.transaction() as session:
        amend(session, case_number, wished_date=soon(session))
    hub.hand_over(case_number)

    result = get(client, send(client, page, button=SEND_OK).headers["Location"])

    assert "判断は受け付けられませんでした。" in banner(result)
    assert "取次は版2に訂正されています" in result.text_content()
    assert hub.state(case_number).phase is CasePhase.AWAITING_DECISION


def test_what_was_withdrawn_before_sending_is_refused_by_the_case(open_browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    client, page = confirmed(open_browsers, case_number, ACCEPT)
    with database.transaction() as session:
        withdraw(session, case_number)
        obey_all(session, case_number)

    result = get(client, send(client, page, button=SEND_OK).headers["Location"])

    assert "判断は受け付けられませんでした。" in banner(result)
    assert "取消" in banner(result)


def test_a_case_that_was_decided_cannot_be_decided_again(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    client = browsers.of(DECIDER)
    form = form_of(client, case_number)
    with database.transaction() as session:
        accept(session, case_number)

    for page in (
        get(client, f"/cases/{case_number}/decision", status=409),
        sent_back(client, form, ACCEPT, status=409),
    ):
        assert "「申請待ち・申請中」のため、判断できません。" in banner(page)


def test_after_the_deadline_nothing_can_be_decided_though_its_step_has_yet_to_come(
    browsers: Browsers, open_browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    client, confirmation = confirmed(open_browsers, case_number, ACCEPT)
    with database.transaction() as session:
        (due,) = session.connection().exec_driver_sql("SELECT decision_due - clock_timestamp() FROM cases").one()
        move_clock(session, by=due)

    page = get(browsers.of(DECIDER), f"/cases/{case_number}/decision", status=409)
    assert "判断できる期限を過ぎています。" in banner(page)

    address = send(client, confirmation, button=SEND_OK).headers["Location"]
    with database.transaction() as session:
        obey_all(session, case_number)
    assert "判断期限を過ぎています。" in banner(get(client, address))


@pytest.mark.parametrize("person", [COLLEAGUE, NEW_SIDE, OPERATOR], ids=lambda person: person.user_id)
def test_who_sees_the_case_and_may_not_decide_is_told_so(
    person: Person, browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    client, page = confirmed(browsers, case_number, ACCEPT)
    fields = {field.get("name"): field.get("value") for field in page.xpath("(//main//form)[1]//input")}
    before = all_of_cases(database)

    other = browsers.of(person)
    token = get(other, f"/cases/{case_number}").xpath("string(//input[@name='csrf_token']/@value)")
    get(other, f"/cases/{case_number}/decision", status=403)
    for action in ("", "/send"):
        answer = other.post(f"/cases/{case_number}/decision{action}", data=fields | {"csrf_token": token})
        page_of(answer, status=403)

    assert all_of_cases(database) == before


def test_a_foreign_case_answers_exactly_as_one_that_does_not_exist(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    _, page = confirmed(browsers, case_number, ACCEPT)
    fields = {field.get("name"): field.get("value") for field in page.xpath("(//main//form)[1]//input")}
    client = browsers.of(STRANGER)
    token = get(client, "/cases").xpath("string(//input[@name='csrf_token']/@value)")
    before = all_of_cases(database)

    def answers(number: str) -> list[tuple[int, str]]:
        data, start = fields | {"csrf_token": token}, f"/cases/{number}/decision"
        given = [
            client.get(start),
            client.get(f"{start}/{fields['message_id']}"),
            client.post(start, data=data),
            client.post(f"{start}/send", data=data),
        ]
        return [status_and_text(answer) for answer in given]

    assert answers(case_number) == answers(NOWHERE)
    assert {status for status, _ in answers(case_number)} == {404}
    assert all_of_cases(database) == before


def test_a_result_is_found_only_by_its_own_company_and_case(open_browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    client, page = confirmed(open_browsers, case_number, ACCEPT)
    address = send(client, page, button=SEND_OK).headers["Location"]

    get(open_browsers.of(COLLEAGUE), address)
    for person in (NEW_SIDE, STRANGER, OPERATOR):
        get(open_browsers.of(person), address, status=404)
    get(client, f"/cases/{case_number}/decision/WEB-00000000-0000-0000-0000-000000000000", status=404)


def test_a_form_that_was_not_made_here_is_refused(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    client, page = confirmed(browsers, case_number, ACCEPT)
    fields = {field.get("name"): field.get("value") for field in page.xpath("(//main//form)[1]//input")}
    before = all_of_cases(database)

    for spoilt in ({"csrf_token": ""}, {"message_id": "M-1"}, {"version": "１"}, {"version": "x"}, {"message_id": ""}):
        page_of(client.post(f"/cases/{case_number}/decision/send", data=fields | spoilt), status=400)

    assert all_of_cases(database) == before


def test_reading_confirming_and_sending_are_on_record_with_the_message(
    open_browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    client, page = confirmed(open_browsers, case_number, ACCEPT)
    send(client, page, button=SEND_OK)

    (message_id,) = page.xpath("(//main//form)[1]//input[@name='message_id']/@value")
    reads = rows(database, "SELECT user_id, subject, purpose, message_id FROM data_reads ORDER BY id")
    assert reads == [
        (DECIDER.user_id, case_number, "画面:廃止取次判断", ""),
        (DECIDER.user_id, case_number, "画面:廃止取次判断（確認）", message_id),
        (DECIDER.user_id, case_number, "画面:廃止取次判断（送信）", message_id),
    ]
