"""The parts of screens in a browser: what it does with them by itself, also by keyboard and without JavaScript."""

import pytest
from playwright.sync_api import Browser, FilePayload

from tests.browser.conftest import Windows
from tests.browser.people import log_in
from tests.browser.window import Window, open_window
from tests.support.cast import NEW_SIDE, STRANGER

_FILE = FilePayload(name="取次一括登録.csv", mimeType="text/csv", buffer="番号\n".encode())
_ELEMENT_UNDER_WORDS = """words => {
  const box = words.getBoundingClientRect();
  return document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2).id;
}"""


@pytest.fixture
def samples(windows: Windows) -> Window:
    window = windows[STRANGER]
    window.open("/design")
    return window


def test_a_file_can_be_dropped_anywhere_on_its_field_since_the_field_fills_the_area(samples: Window) -> None:
    words = samples.page.locator(".upload__words")
    words.scroll_into_view_if_needed()

    assert words.evaluate(_ELEMENT_UNDER_WORDS) == "file"
    samples.page.get_by_label("取次一括登録ファイル").set_input_files([_FILE])
    assert samples.page.locator("#file").evaluate("one => one.files[0].name") == _FILE["name"]


def test_a_filter_panel_opens_by_the_keyboard(samples: Window) -> None:
    panel = samples.page.get_by_role("region", name="条件なしの絞り込み")
    assert not panel.get_by_role("button", name="絞り込む").is_visible()

    panel.locator("summary").focus()
    samples.page.keyboard.press("Enter")

    assert panel.get_by_role("button", name="絞り込む").is_visible()


def test_what_is_sorted_and_where_one_is_are_told_to_who_hears_the_page(samples: Window) -> None:
    page = samples.page

    assert page.get_by_role("columnheader", name="廃止取次番号").first.get_attribute("aria-sort") == "ascending"
    assert page.get_by_role("progressbar", name="処理中のファイル").evaluate("one => one.position") == 0.3712
    assert page.get_by_role("img", name="月別使用量").get_attribute("aria-labelledby")


def test_fifteen_rows_of_one_line_have_room_in_half_a_window(samples: Window) -> None:
    rows = samples.page.locator(".tight").first.locator("tbody tr")
    heights = [row.bounding_box() for row in rows.all()[:-1]]  # the last has a name of 60 letters

    assert all(box is not None and box["height"] <= 30 for box in heights)


def test_charts_and_filters_are_complete_without_javascript(browser: Browser, base_url: str) -> None:
    window = open_window(browser, base_url, javascript=False)
    log_in(window, NEW_SIDE)
    window.open("/volumes")

    assert window.page.get_by_role("img", name="日別の登録件数").is_visible()
    window.page.locator("summary").click()
    window.page.get_by_label("区分").select_option("low_voltage")
    window.page.get_by_role("button", name="絞り込む").click()
    assert "segment=low_voltage" in window.path
    window.page.context.close()
    assert window.troubles == []
