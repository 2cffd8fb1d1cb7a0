"""One box for any number, as people paste it: straight to its page, or in words that there is none."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from deploy.samples import Person
from models.database import Database
from models.users.recent_items import MOST_ITEMS
from rules.pasted_text import as_sought
from tests.support.case_stages import send_both
from tests.support.case_steps import as_case
from tests.support.cast import CAST, COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR, POINT, STRANGER, register_cast
from tests.support.database_contents import rows
from tests.support.lone_applications import open_start
from tests.support.referrals import open_case
from tests.web.conftest import Browsers
from tests.web.pages import get, send, status_and_text, words

SEPARATORS = "-－ー‐―− \u3000\u00a0\u2009\u200b\ufeff\u2060\u2500·・/.,:：()[]"
"""What stands between digits in documents, mails and cells, marks of all kinds among them."""


@pytest.fixture(autouse=True)
def people(database: Database) -> Iterator[None]:
    with database.transaction() as session:
        register_cast(session)
    yield


def led_to(browsers: Browsers, person: Person, sought: str) -> str | None:
    """Tell where a person comes to who looks for something; None where they stay."""
    answer = browsers.of(person).get("/search", query_string={"q": sought})
    return answer.location


def test_every_page_has_the_box_and_it_leads_to_the_case(browsers: Browsers, database: Database) -> None:
    number = open_case(database)
    client = browsers.of(NEW_SIDE)

    for path in ("/", "/home", "/cases", f"/cases/{number}", "/inquiries", "/requests"):
        answer = send(client, get(client, path), {"q": number}, button="探す")
        assert answer.location == f"/cases/{number}", path
    assert get(browsers.of(None), "/").xpath("//form[@role='search']") == []


@pytest.mark.parametrize("separator", SEPARATORS)
def test_a_number_is_found_whatever_separates_its_digits(
    separator: str, browsers: Browsers, database: Database
) -> None:
    number = open_case(database, point_number=POINT)

    def spread(text: str) -> str:
        return separator.join((text[:2], text[2:6], text[6:10], text[10:]))

    assert led_to(browsers, NEW_SIDE, spread(number.lower())) == f"/cases/{number}"
    assert led_to(browsers, DECIDER, f"{spread(POINT)}{separator}") == f"/points/{POINT}"


def test_each_kind_of_number_leads_to_its_page(browsers: Browsers, database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        start = as_case(send_both(session, number).state).start.number
    lone = open_start(database, point_number="0310000000000000000077")
    ((message_id,),) = rows(
        database, "SELECT message_id FROM messages WHERE case_number = :number ORDER BY seq LIMIT 1", number=number
    )

    assert start is not None
    assert led_to(browsers, NEW_SIDE, start) == f"/cases/{number}"
    assert led_to(browsers, NEW_SIDE, lone) == f"/cases/{lone}"
    assert led_to(browsers, NEW_SIDE, message_id) == f"/cases/{number}"
    assert led_to(browsers, OPERATOR, f" {message_id.replace('-', '－')}\r\n") == f"/cases/{number}"
    assert (
        led_to(browsers, NEW_SIDE, "０３１０００００００００００００００００７７") == "/points/0310000000000000000077"
    )


def test_the_other_sides_numbers_are_as_those_of_nobody(browsers: Browsers, database: Database) -> None:
    number = open_case(database, point_number=POINT)
    with database.transaction() as session:
        start = as_case(send_both(session, number).state).start.number
    message_ids = [one for (one,) in rows(database, "SELECT message_id FROM messages WHERE retailer_code = '1001'")]

    assert start is not None
    for sought in (start, *message_ids):
        assert led_to(browsers, DECIDER, sought) is None, sought
    nobodys = {number: "SW03L20260101999999999", POINT: "0310000000000000000099", message_ids[0]: "m-of-nobody"}
    client = browsers.of(STRANGER)
    for real, invented in nobodys.items():
        answers = [client.get("/search", query_string={"q": sought}) for sought in (real, invented)]
        texts = [status_and_text(answer)[1] for answer in answers]
        assert _without(texts[0], real) == _without(texts[1], invented)


def _without(page: str, sought: str) -> str:
    return page.replace(sought, "#").replace(as_sought(sought) or "", "#")


@pytest.mark.parametrize("person", CAST, ids=lambda person: person.user_id)
def test_where_nothing_is_found_it_says_what_was_looked_for(person: Person, browsers: Browsers) -> None:
    page = get(browsers.of(person), "/search?q=03-1000-0000-0000-0000-0099")

    assert words(page, "//p[@class='empty']") == ["「03-1000-0000-0000-0000-0099」は見つかりませんでした。"]
    assert "0310000000000000000099" in page.text_content()
    assert page.xpath("string(//input[@id='find']/@value)") == "03-1000-0000-0000-0000-0099"


@pytest.mark.parametrize(
    "sought", ["", " ", "%00", "髙橋", "<b>", "a" * 5000, "-----", "%ED%A0%80", "' OR 1=1", "\U0001f600"]
)
def test_what_can_be_no_number_is_answered_in_words(sought: str, browsers: Browsers) -> None:
    get(browsers.of(NEW_SIDE), f"/search?q={sought}")


def test_what_one_opened_last_is_found_again_by_oneself_alone(browsers: Browsers, database: Database) -> None:
    opened = [open_case(database, point_number=f"03{number:020d}") for number in range(1, MOST_ITEMS + 3)]
    client = browsers.of(DECIDER)
    for number in (*opened, opened[5]):
        get(client, f"/cases/{number}")
    get(client, f"/points/03{1:020d}")
    get(client, "/cases/SW03L20260101999999999", status=404)

    found = words(get(browsers.of(DECIDER), "/search"), "//section[@aria-labelledby='recent']//a")

    assert found[:2] == [f"03{1:020d}", opened[5]]
    assert len(found) == len(set(found)) == MOST_ITEMS
    assert "まだありません" in get(browsers.of(COLLEAGUE), "/search").text_content()


def test_several_hits_are_a_list(browsers: Browsers, database: Database) -> None:
    first = open_case(database, point_number="0310000000000000000001")
    numbers = [first, open_case(database, point_number="0310000000000000000002", retailer="1003")]
    with database.transaction() as session:
        session.execute(text("UPDATE messages SET message_id = 'same-1'"))

    page = get(browsers.of(OPERATOR), "/search?q=same-1")

    assert sorted(words(page, "//main/ul//a")) == sorted(numbers)
    assert led_to(browsers, NEW_SIDE, "same-1") == f"/cases/{numbers[0]}"
