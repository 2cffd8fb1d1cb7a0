"""設備情報照会 at the screen: a form made from the catalogue, the use case that systems call too, and its answer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from lxml.html import HtmlElement
from sqlalchemy import text
from structlog.testing import capture_logs

from grid_client.errors import GridFault, GridUnreachable
from models.clock import business_now
from models.database import Database
from rules.calendar import day_of
from schemas.codes import Area, Segment
from schemas.findings import Finding
from schemas.interfaces.applications import START_APPLICATION
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY, FacilityInquiryResponse
from schemas.interfaces.referral import REFERRAL
from tests.soap_support.examples import typed_example
from tests.support.answering_grid import AnsweringGrid
from tests.support.cast import COLLEAGUE, FACILITY_POINT, NEW_SIDE, OPERATOR, STRANGER
from tests.support.database_contents import rows
from tests.support.settings import Settings
from tests.web.conftest import Applications, Browsers
from tests.web.pages import Values, get, page_of, send, words
from usecases.facility_inquiry import inquire_facility
from web.inquiries.screens import InquiryScreen, screens_of
from web.shared.access import Permission
from web.shared.inquiries import INTERFACES

FORM, FIT_FORM = "/inquiries/10110/low_voltage", "/inquiries/10110/low_voltage_fit"
TYPED: Values = {
    "pointNumber": FACILITY_POINT,
    "consent/obtainedOn": "2026-01-15",
    "consent/method": "paper",
    "consent/obtainedBy": "豊洲支店",
}
ASK = "照会する"
Asked = list[Any]
Inquirers = Callable[..., Browsers]


@pytest.fixture
def questions() -> Asked:
    return []


@pytest.fixture
def inquirers(settings: Settings, database: Database, application: Applications, questions: Asked) -> Inquirers:
    """Give browsers of a hub whose grid operators answer with the catalogue's examples, or raise what is wanted."""

    def made(raises: Exception | None = None, **changes: object) -> Browsers:
        def answer(request: Any) -> object:
            questions.append(request)
            if raises is not None:
                raise raises
            segment = Segment.LOW_VOLTAGE_FIT if request.point_number == FIT_POINT else Segment.LOW_VOLTAGE
            return typed_example(FacilityInquiryResponse, segment=segment, point_number=request.point_number)

        changed = settings.model_copy(update=changes)
        return Browsers(application(changed, grid=AnsweringGrid(answer)), database)

    return made


FIT_POINT = "0310000000000000000888"


def shown(page: HtmlElement) -> dict[str, str]:
    """Read what the page's lists of facts say."""
    return dict(zip(words(page, "//dt"), words(page, "//dd[not(@class)]"), strict=True))


def reads(database: Database) -> list[tuple[Any, ...]]:
    columns = "retailer_code, user_id, purpose, subject, consent"
    return rows(database, f"SELECT {columns} FROM data_reads")


def value(page: HtmlElement, name: str) -> str:
    return str(page.xpath("string(//input[@name=$name]/@value)", name=name))


def test_the_use_case_is_the_one_that_answers_systems() -> None:
    for segment in FACILITY_INQUIRY.segments:
        assert InquiryScreen(FACILITY_INQUIRY, segment).answering is inquire_facility


@pytest.mark.parametrize("person", [NEW_SIDE, COLLEAGUE], ids=lambda person: person.user_id)
def test_the_answer_is_shown_with_its_words_and_on_record(
    inquirers: Inquirers, database: Database, person: Any
) -> None:
    client = inquirers().of(person)

    with capture_logs() as logged:
        answer = send(client, get(client, FORM), TYPED, button=ASK)
    page = page_of(answer)

    assert words(page, "//h1") == ["設備情報照会（低圧託送）の結果"]
    facts = shown(page)
    assert facts["供給地点特定番号"] == FACILITY_POINT
    assert facts["需要場所住所"] == "東京都江東区豊洲１－２－３"
    assert (facts["契約種別"], facts["契約決定方法"]) == ("電灯", "アンペアブレーカー契約")
    assert facts["次回検針日"] == "2026-08-20（木）"
    assert facts["通電有無"] == "可・有"
    consent = {"obtained_on": "2026-01-15", "method": "paper", "obtained_by": "豊洲支店"}
    assert reads(database) == [(person.retailer_code, person.user_id, "画面:設備情報照会", FACILITY_POINT, consent)]
    assert "豊洲支店" not in str(logged) + unquote(str(client.get_cookie("hub")))
    assert rows(database, "SELECT * FROM form_drafts") == []


def test_each_fact_says_what_it_is(inquirers: Inquirers) -> None:
    client = inquirers().of(COLLEAGUE)

    page = page_of(send(client, get(client, FORM), TYPED, button=ASK))

    meanings = dict(zip(words(page, "//dt"), words(page, "//dd[@class='facts__meaning']"), strict=True))
    assert meanings["30分値収集可否"] == "30分値を収集できるか。"


LEADS = {"この地点で廃止取次を登録する": REFERRAL, "この地点で開始申請を登録する（廃止取次なし）": START_APPLICATION}


@pytest.mark.parametrize("lead", LEADS)
def test_a_switch_of_the_point_begins_with_what_the_answer_told(
    inquirers: Inquirers, database: Database, lead: str
) -> None:
    client = inquirers().of(NEW_SIDE)
    page = page_of(send(client, get(client, FORM), TYPED, button=ASK))

    answer = send(client, page, button=lead)

    assert (answer.status_code, answer.location) == (303, f"/requests/{LEADS[lead].number}/low_voltage/register")
    form = get(client, answer.location)
    assert value(form, "pointNumber") == FACILITY_POINT
    assert value(form, "address") == "東京都江東区豊洲１－２－３"
    assert (value(form, "consent/obtainedOn"), value(form, "consent/obtainedBy")) == ("2026-01-15", "豊洲支店")
    assert form.xpath("//*[@name='consent/method' and @checked]/@value") == ["paper"]
    assert words(form, "//h1")[0].startswith(LEADS[lead].label)
    assert rows(database, "SELECT 1 FROM messages") == []


def test_what_was_carried_over_is_let_go_once_the_form_is_gone_on_with(
    inquirers: Inquirers, database: Database
) -> None:
    client = inquirers().of(NEW_SIDE)
    page = page_of(send(client, get(client, FORM), TYPED, button=ASK))
    form = get(client, send(client, page, button="この地点で廃止取次を登録する").location)

    send(client, form, {"pointNumber": "0310000000000000000779"}, button="確認へ進む")

    assert rows(database, "SELECT form FROM form_drafts") == [("request:12110:register:",)]
    again = get(client, "/requests/12110/low_voltage/register")
    assert value(again, "pointNumber") == "0310000000000000000779"


def test_what_was_typed_for_another_point_does_not_come_in_between(inquirers: Inquirers) -> None:
    client = inquirers().of(NEW_SIDE)
    send(client, get(client, "/requests/12110/low_voltage/register"), {"holderName": "別の人"}, button="確認へ進む")
    page = page_of(send(client, get(client, FORM), TYPED, button=ASK))

    form = get(client, send(client, page, button="この地点で廃止取次を登録する").location)

    assert (value(form, "pointNumber"), value(form, "holderName")) == (FACILITY_POINT, "")


def test_who_may_only_look_is_led_on_to_nothing(inquirers: Inquirers) -> None:
    client = inquirers().of(COLLEAGUE)

    page = page_of(send(client, get(client, FORM), TYPED, button=ASK))

    assert not set(LEADS) & set(words(page, "//button"))
    carried = {"csrf_token": value(page, "csrf_token"), "pointNumber": FACILITY_POINT}
    assert client.post("/requests/12110/low_voltage/register/carry", data=carried).status_code == 403


def test_a_link_fills_in_no_more_than_numbers(inquirers: Inquirers) -> None:
    address = f"{FORM}?pointNumber={FACILITY_POINT}&messageId=M-1&consent/obtainedBy=x"

    page = get(inquirers().of(NEW_SIDE), address)

    assert (value(page, "pointNumber"), value(page, "consent/obtainedBy")) == (FACILITY_POINT, "")
    assert value(page, "messageId") != "M-1"


def test_in_the_feed_in_segment_it_asks_and_answers_in_its_words(inquirers: Inquirers) -> None:
    client = inquirers().of(STRANGER)
    form = get(client, FIT_FORM)

    page = page_of(send(client, form, {**TYPED, "pointNumber": FIT_POINT}, button=ASK))

    facts, meanings = shown(page), words(page, "//dd[@class='facts__meaning']")
    assert any(label.startswith("受電地点特定番号") for label in words(form, "//label"))
    assert facts["受電地点特定番号"] == FIT_POINT
    assert facts["発電設備の種別"] == "太陽光"
    assert facts["発電設備の出力"] == "5500"
    assert any(meaning.startswith("発電設備の出力（W）。") for meaning in meanings)
    assert "契約種別" not in facts


def test_a_number_is_taken_as_people_paste_it(inquirers: Inquirers, questions: Asked) -> None:
    client = inquirers().of(STRANGER)

    page_of(send(client, get(client, FORM), {**TYPED, "pointNumber": "０３-1000-0000-0000-0000-0777"}, button=ASK))

    assert questions[0].point_number == FACILITY_POINT


def test_all_that_is_wrong_is_told_at_once_beside_its_field_and_what_was_typed_stays(
    inquirers: Inquirers, database: Database, questions: Asked
) -> None:
    client = inquirers().of(STRANGER)

    answer = send(client, get(client, FORM), {"pointNumber": "123", "consent/obtainedBy": "豊洲支店"}, button=ASK)
    page = get(client, answer.location)

    assert (answer.status_code, answer.location) == (303, FORM)
    linked = page.xpath("//*[@role='alert']//a/@href")
    assert linked == ["#field-pointNumber", "#field-consent-obtainedOn", "#field-consent-method-0"]
    assert len(words(page, "//p[@class='field__error']")) == 3
    assert (value(page, "pointNumber"), value(page, "consent/obtainedBy")) == ("123", "豊洲支店")
    assert (questions, reads(database)) == ([], [])


def test_a_consent_of_tomorrow_is_told_beside_its_field(inquirers: Inquirers, database: Database) -> None:
    client = inquirers().of(STRANGER)
    with database.transaction() as session:
        tomorrow = day_of(business_now(session)) + timedelta(days=1)

    typed = {**TYPED, "consent/obtainedOn": tomorrow.isoformat()}
    page = page_of(send(client, get(client, FORM), typed, button=ASK), status=422)

    assert words(page, "//*[@id='field-consent-obtainedOn-error']") == [
        "エラー: 同意取得日に未来の日は指定できません。"
    ]
    assert value(page, "consent/obtainedOn") == tomorrow.isoformat()


def test_a_point_that_the_grid_operator_does_not_know_is_told_beside_its_field(
    inquirers: Inquirers, database: Database
) -> None:
    unknown = Finding(
        "pointNumber", "供給地点特定番号", "known-point", "該当する地点がありません。", "確認してください。"
    )
    client = inquirers(GridFault("HUB-B001", "拒否", (unknown,))).of(STRANGER)

    page = page_of(send(client, get(client, FORM), TYPED, button=ASK), status=422)

    assert "一般送配電事業者が受け付けませんでした。（HUB-B003）" in words(page, "//*[@role='alert']")[0]
    assert words(page, "//*[@id='field-pointNumber-error']") == ["エラー: 該当する地点がありません。"]
    assert value(page, "pointNumber") == FACILITY_POINT
    assert reads(database) == []


def test_a_refusal_of_no_element_is_told_at_the_top(inquirers: Inquirers) -> None:
    client = inquirers(GridFault("HUB-B001", "この地点には回答できません。")).of(STRANGER)

    page = page_of(send(client, get(client, FORM), TYPED, button=ASK), status=422)

    assert "この地点には回答できません。" in words(page, "//*[@role='alert']//li")


def test_with_the_grid_operator_away_the_form_can_be_sent_again_as_it_is(
    inquirers: Inquirers, database: Database
) -> None:
    client = inquirers(GridUnreachable(Area.TOKYO, "connection-refused", outcome_unknown=False)).of(STRANGER)
    form = get(client, FORM)

    page = page_of(send(client, form, TYPED, button=ASK), status=503)

    alert = words(page, "//*[@role='alert']")[0]
    assert "応答がありません。" in alert and "もう一度同じボタンを押してください。" in alert
    assert "メッセージID" not in alert
    assert value(page, "pointNumber") == FACILITY_POINT
    assert value(page, "messageId") == value(form, "messageId")
    assert page.xpath("//input[@type='radio'][@checked]/@value") == ["paper"]
    assert value(get(client, FORM), "pointNumber") == FACILITY_POINT, "it is kept for this person"
    assert value(get(Browsers(client.application, database).of(COLLEAGUE), FORM), "pointNumber") == ""
    assert reads(database) == []


def test_in_a_maintenance_its_end_is_told(inquirers: Inquirers, questions: Asked) -> None:
    always = "; ".join(f"* {day} 00:00-24:00" for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    client = inquirers(maintenance_windows=always).of(STRANGER)

    page = page_of(send(client, get(client, FORM), TYPED, button=ASK), status=503)

    alert = words(page, "//*[@role='alert']")[0]
    assert "メンテナンス中です。終了予定は" in alert and "24:00です。" in alert
    assert questions == []


def test_an_answer_of_another_point_is_shown_to_nobody(
    settings: Settings, database: Database, application: Applications
) -> None:
    other = typed_example(FacilityInquiryResponse, point_number="0310000000000000000778")
    client = Browsers(application(settings, grid=AnsweringGrid(lambda request: other)), database).of(STRANGER)

    page = page_of(send(client, get(client, FORM), TYPED, button=ASK), status=500)

    assert "0310000000000000000778" not in page.text_content()
    assert reads(database) == []


def test_the_hub_operator_may_not_inquire(inquirers: Inquirers, database: Database) -> None:
    client = inquirers().of(OPERATOR)

    for address in ("/inquiries", FORM, FIT_FORM):
        assert words(get(client, address, status=403), "//h1") == ["この操作を行う権限がありません"]
    assert "照会" not in words(get(client, "/cases"), "//nav[@aria-label='画面']//a")
    form = get(inquirers().of(STRANGER), FORM)
    token = value(get(client, "/cases"), "csrf_token")
    answer = client.post(FORM, data={**TYPED, "messageId": value(form, "messageId"), "csrf_token": token})
    page_of(answer, status=403)
    assert reads(database) == []


@pytest.mark.parametrize(
    "address",
    ["/inquiries/10110/high_voltage", "/inquiries/10110/x", "/inquiries/K10110/low_voltage", "/inquiries/1/2"],
)
def test_there_are_no_others(inquirers: Inquirers, address: str) -> None:
    get(inquirers().of(STRANGER), address, status=404)


def test_a_form_that_is_not_as_the_hubs_own_is_not_taken(inquirers: Inquirers, questions: Asked) -> None:
    client = inquirers().of(STRANGER)

    page_of(send(client, get(client, FORM), {**TYPED, "messageId": "M-1"}, button=ASK), status=400)

    assert questions == []


def test_without_the_token_of_the_form_nothing_is_asked(inquirers: Inquirers, questions: Asked) -> None:
    client = inquirers().of(STRANGER)
    message_id = value(get(client, FORM), "messageId")

    page = page_of(client.post(FORM, data={**TYPED, "messageId": message_id}), status=400)

    assert words(page, "//h1") == ["操作の有効期限が切れました"]
    assert questions == []


def test_after_a_session_that_ended_in_the_middle_the_form_is_filled_in(
    inquirers: Inquirers, database: Database, questions: Asked
) -> None:
    client = inquirers().of(STRANGER)
    form = get(client, FORM)
    with database.transaction() as session:
        session.execute(text("UPDATE login_sessions SET last_seen_at = last_seen_at - interval '31 minutes'"))

    to_login = send(client, form, TYPED, button=ASK)
    login = get(client, to_login.location)
    came_to = send(
        client, login, {"user_id": STRANGER.user_id, "password": STRANGER.password}, button="ログイン"
    ).location

    assert "豊洲支店" not in unquote(to_login.location) and FACILITY_POINT not in to_login.location
    assert "まだ何も送信していません。" in words(login, "//*[@role='status']")[0]
    assert came_to == FORM
    page = get(client, came_to)
    assert (value(page, "pointNumber"), value(page, "consent/obtainedBy")) == (FACILITY_POINT, "豊洲支店")
    assert questions == []
    assert shown(page_of(send(client, page, button=ASK)))["供給地点特定番号"] == FACILITY_POINT


def test_a_form_from_before_the_login_is_gone_on_with(inquirers: Inquirers, questions: Asked) -> None:
    browsers = inquirers()
    client = browsers.of(STRANGER)
    form = get(client, FORM)
    with client.session_transaction() as cookie:
        cookie.pop("csrf_token")
    get(client, FORM)

    page = get(client, send(client, form, TYPED, button=ASK).location)

    assert "まだ送信していません" in words(page, "//*[@role='status']")[0]
    assert value(page, "pointNumber") == FACILITY_POINT
    assert questions == []


def test_the_navigation_asks_for_the_rights_that_the_screens_ask_for() -> None:
    screens = [screen for interface in INTERFACES for screen in screens_of(interface)]

    assert Permission.INQUIRE.value == {screen.use_case for screen in screens}


def test_the_navigation_leads_to_the_form_of_each_segment(inquirers: Inquirers) -> None:
    client = inquirers().of(COLLEAGUE)
    home = get(client, "/inbox")
    (address,) = home.xpath("//nav[@aria-label='画面']//a[normalize-space()='照会']/@href")

    page = get(client, address)

    expected = [screen for interface in INTERFACES for screen in screens_of(interface)]
    assert sorted(page.xpath("//*[@class='functions']//a/@href")) == sorted(
        f"/inquiries/{number}/{segment}" for number, segment in (screen.arguments for screen in expected)
    )
    assert {FORM, FIT_FORM} <= set(page.xpath("//*[@class='functions']//a/@href"))
    assert get(client, FORM).xpath("//nav[@aria-label='画面']//a[@aria-current]/@href") == [address]
