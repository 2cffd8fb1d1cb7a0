"""Lists that people keep by name: filters, order and columns, each for themselves alone."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from deploy.samples import Person
from models.database import Database
from models.users.saved_views import MOST_VIEWS
from tests.support.cast import CAST, COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR, register_cast
from tests.support.referrals import open_case
from tests.web.conftest import Browsers
from tests.web.pages import get, send, words


@pytest.fixture(autouse=True)
def people(database: Database) -> Iterator[None]:
    with database.transaction() as session:
        register_cast(session)
    yield


def kept(client: FlaskClient) -> dict[str, str]:
    """Give the addresses of the lists that are kept, by their names."""
    links = get(client, "/cases").xpath("//nav[@aria-label='保存した条件']/a")
    return {link.text_content(): link.get("href") for link in links}


def save(client: FlaskClient, name: str, query: str = "area=03") -> str:
    """Keep a list by a name, and read what is said."""
    answer = send(client, get(client, f"/cases?{query}"), {"name": name}, button="保存する")
    assert answer.status_code == 303
    return " ".join(words(get(client, answer.location), "//main//*[contains(@class, 'banner')]"))


@pytest.mark.parametrize("person", CAST, ids=lambda person: person.user_id)
def test_a_list_is_kept_as_it_stands_and_found_again(person: Person, browsers: Browsers, database: Database) -> None:
    client = browsers.of(person)
    query = "phase=open&area=03&sort=due&order=desc&column=due&column=state"

    said = save(client, "東京の期限", query)

    assert "条件「東京の期限」を保存しました。" in said
    assert kept(client) == {"東京の期限": f"/cases?{query}"}
    assert kept(browsers.of(person)) == kept(client), "it is the person's, not the browser's"


def test_where_somebody_was_in_the_list_is_no_part_of_it(browsers: Browsers, database: Database) -> None:
    open_case(database)
    client = browsers.of(NEW_SIDE)

    save(client, "全部", "area=03&before=1.SW03L20260101000000009")

    assert kept(client) == {"全部": "/cases?area=03"}


def test_nobody_else_sees_it(browsers: Browsers) -> None:
    save(browsers.of(DECIDER), "私の条件")

    for person in (COLLEAGUE, NEW_SIDE, OPERATOR):
        assert kept(browsers.of(person)) == {}


def test_the_same_name_is_replaced_and_it_can_be_forgotten(browsers: Browsers) -> None:
    client = browsers.of(DECIDER)
    save(client, "一つ目", "area=03")
    save(client, "一つ目", "area=06")
    save(client, "二つ目", "area=01")

    answer = send(client, get(client, "/cases?area=06"), button="「二つ目」を削除する")

    assert answer.location == "/cases?area=06"
    assert "削除しました" in get(client, answer.location).text_content()
    assert kept(client) == {"一つ目": "/cases?area=06"}


def test_only_the_owner_can_forget_it(browsers: Browsers) -> None:
    save(browsers.of(DECIDER), "私の条件")
    other = browsers.of(COLLEAGUE)
    save(other, "別の条件")

    send(other, get(other, "/cases"), {"name": "私の条件"}, button="「別の条件」を削除する")

    assert list(kept(browsers.of(DECIDER))) == ["私の条件"]


@pytest.mark.parametrize("name", ["", "　", "あ" * 31, "a\x00b", "二\n行"])
def test_a_name_that_is_none_is_refused_in_words(name: str, browsers: Browsers) -> None:
    client = browsers.of(DECIDER)

    assert "1文字から30文字" in save(client, name)
    assert kept(client) == {}


def test_one_person_keeps_so_many_and_no_more(browsers: Browsers) -> None:
    client = browsers.of(DECIDER)
    for number in range(MOST_VIEWS):
        save(client, f"条件{number}")

    assert "20件まで" in save(client, "もう一つ")
    assert "保存しました" in save(client, "条件3", "area=06")
    assert len(kept(client)) == MOST_VIEWS


@pytest.mark.parametrize(
    "query",
    ["next=//evil.example", "a" * 5000, "area=%00", "area=03&x=1&column=" + "z" * 3000, "&&=&", "area=%ED%A0%80"],
)
def test_what_is_sent_in_place_of_an_address_leads_nowhere_else(query: str, browsers: Browsers) -> None:
    client = browsers.of(DECIDER)
    page = get(client, "/cases")

    answer = send(client, page, {"name": "試し", "query": query}, button="保存する")

    assert answer.status_code == 303
    assert answer.location.startswith("/cases")
    assert "x=1" not in answer.location
    assert get(client, "/cases").xpath("//nav[@aria-label='保存した条件']/a")


def test_without_a_login_nothing_is_kept(browsers: Browsers) -> None:
    answer = browsers.of(None).post("/views/save", data={"name": "だれか", "query": "area=03"})

    assert answer.status_code in (303, 400)
