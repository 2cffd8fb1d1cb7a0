"""What a case's page says where its grid operator is not being called: to whom it concerns."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from deploy.samples import Person
from models.absences import note_absence
from models.clock import business_now
from models.database import Database
from models.pauses import pause_area
from rules.calendar import day_of
from rules.procedure.events import NewsKind
from schemas.codes import ApplicationKind, Area
from tests.support.case_applications import file_start
from tests.support.case_stages import accept
from tests.support.case_steps import hear, obey_all
from tests.support.cast import DECIDER, NEW_SIDE, OPERATOR
from tests.support.lone_applications import open_start
from tests.support.referrals import open_case
from tests.support.settings import ALWAYS, Settings
from tests.web.conftest import Applications, Browsers
from tests.web.pages import get, words
from web.shared.words import moment_words

HELD = "送信を待っています。"


@pytest.fixture
def in_maintenance(settings: Settings, application: Applications, database: Database) -> Browsers:
    """Give browsers of a hub whose maintenance windows never end."""
    return Browsers(application(settings.model_copy(update={"maintenance_windows": ALWAYS})), database)


def started(database: Database) -> str:
    """Bring a case to where its start application waits to be sent."""
    case_number = open_case(database)
    with database.transaction() as session:
        accept(session, case_number)
        file_start(session, case_number)
        obey_all(session, case_number)
    return case_number


def text(client: FlaskClient, case_number: str) -> str:
    return str(get(client, f"/cases/{case_number}").text_content())


@pytest.mark.parametrize("person", [NEW_SIDE, OPERATOR], ids=lambda person: person.user_id)
def test_in_a_maintenance_window_its_end_is_told(in_maintenance: Browsers, database: Database, person: Person) -> None:
    case_number = started(database)
    with database.transaction() as session:
        end = day_of(business_now(session))

    page_text = text(in_maintenance.of(person), case_number)

    assert HELD in page_text
    assert f"東京エリアの一般送配電事業者はメンテナンス中です。終了予定は{end}" in page_text


def test_where_the_area_is_stopped_that_is_told_and_not_why(browsers: Browsers, database: Database) -> None:
    case_number = started(database)
    with database.transaction() as session:
        pause_area(session, area=Area.TOKYO, reason="障害調査")

    page_text = text(browsers.of(NEW_SIDE), case_number)

    assert "東京エリアの一般送配電事業者への送信は" in page_text and "から一時停止中です。" in page_text
    assert "障害調査" not in page_text


def test_the_other_side_does_not_hear_of_an_application_on_its_way(
    in_maintenance: Browsers, database: Database
) -> None:
    assert HELD not in text(in_maintenance.of(DECIDER), started(database))


def test_a_case_that_has_nothing_to_send_says_nothing(in_maintenance: Browsers, database: Database) -> None:
    assert HELD not in text(in_maintenance.of(NEW_SIDE), open_case(database))


def test_another_areas_pause_concerns_nobody_here(browsers: Browsers, database: Database) -> None:
    case_number = started(database)
    with database.transaction() as session:
        pause_area(session, area=Area.KANSAI, reason="")

    assert HELD not in text(browsers.of(NEW_SIDE), case_number)


def test_an_application_on_its_own_says_so_too(in_maintenance: Browsers, database: Database) -> None:
    assert HELD in text(in_maintenance.of(NEW_SIDE), open_start(database))


def test_a_grid_operator_that_is_away_is_told_with_since_when_and_that_nothing_is_to_be_done(
    browsers: Browsers, database: Database
) -> None:
    case_number = started(database)
    with database.transaction() as session:
        since = note_absence(session, area=Area.TOKYO, reason="timeout").since

    for person in (NEW_SIDE, OPERATOR):
        page_text = text(browsers.of(person), case_number)

        assert HELD in page_text
        assert f"東京エリアの一般送配電事業者のシステムが{moment_words(since)}から応答していません。" in page_text
        assert "つながるまで自動で送り直します。操作は要りません。" in page_text


def test_the_end_that_a_grid_operator_names_for_its_maintenance_is_told(browsers: Browsers, database: Database) -> None:
    case_number = started(database)
    with database.transaction() as session:
        end = business_now(session) + timedelta(hours=2)
        note_absence(session, area=Area.TOKYO, reason="HUB-R005", until=end)

    page_text = text(browsers.of(NEW_SIDE), case_number)

    assert f"東京エリアの一般送配電事業者はメンテナンス中です。終了予定は{moment_words(end)}です。" in page_text


def test_who_waits_for_news_reads_that_it_comes_late(browsers: Browsers, database: Database) -> None:
    case_number = started(database)
    with database.transaction() as session:
        hear(session, case_number, NewsKind.RECEIVED, ApplicationKind.START)
        note_absence(session, area=Area.TOKYO, reason="timeout")

    assert "一般送配電事業者からの知らせが遅れます。" in text(browsers.of(NEW_SIDE), case_number)
    assert "知らせが遅れます" not in text(browsers.of(DECIDER), case_number)


@pytest.mark.parametrize("person", [NEW_SIDE, OPERATOR], ids=lambda person: person.user_id)
def test_the_list_of_cases_names_the_areas_that_are_away(
    browsers: Browsers, database: Database, person: Person
) -> None:
    def listed() -> str:
        return str(get(browsers.of(person), "/cases").text_content())

    assert "遅れているエリア" not in listed()
    with database.transaction() as session:
        note_absence(session, area=Area.KANSAI, reason="timeout")
        pause_area(session, area=Area.OKINAWA, reason="障害調査")

    page_text = listed()
    assert "送信や知らせが遅れているエリアがあります。" in page_text
    assert (
        "関西エリアの一般送配電事業者のシステムが" in page_text
        and "沖縄エリアの一般送配電事業者への送信は" in page_text
    )
    assert "障害調査" not in page_text


@pytest.mark.parametrize("person", [NEW_SIDE, OPERATOR], ids=lambda person: person.user_id)
def test_the_front_page_says_which_areas_are_away_as_the_list_does(
    person: Person, browsers: Browsers, database: Database
) -> None:
    with database.transaction() as session:
        pause_area(session, area=Area.TOKYO, reason="障害調査")
        note_absence(session, area=Area.KANSAI, reason="timeout")

    def told(path: str) -> list[str]:
        return words(get(browsers.of(person), path), "//div[contains(@class, 'banner')]//li")

    assert told("/") == told("/cases")
    assert len(told("/")) == 2


def test_a_stranger_does_not_hear_which_areas_are_away(browsers: Browsers, database: Database) -> None:
    with database.transaction() as session:
        pause_area(session, area=Area.TOKYO, reason="障害調査")

    assert "東京" not in get(browsers.of(None), "/").text_content()
