"""Logging in, as people do."""

import re

from playwright.sync_api import Browser, expect

from tests.browser.people import log_in
from tests.browser.window import Window, open_window
from tests.support.cast import DECIDER
from tests.support.sample_office import SampleOffice


def test_a_page_that_needs_a_login_is_shown_after_it(window: Window, office: SampleOffice) -> None:
    path = f"/cases/{office.numbers['completed']}"
    window.go(path)
    assert window.heading == "ログイン"

    window.page.get_by_label("ユーザーID").fill(DECIDER.user_id)
    window.page.get_by_label("パスワード").fill(DECIDER.password)
    window.press("ログイン")

    assert window.path == path


def test_it_works_by_keyboard_alone(window: Window) -> None:
    page = window.go("/login")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="本文へ移動")).to_be_focused()
    expect(page.get_by_role("link", name="本文へ移動")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("ユーザーID")).to_be_focused()
    page.keyboard.type(DECIDER.user_id)
    page.keyboard.press("Tab")
    page.keyboard.type(DECIDER.password)
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="ログアウト")).to_be_visible()
    window.check()


def test_it_works_without_javascript(browser: Browser, base_url: str, office: SampleOffice) -> None:
    window = open_window(browser, base_url, javascript=False)

    log_in(window, DECIDER)

    window.page.context.close()


def test_errors_are_named_at_their_fields(window: Window) -> None:
    page = window.go("/login")

    window.press("ログイン")

    for label in ("ユーザーID", "パスワード"):
        expect(page.get_by_label(label)).to_have_attribute("aria-invalid", "true")
        expect(page.get_by_label(label)).to_have_accessible_description(re.compile("入力してください"))
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.get_by_label("ユーザーID")).to_be_focused()


def test_after_logging_out_the_browser_shows_nothing_any_more(window: Window, office: SampleOffice) -> None:
    log_in(window, DECIDER)
    case = f"/cases/{office.numbers['completed']}"
    window.go(case)

    window.press("ログアウト")
    window.page.go_back()

    expect(window.page.get_by_role("heading", level=1)).to_have_text("ログイン")
