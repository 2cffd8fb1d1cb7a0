"""The front page: how the parts are doing, the business time, the cases."""

from datetime import timedelta

from flask.testing import FlaskClient

from models.clock import move_clock
from models.database import Database
from runtime.settings import Settings
from tests.support.cases import obey_all, open_case, reject
from tests.web.pages import get, words


def test_it_shows_which_parts_are_well_and_which_are_away(client: FlaskClient) -> None:
    page = get(client, "/")

    rows = {row.xpath("string(th)"): words(row, "td") for row in page.xpath("//section[2]//tbody/tr")}
    assert rows["データベース"][0] == "稼働"
    assert rows["Temporal"] == rows["SOAP受付"] == ["停止", "応答がありません"]
    assert list(rows) == ["データベース", "Temporal", "ワーカー", "SOAP受付", "一般送配電事業者のシステム"]
    assert "Temporal、ワーカー、SOAP受付" in words(page, "//*[@role='alert']")[0]


def test_it_counts_the_cases_by_their_state(client: FlaskClient, database: Database) -> None:
    open_case(database)

    page = get(client, "/")

    counts = {row.xpath("string(th)"): row.xpath("string(td)") for row in page.xpath("//table[caption]//tr[td]")}
    assert (counts["判断待ち"], counts["完了"]) == ("1", "0")
    assert words(page, "//tfoot//td") == ["1", "0"]


def test_of_the_ended_cases_it_counts_those_of_today(client: FlaskClient, database: Database) -> None:
    for number in range(2):
        case_number = open_case(database, point_number=f"03{number:020d}")
        with database.transaction() as session:
            move_clock(session, by=timedelta(days=1))
            reject(session, case_number)
            obey_all(session, case_number)

    page = get(client, "/")

    counts = {row.xpath("string(th)"): row.xpath("string(td)") for row in page.xpath("//table[caption]//tr[td]")}
    assert counts["否認"] == "1"
    assert "本日終了した案件" in words(page, "//caption")


def test_it_tells_no_case_number_and_no_name(client: FlaskClient, database: Database) -> None:
    case_number = open_case(database)

    text = get(client, "/").text_content()

    assert case_number not in text
    assert "髙橋" not in text


def test_it_says_that_the_business_time_is_the_real_one(client: FlaskClient) -> None:
    assert "実際の時刻と同じです。" in get(client, "/").text_content()


def test_it_says_how_far_the_business_time_is_ahead(client: FlaskClient, database: Database) -> None:
    with database.transaction() as session:
        moved = move_clock(session, by=timedelta(days=3, hours=2, minutes=30))

    page = get(client, "/")

    assert "実際の時刻より 3日2時間30分 進めています。" in page.text_content()
    assert page.xpath("string(//time/@datetime)").startswith(moved.date().isoformat())


def test_it_is_shown_although_the_database_is_away(without_database: FlaskClient) -> None:
    page = get(without_database, "/")

    assert "データベース" in words(page, "//*[@role='alert']")[0]
    assert words(page, "//section[1]/p") == ["データベースに接続できないため表示できません。"]


def test_it_leads_to_the_temporal_ui_and_to_the_wsdl(client: FlaskClient, settings: Settings) -> None:
    links = get(client, "/").xpath("//section[4]//a/@href")

    assert links == [settings.temporal_ui_url, f"{settings.soap_public_url}/soap/low_voltage?wsdl"]


def test_its_own_screen_is_marked_in_the_navigation(client: FlaskClient) -> None:
    assert words(get(client, "/"), "//nav//a[@aria-current='page']") == ["稼働状況"]
