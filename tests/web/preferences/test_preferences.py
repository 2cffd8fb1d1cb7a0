"""How a person wants the screens: kept for themselves, on every browser they use."""

from collections.abc import Iterator

import pytest

from deploy.samples import Person
from models.database import Database
from tests.support.cast import CAST, COLLEAGUE, DECIDER, NEW_SIDE, register_cast
from tests.support.referrals import open_case
from tests.web.conftest import Browsers
from tests.web.pages import get, page_of, send, words


@pytest.fixture(autouse=True)
def people(database: Database) -> Iterator[None]:
    with database.transaction() as session:
        register_cast(session)
    yield


@pytest.mark.parametrize("person", CAST, ids=lambda person: person.user_id)
def test_keys_can_be_turned_off_and_on(person: Person, browsers: Browsers) -> None:
    client = browsers.of(person)
    page = get(client, "/preferences")
    assert page.xpath("//script/@src") == ["/static/keys.js"]

    answer = send(client, page, {"keys": "off"}, button="保存する")

    page = get(client, answer.location)
    assert "設定を保存しました。" in page.text_content()
    assert page.xpath("//script | //link[@rel='help']") == []
    assert get(browsers.of(person), "/home").xpath("//script") == []
    send(client, page, {"keys": "on"}, button="保存する")
    assert get(client, "/home").xpath("//script/@src") == ["/static/keys.js"]


def test_rows_stand_apart_for_who_wants_that(browsers: Browsers, database: Database) -> None:
    open_case(database)
    client, colleague = browsers.of(DECIDER), browsers.of(COLLEAGUE)

    send(client, get(client, "/preferences"), {"rows": "apart"}, button="保存する")

    assert get(client, "/cases").xpath("//*[contains(@class, 'rows--apart')]")
    assert not get(colleague, "/cases").xpath("//*[contains(@class, 'rows--apart')]")
    assert get(client, "/preferences").xpath("//input[@checked]/@value") == ["apart", "on"]


@pytest.mark.parametrize("values", [{"rows": "wide"}, {"keys": "maybe"}, {"rows": "\x00"}])
def test_what_there_is_not_to_choose_is_refused_at_its_field(values: dict[str, str], browsers: Browsers) -> None:
    client = browsers.of(NEW_SIDE)

    page = page_of(send(client, get(client, "/preferences"), values, button="保存する"), status=422)

    assert len(words(page, "//*[contains(@class, 'field__error')]")) == 1
    assert get(client, "/home").xpath("//script")


def test_nobody_who_is_not_logged_in_has_any(browsers: Browsers) -> None:
    client = browsers.of(None)

    assert client.get("/preferences").location == "/login?next=/preferences"
    assert get(client, "/").xpath("//script") == []


def test_every_key_is_named_on_the_page(browsers: Browsers) -> None:
    page = get(browsers.of(NEW_SIDE), "/preferences")

    assert words(page, "//kbd") == ["/", "j", "k", "Enter", "?"]
