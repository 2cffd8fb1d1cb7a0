"""What a case's page says where its grid operator is not being called: to whom it concerns."""

import pytest
from flask.testing import FlaskClient

from deploy.samples import Person
from models.clock import business_now
from models.database import Database
from models.pauses import pause_area
from rules.calendar import day_of
from runtime.settings import Settings
from schemas.codes import Area
from tests.support.cases import decide, file_start, obey_all, open_case
from tests.support.lone import open_start
from tests.support.people import DECIDER, NEW_SIDE, OPERATOR
from tests.support.settings import ALWAYS
from tests.web.conftest import Applications, Browsers
from tests.web.pages import get

HELD = "送信を待っています。"


@pytest.fixture
def in_maintenance(settings: Settings, application: Applications, database: Database) -> Browsers:
    """Browsers of a hub whose maintenance windows never end."""
    return Browsers(application(settings.model_copy(update={"maintenance_windows": ALWAYS})), database)


def started(database: Database) -> str:
    """A case whose start application waits to be sent."""
    case_number = open_case(database)
    with database.transaction() as session:
        decide(session, case_number)
        obey_all(session, case_number)
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

    shown = text(in_maintenance.of(person), case_number)

    assert HELD in shown
    assert f"東京エリアの一般送配電事業者はメンテナンス中です。終了予定の{end}" in shown


def test_where_the_area_is_stopped_that_is_told_and_not_why(browsers: Browsers, database: Database) -> None:
    case_number = started(database)
    with database.transaction() as session:
        pause_area(session, area=Area.TOKYO, reason="障害調査")

    shown = text(browsers.of(NEW_SIDE), case_number)

    assert "東京エリアの一般送配電事業者への送信は" in shown and "から一時停止中です。" in shown
    assert "障害調査" not in shown


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
