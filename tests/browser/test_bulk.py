"""A file from the choice to its results, with the real worker behind it: by keyboard alone, and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from models.database import Database
from tests.browser.people import log_in
from tests.browser.window import Window, open_window
from tests.support.cast import NEW_SIDE
from tests.support.sample_office import SampleOffice
from tests.support.sent_files import file_of, referrals_table

_FORM = "/bulk/new/register_referrals/low_voltage"
_ON_ITS_WAY = 60_000
"""Milliseconds in which a small file is checked, or sent, on a busy machine."""


@pytest.fixture
def file(seen: Database, office: SampleOffice) -> Callable[[int], FilePayload]:
    """Make files with two good rows, of points that no other test has, and one at fault."""

    def make(first: int) -> FilePayload:
        points = ({"供給地点特定番号": f"03{first + place:020d}"} for place in range(2))
        table = referrals_table(seen, *points, {"契約番号": "4.9E+21"})
        return FilePayload(name="取次11月.csv", mimeType="text/csv", buffer=file_of(table, encoding="cp932"))

    return make


def test_it_is_sent_by_keyboard_alone_and_its_page_goes_on_by_itself(
    window: Window, file: Callable[[int], FilePayload]
) -> None:
    log_in(window, NEW_SIDE)
    page = window.open(_FORM)

    _tab_to(page, "document.activeElement.type == 'file'")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(file(7_000_001))
    _press_by_key(page, "ファイルを送って確認する")
    expect(page.get_by_role("heading", name="このファイルでよいですか")).to_be_visible(timeout=_ON_ITS_WAY)
    window.check()
    expect(page.locator("main")).to_contain_text("3行のうち 2行を送れます。")
    _press_by_key(page, "2行を送信する")
    expect(page.get_by_role("heading", name="結果", exact=True)).to_be_visible(timeout=_ON_ITS_WAY)

    window.check()
    expect(page.locator("main")).to_contain_text("受け付けられたのは2行、受け付けられなかったのは0行です。")
    with page.expect_navigation():
        page.get_by_role("link", name="受付 2行").click()
    expect(page.get_by_role("link", name="SW03L")).to_have_count(2)


def test_it_is_sent_without_javascript(browser: Browser, base_url: str, file: Callable[[int], FilePayload]) -> None:
    window = open_window(browser, base_url, javascript=False)
    log_in(window, NEW_SIDE)
    page = window.open(_FORM)

    page.get_by_label("CSVファイル").set_input_files(file(7_000_101))
    window.press("ファイルを送って確認する")
    _look_until(page, "このファイルでよいですか")
    window.press("2行を送信する")
    _look_until(page, "結果")

    expect(page.locator("main")).to_contain_text("受け付けられたのは2行")
    window.page.context.close()
    assert window.troubles == []


def test_a_file_is_dropped_where_it_is_chosen(window: Window, file: Callable[[int], FilePayload]) -> None:
    log_in(window, NEW_SIDE)
    page = window.open(_FORM)
    box = page.locator(".upload").bounding_box()
    taken = page.locator("input[type=file]").bounding_box()

    assert box is not None and taken is not None
    assert (taken["width"], taken["height"]) >= (box["width"] * 0.9, box["height"] * 0.9), (
        "the field takes what is dropped"
    )


def _look_until(page: Page, heading: str) -> None:
    """Ask for the newest state as a person without scripts does."""
    for _ in range(120):
        if page.get_by_role("heading", name=heading, exact=True).count():
            return
        page.get_by_role("link", name="最新の状況を表示する").click()
        page.wait_for_timeout(500)
    raise AssertionError(f"the page never came to {heading}")


def _tab_to(page: Page, reached: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(reached):
            return
    raise AssertionError(f"no way by Tab to {reached}")


def _press_by_key(page: Page, label: str) -> None:
    _tab_to(page, f"document.activeElement.innerText == '{label}'")
    with page.expect_navigation():
        page.keyboard.press("Enter")
