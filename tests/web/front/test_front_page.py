"""The front page: to strangers whether the hub works and where to ask; after the login more, by role."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from deploy.samples import Person
from models.clock import move_clock
from models.database import Database
from tests.support.case_steps import obey_all
from tests.support.cast import COLLEAGUE, NEW_SIDE, OPERATOR
from tests.support.decisions import reject
from tests.support.referrals import open_case
from tests.support.settings import Settings
from tests.web.conftest import Browsers
from tests.web.pages import get, page_of, words

INSIDE = ("Temporal", "temporal", "ワーカー", "データベース", "SOAP", "WSDL", "wsdl", "127.0.0.1", "localhost", "業務")
"""What is for those who run the hub, or for those who take part."""


def test_a_stranger_hears_whether_it_works_and_where_to_ask_and_no_more(
    client: FlaskClient, database: Database, settings: Settings
) -> None:
    open_case(database)

    page = get(client, "/")

    assert words(page, "//main//h2") == ["お問い合わせ"]
    assert words(page, "//*[@role='alert']") == ["エラー: サービスの一部またはすべてが停止しています。"]
    assert "ヘルプデスク" in page.text_content()
    assert page.xpath("//main//table") == []
    assert page.xpath("//main//a/@href") == ["/"]


@pytest.mark.parametrize("path", ["/", "/login", "/healthz", "/nowhere", "/static/nowhere", "/metrics", "/cases"])
def test_no_open_address_names_what_is_inside(
    path: str, client: FlaskClient, without_database: FlaskClient, settings: Settings
) -> None:
    for browser in (client, without_database):
        answer = browser.get(path)
        text = answer.get_data(as_text=True) + str(answer.headers)
        ports = [str(settings.soap_port), settings.temporal_ui_url]
        assert not [secret for secret in (*INSIDE, *ports) if secret in text.replace("localhost/", "")], path


def test_an_unknown_address_and_the_figures_are_not_found(client: FlaskClient) -> None:
    for path in ("/metrics", "/server-status", "/debug"):
        page_of(client.get(path), status=404)


@pytest.mark.parametrize("person", [NEW_SIDE, COLLEAGUE], ids=lambda person: person.user_id)
def test_a_retailer_sees_the_business_time_and_neither_parts_nor_the_market(
    person: Person, browsers: Browsers, database: Database, settings: Settings
) -> None:
    open_case(database)

    page = get(browsers.of(person), "/")

    assert words(page, "//main//h2") == ["業務日時", "関連するページ", "お問い合わせ"]
    assert page.xpath("//section[@aria-labelledby='links']//a/@href") == [
        f"{settings.soap_public_url}/soap/low_voltage?wsdl"
    ]
    assert "Temporal" not in page.text_content()


def test_the_operator_sees_which_parts_are_well_and_which_are_away(browsers: Browsers) -> None:
    page = get(browsers.of(OPERATOR), "/")

    rows = {row.xpath("string(th)"): words(row, "td") for row in page.xpath("//section[2]//tbody/tr")}
    assert rows["データベース"][0] == "稼働"
    assert rows["Temporal"] == rows["SOAP受付"] == ["停止", "応答がありません"]
    assert list(rows) == ["データベース", "Temporal", "ワーカー", "SOAP受付", "一般送配電事業者のシステム"]
    assert "Temporal、ワーカー、SOAP受付" in words(page, "//*[@role='alert']")[0]


def test_the_operator_sees_the_cases_counted_by_their_state(browsers: Browsers, database: Database) -> None:
    open_case(database)

    page = get(browsers.of(OPERATOR), "/")

    counts = {row.xpath("string(th)"): row.xpath("string(td)") for row in page.xpath("//table[caption]//tr[td]")}
    assert (counts["判断待ち"], counts["完了"]) == ("1", "0")
    assert words(page, "//tfoot//td") == ["1", "0"]


def test_of_the_ended_cases_it_counts_those_of_today(browsers: Browsers, database: Database) -> None:
    for number in range(2):
        case_number = open_case(database, point_number=f"03{number:020d}")
        with database.transaction() as session:
            move_clock(session, by=timedelta(days=1))
            reject(session, case_number)
            obey_all(session, case_number)

    page = get(browsers.of(OPERATOR), "/")

    counts = {row.xpath("string(th)"): row.xpath("string(td)") for row in page.xpath("//table[caption]//tr[td]")}
    assert counts["否認"] == "1"
    assert "本日終了した案件" in words(page, "//caption")


def test_it_tells_no_case_number_and_no_name(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)

    for person in (None, NEW_SIDE, OPERATOR):
        text = get(browsers.of(person), "/").text_content()
        assert case_number not in text
        assert "髙橋" not in text


def test_it_says_that_the_business_time_is_the_real_one(browsers: Browsers) -> None:
    assert "実際の時刻と同じです。" in get(browsers.of(NEW_SIDE), "/").text_content()


def test_it_says_how_far_the_business_time_is_ahead(browsers: Browsers, database: Database) -> None:
    with database.transaction() as session:
        moved = move_clock(session, by=timedelta(days=3, hours=2, minutes=30))

    page = get(browsers.of(NEW_SIDE), "/")

    assert "実際の時刻より 3日2時間30分 進めています。" in page.text_content()
    assert page.xpath("string(//time/@datetime)").startswith(moved.date().isoformat())


def test_it_is_shown_although_the_database_is_away(without_database: FlaskClient) -> None:
    page = get(without_database, "/")

    assert "停止しています。" in words(page, "//*[@role='alert']")[0]


def test_it_leads_the_operator_to_the_temporal_ui(browsers: Browsers, settings: Settings) -> None:
    links = get(browsers.of(OPERATOR), "/").xpath("//section[@aria-labelledby='links']//a/@href")

    assert links == [settings.temporal_ui_url, f"{settings.soap_public_url}/soap/low_voltage?wsdl"]


def test_its_own_screen_is_marked_in_the_navigation(client: FlaskClient) -> None:
    assert words(get(client, "/"), "//nav//a[@aria-current='page']") == ["稼働状況"]
