"""Judging from the inbox as a clerk does who has 300 a day: counted in rows, clicks and presses of Tab."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from models.database import Database
from tests.browser.people import log_in
from tests.browser.window import Window, open_window
from tests.support.cast import DECIDER
from tests.support.database_contents import rows
from tests.support.referrals import open_case
from tests.support.sample_office import SampleOffice

_MANY = 14
_FOCUSED = "document.activeElement.innerText.trim()"
_ROWS_IN_SIGHT = """
[...document.querySelectorAll("main tbody tr")].filter(row => row.getBoundingClientRect().bottom <= innerHeight).length
"""


@pytest.fixture(scope="module")
def waiting(seen: Database, office: SampleOffice) -> list[str]:
    """Have many more referrals wait, the last to come of them all."""
    return [open_case(seen, point_number=f"0900000000000000{number:06d}") for number in range(500_000, 500_000 + _MANY)]


@pytest.fixture
def clerk(browser: Browser, base_url: str, waiting: list[str]) -> Iterator[Window]:
    """Open a window 1280 by 800 of somebody who may decide."""
    window = open_window(browser, base_url)
    window.looks_closely = False  # test_every_screen.py does
    log_in(window, DECIDER)
    yield window
    window.page.context.close()
    assert window.troubles == []


def decided(database: Database, case_number: str) -> str | None:
    (row,) = rows(database, "SELECT decision FROM cases WHERE case_number = :number", number=case_number)
    return None if row[0] is None else str(row[0])


def test_fifteen_rows_stand_above_the_fold(clerk: Window) -> None:
    page = clerk.open("/inbox")

    assert page.viewport_size == {"width": 1280, "height": 800}
    assert page.evaluate(_ROWS_IN_SIGHT) >= 15


def test_two_clicks_decide_and_the_next_is_there(clerk: Window, waiting: list[str], seen: Database) -> None:
    page = clerk.open("/inbox")

    clerk.follow(waiting[0])  # the first click
    expect(page.get_by_role("button", name="承諾を送信する")).to_be_in_viewport()
    clerk.press("承諾を送信する")  # and the second

    assert clerk.heading == f"取次判断 {waiting[1]}"
    expect(page.get_by_role("status").first).to_contain_text(f"{waiting[0]} を承諾しました。")
    assert decided(seen, waiting[0]) == "accept"


def test_a_click_too_many_on_what_came_by_itself_sends_nothing(
    clerk: Window, waiting: list[str], seen: Database
) -> None:
    page = clerk.open(f"/inbox/{waiting[1]}#referral")
    page.get_by_role("button", name="承諾を送信する").scroll_into_view_if_needed()
    box = page.get_by_role("button", name="承諾を送信する").bounding_box()
    assert box is not None

    clerk.press("承諾を送信する")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_load_state()

    assert (decided(seen, waiting[1]), decided(seen, waiting[2])) == ("accept", None)


def test_the_next_takes_two_clicks_of_which_the_first_says_what_follows(
    clerk: Window, waiting: list[str], seen: Database
) -> None:
    page = clerk.open(f"/inbox/{waiting[3]}")
    clerk.press("承諾を送信する")
    expect(page.get_by_role("button", name="承諾を送信する")).to_be_hidden()

    page.get_by_text("承諾（OK）", exact=True).click()
    expect(page.get_by_text("判断を取り消すことはできません").first).to_be_visible()
    clerk.press("承諾を送信する")

    assert decided(seen, waiting[4]) == "accept"


def test_by_keyboard_alone_it_takes_few_presses_of_tab(clerk: Window, seen: Database) -> None:
    page, tabs = clerk.open("/inbox?area=09"), 0
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # past the navigation
    tabs += 1 + _tab_to(clerk, "先頭から照合する")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    number = clerk.heading.removeprefix("取次判断 ")
    tabs += _tab_to(clerk, "承諾を送信する")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert decided(seen, number) == "accept"
    assert tabs <= 10, tabs  # 47 before


@pytest.mark.parametrize("label", ["NG理由（詳細）", "相違 01"])
def test_enter_in_a_field_sends_nothing(clerk: Window, waiting: list[str], seen: Database, label: str) -> None:
    page = clerk.open(f"/inbox/{waiting[6]}")
    page.get_by_label(label).focus()

    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert clerk.heading == f"取次判断 {waiting[6]}"
    assert decided(seen, waiting[6]) is None


def test_it_is_rejected_without_javascript(browser: Browser, base_url: str, waiting: list[str], seen: Database) -> None:
    window = open_window(browser, base_url, javascript=False)
    log_in(window, DECIDER)
    window.open(f"/inbox/{waiting[7]}")

    window.page.get_by_label("相違 02").check()
    window.press("否認を送信する")

    assert decided(seen, waiting[7]) == "reject"
    window.page.context.close()


def test_back_leads_to_the_list_at_its_place(clerk: Window, waiting: list[str]) -> None:
    page = clerk.open("/inbox?segment=low_voltage")
    clerk.follow(waiting[8])

    page.go_back()

    assert clerk.path == "/inbox?segment=low_voltage"


def _tab_to(window: Window, words: str) -> int:
    for presses in range(1, 60):
        window.page.keyboard.press("Tab")
        if window.page.evaluate(_FOCUSED) == words:
            return presses
    raise AssertionError(f"the focus never came to {words}")
