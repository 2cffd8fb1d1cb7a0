"""Single keys: to the search box, along the rows of a list, to the help; and nothing once they are turned off."""

from playwright.sync_api import expect

from tests.browser.people import log_in
from tests.browser.window import Window
from tests.support.cast import COLLEAGUE


def _focused(window: Window) -> str:
    text: str = window.page.evaluate("document.activeElement.textContent.trim()")
    return text


def test_keys_lead_to_the_box_along_the_rows_and_to_the_help(window: Window) -> None:
    log_in(window, COLLEAGUE)
    page = window.go("/cases")
    numbers = page.locator("main tbody th a").all_inner_texts()

    for key, number in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        assert _focused(window) == numbers[number]
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert window.path == f"/cases/{numbers[1]}?from=/cases"
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("j/?")
    expect(page.locator("#find")).to_have_value("j/?")
    page.locator("main").focus()
    with page.expect_navigation():
        page.keyboard.press("?")
    assert window.heading == "設定"


def test_turned_off_they_do_nothing(window: Window) -> None:
    log_in(window, COLLEAGUE)
    page = window.go("/preferences")
    page.get_by_label("使わない").check()
    window.press("保存する")

    page = window.go("/cases")
    for key in ("j", "/", "?"):
        page.keyboard.press(key)
    assert window.path == "/cases"
    expect(page.locator("#find")).not_to_be_focused()

    window.go("/preferences")
    page.get_by_label("使う", exact=True).check()
    window.press("保存する")
