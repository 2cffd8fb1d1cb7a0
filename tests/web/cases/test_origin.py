"""The list that somebody came from: the way back to its place, and the items before and after this one in it."""

from urllib.parse import quote

import pytest
from lxml.html import HtmlElement

from deploy.samples import Person
from models.database import Database
from tests.support.case_stages import accept
from tests.support.cast import COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR, STRANGER
from tests.support.database_contents import rows
from tests.support.referrals import open_case
from tests.web.conftest import Browsers
from tests.web.inbox.test_inbox import point
from tests.web.pages import get, words

WAY_BACK = "//nav[@aria-label='現在の位置']//a"
BESIDE = "//nav[@aria-label='前後の案件']/a"


def opened(browsers: Browsers, person: Person, number: str, came_from: str) -> HtmlElement:
    return get(browsers.of(person), f"/cases/{number}?from={quote(came_from, safe='')}")


def beside(page: HtmlElement) -> dict[str, str]:
    return {words(link, ".")[0]: str(link.get("href")).partition("?")[0] for link in page.xpath(BESIDE)}


@pytest.fixture
def three(database: Database) -> list[str]:
    """Have three referrals come in, one after the other."""
    return [open_case(database, point_number=point(number)) for number in (1, 2, 3)]


def test_each_item_of_a_list_leads_on_with_the_list(browsers: Browsers, three: list[str]) -> None:
    client = browsers.of(DECIDER)
    listed = get(client, "/cases?area=03&phase=awaiting_decision")

    page = get(client, listed.xpath(f"//tbody//a[text()='{three[1]}']/@href")[0])

    assert page.xpath(f"{WAY_BACK}/@href") == ["/cases?area=03&phase=awaiting_decision"]
    assert beside(page) == {"前の案件": f"/cases/{three[2]}", "次の案件": f"/cases/{three[0]}"}, (
        "the newest comes first"
    )
    following = get(client, page.xpath(f"{BESIDE}[@rel='next']/@href")[0])
    assert beside(following) == {"前の案件": f"/cases/{three[1]}"}
    assert following.xpath(f"{WAY_BACK}/@href") == ["/cases?area=03&phase=awaiting_decision"]


@pytest.mark.parametrize(
    ("order", "before", "after"),
    [
        ("sort=registered&order=asc", 0, 2),
        ("phase=open&sort=due", 0, 2),
        ("phase=open&sort=due&order=desc", 2, 0),
        ("sort=changed", 2, 0),
    ],
)
def test_the_items_beside_it_are_those_of_the_order_that_one_saw(
    browsers: Browsers, three: list[str], order: str, before: int, after: int
) -> None:
    listed = words(get(browsers.of(DECIDER), f"/cases?{order}"), "//tbody//th/a")
    assert listed.index(three[before]) < listed.index(three[1]) < listed.index(three[after])

    page = opened(browsers, DECIDER, three[1], f"/cases?{order}")

    assert beside(page) == {"前の案件": f"/cases/{three[before]}", "次の案件": f"/cases/{three[after]}"}


@pytest.mark.parametrize("person", [DECIDER, COLLEAGUE], ids=lambda person: person.user_id)
def test_in_the_inbox_the_most_urgent_comes_first(person: Person, browsers: Browsers, three: list[str]) -> None:
    page = opened(browsers, person, three[1], "/inbox?area=03")

    assert words(page, WAY_BACK) == ["受信箱"]
    assert beside(page) == {"前の案件": f"/cases/{three[0]}", "次の案件": f"/cases/{three[2]}"}


def test_what_fits_the_list_no_more_still_has_its_place_in_it(
    browsers: Browsers, three: list[str], database: Database
) -> None:
    with database.transaction() as session:
        accept(session, three[1])

    page = opened(browsers, DECIDER, three[1], "/cases?phase=awaiting_decision")

    assert beside(page) == {"前の案件": f"/cases/{three[2]}", "次の案件": f"/cases/{three[0]}"}


@pytest.mark.parametrize(
    "came_from",
    [
        "",
        "x",
        "//elsewhere.example/cases",
        "https://elsewhere.example/cases",
        "/\\elsewhere.example",
        "/login",
        "/cases.csv",
        "/cases?area=11",
        "/inbox?segment=gas",
        "/cases?" + "x" * 5000,
        "/cases\x00",
    ],
)
def test_what_is_no_list_of_ours_is_not_led_back_to(browsers: Browsers, three: list[str], came_from: str) -> None:
    page = opened(browsers, DECIDER, three[1], came_from)

    assert page.xpath(f"{WAY_BACK}/@href") == ["/cases"] or came_from.startswith("/cases?x")
    assert "elsewhere" not in page.text_content()


def test_the_hub_operator_has_no_inbox_to_go_back_to(browsers: Browsers, three: list[str]) -> None:
    page = opened(browsers, OPERATOR, three[1], "/inbox")

    assert page.xpath(f"{WAY_BACK}/@href") == ["/cases"]


def test_nobody_is_told_of_anothers_cases_beside_ones_own(
    browsers: Browsers, three: list[str], database: Database
) -> None:
    other = open_case(database, point_number=point(9), retailer="1003", current_retailer_code="1001")

    page = opened(browsers, DECIDER, three[2], "/cases")
    assert f"/cases/{other}" not in beside(page).values()
    assert beside(opened(browsers, NEW_SIDE, three[2], "/cases"))["前の案件"] == f"/cases/{other}"
    assert rows(database, "SELECT 1 FROM data_reads WHERE subject = :number", number=other) == []
    get(browsers.of(STRANGER), f"/cases/{three[0]}?from=/cases", status=404)
