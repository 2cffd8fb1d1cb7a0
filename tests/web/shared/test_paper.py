"""The view of a page for paper: complete, without navigation, with who printed it and when."""

import re

import pytest

from models.database import Database
from schemas.codes import ProcessKind
from schemas.interfaces.referral import REFERRAL
from tests.support.cast import CURRENT, DECIDER, NEW_SIDE
from tests.support.referrals import open_case
from tests.web.conftest import Browsers
from tests.web.pages import get, page_of, send, words
from tests.web.requests.walking import SEND, address, confirmed, result_of, typed

_LINK = "//main//a[normalize-space()='印刷用に表示する']/@href"


@pytest.fixture
def case_number(database: Database) -> str:
    return open_case(database)


def test_a_result_has_one_with_all_its_facts_and_who_printed_it(browsers: Browsers, database: Database) -> None:
    client = browsers.of(NEW_SIDE)
    form = get(client, address(REFERRAL))
    confirmation = confirmed(client, form, typed(REFERRAL, database, currentRetailerCode=CURRENT))
    screen = result_of(client, send(client, confirmation, button=SEND[ProcessKind.REGISTER]))

    paper = get(client, screen.xpath(_LINK)[0])

    assert words(paper, "//h1 | //main//dl") == words(screen, "//h1 | //main//dl")
    assert paper.xpath("//nav[@aria-label='画面'] | //header//form | //form") == []
    (printed,) = words(paper, "//p[@class='printed']")
    assert NEW_SIDE.user_id in printed
    assert re.search(r"表示日時: \d{4}-\d\d-\d\d（.）\d\d:\d\d$", printed)
    (back,) = paper.xpath("//header//a/@href")
    assert words(get(client, back), "//h1") == words(screen, "//h1")


def test_a_confirmation_has_one(browsers: Browsers, database: Database) -> None:
    client = browsers.of(NEW_SIDE)
    confirmation = confirmed(client, get(client, address(REFERRAL)), typed(REFERRAL, database))

    paper = get(client, confirmation.xpath(_LINK)[0])

    assert words(paper, "//main//dl") == words(confirmation, "//main//dl")


def test_its_style_is_that_of_paper_also_on_the_screen(browsers: Browsers, case_number: str) -> None:
    client = browsers.of(DECIDER)
    screen, paper = (get(client, f"/cases/{case_number}{more}") for more in ("", "?view=print"))

    assert screen.xpath("//link[contains(@href, 'print.css')]/@media") == ["print"]
    assert paper.xpath("//link[contains(@href, 'print.css')]/@media") == []


def test_a_list_keeps_its_filters(browsers: Browsers, case_number: str) -> None:
    client = browsers.of(DECIDER)

    paper = get(client, "/cases?area=03&view=print")

    assert paper.xpath("//header//a/@href") == ["/cases?area=03"]


def test_what_has_no_address_has_no_such_view(browsers: Browsers) -> None:
    client = browsers.of(NEW_SIDE)

    page_of(client.get("/nowhere?view=print"), status=404)
    assert get(client, "/requests/12110/low_voltage/register?view=print").xpath("//header/nav") == []
