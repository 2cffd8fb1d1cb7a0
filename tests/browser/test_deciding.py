"""判断 → 確認 → 結果, with the real workflow behind it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from deploy.samples import Person
from tests.browser.conftest import Windows
from tests.browser.people import log_in
from tests.browser.window import Window, open_window
from tests.support.cast import COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR, STRANGER
from tests.support.sample_office import SampleOffice


def _decide(window: Window, case_number: str, *, choose: tuple[str, ...], send: str) -> None:
    window.looks_closely = False  # test_every_screen.py does
    log_in(window, DECIDER)
    window.open(f"/cases/{case_number}")
    window.follow("取次判断へ進む")
    for label in choose:
        window.page.get_by_label(label, exact=True).check()
    window.press("確認へ進む")
    window.press(send)


def test_a_referral_is_accepted(window: Window, office: SampleOffice) -> None:
    _decide(window, office.numbers["due_today"], choose=("承諾（OK）",), send="承諾を送信する")

    expect(window.page.get_by_role("status").first).to_contain_text("承諾")
    window.open(f"/cases/{office.numbers['due_today']}")
    expect(window.page.locator("main")).to_contain_text("申請待ち・申請中")
    expect(window.page.get_by_role("link", name="取次判断")).to_have_count(0)


def test_a_referral_is_rejected_without_javascript(browser: Browser, base_url: str, office: SampleOffice) -> None:
    window = open_window(browser, base_url, javascript=False)

    _decide(window, office.numbers["due_later"], choose=("否認（NG）", "03 住所相違"), send="否認を送信する")

    window.open(f"/cases/{office.numbers['due_later']}")
    expect(window.page.locator("main")).to_contain_text("住所相違")
    window.page.context.close()


def test_it_works_by_keyboard_alone(window: Window, office: SampleOffice) -> None:
    log_in(window, DECIDER)
    page = window.open(f"/cases/{office.numbers['due_by_cut_off']}/decision")

    _tab_to(window, lambda: page.evaluate("document.activeElement.type") == "radio")
    page.keyboard.press("Space")
    expect(page.get_by_label("承諾（OK）")).to_be_checked()
    _tab_to(window, lambda: page.evaluate("document.activeElement.innerText") == "確認へ進む")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("取次判断の確認 SW")
    _tab_to(window, lambda: page.evaluate("document.activeElement.innerText") == "承諾を送信する")
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_contain_text("申請待ち・申請中")


def _tab_to(window: Window, there: Callable[[], bool]) -> None:
    for _ in range(60):
        window.page.keyboard.press("Tab")
        focus = window.page.evaluate(
            "(() => {const box = document.activeElement.getBoundingClientRect(); return box.width * box.height > 0})()"
        )
        assert focus, "the focus went where nothing can be seen"
        if there():
            return
    raise AssertionError("the focus never came there")


@pytest.mark.parametrize("person", [COLLEAGUE, NEW_SIDE, STRANGER, OPERATOR], ids=lambda person: person.user_id)
def test_others_are_not_offered_it_and_may_not(windows: Windows, office: SampleOffice, person: Person) -> None:
    window = windows[person]
    number = office.numbers["due_tomorrow"]

    answer = window.page.goto(f"{window.base_url}/cases/{number}/decision")

    assert answer is not None and answer.status in (403, 404)
    window.page.goto(f"{window.base_url}/cases/{number}")
    expect(window.page.get_by_role("link", name="取次判断")).to_have_count(0)
