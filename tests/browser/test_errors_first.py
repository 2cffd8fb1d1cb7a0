"""Where something was wrong, the focus is on what says so, with JavaScript and without."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.people import log_in
from tests.browser.window import open_window
from tests.support.cast import DECIDER
from tests.support.sample_office import SampleOffice


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_the_focus_is_on_the_errors_and_the_next_key_goes_to_the_field(
    browser: Browser, base_url: str, office: SampleOffice, javascript: bool
) -> None:
    window = open_window(browser, base_url, javascript=javascript)
    window.looks_closely = False  # test_every_screen.py does
    log_in(window, DECIDER)
    window.open(f"/cases/{office.numbers['suspended']}/decision")
    window.page.get_by_label("否認（NG）").check()

    window.press("確認へ進む")

    summary = window.page.get_by_role("alert")
    number = office.numbers["suspended"]
    expect(window.page).to_have_title(f"エラー: 取次判断 {number} - スイッチング支援システム")
    expect(summary.get_by_role("heading", name="エラーがあります")).to_be_visible()
    expect(summary).to_be_focused()
    window.page.keyboard.press("Tab")
    expect(summary.get_by_role("link").first).to_be_focused()
    window.page.context.close()
    assert window.troubles == []


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_in_a_form_of_the_catalogue_each_error_leads_to_its_field(
    browser: Browser, base_url: str, office: SampleOffice, javascript: bool
) -> None:
    window = open_window(browser, base_url, javascript=javascript)
    window.looks_closely = False
    log_in(window, DECIDER)
    window.open("/inquiries/10110/low_voltage")
    window.page.get_by_label("同意取得者").fill("豊洲支店")

    window.press("照会する")

    summary = window.page.get_by_role("alert")
    expect(window.page).to_have_title("エラー: 設備情報照会（低圧託送） - スイッチング支援システム")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="同意取得方法は必須です。").click()
    expect(window.page.get_by_label("書面")).to_be_focused()
    summary.get_by_role("link", name="供給地点特定番号は必須です。").click()
    expect(window.page.get_by_label("供給地点特定番号")).to_be_focused()
    expect(window.page.get_by_label("同意取得者")).to_have_value("豊洲支店")
    window.page.context.close()
    assert window.troubles == []


def test_back_from_the_check_page_and_a_reload_of_it_lose_and_send_nothing(
    browser: Browser, base_url: str, office: SampleOffice
) -> None:
    window = open_window(browser, base_url)
    window.looks_closely = False
    log_in(window, DECIDER)
    window.open(f"/cases/{office.numbers['suspended']}/decision")
    window.page.get_by_label("否認（NG）").check()
    window.page.get_by_label("03 住所相違").check()
    window.press("確認へ進む")
    window.page.reload()
    expect(window.page.get_by_role("heading", level=1)).to_contain_text("取次判断の確認 SW")

    window.page.go_back()

    expect(window.page.get_by_role("heading", level=1)).to_contain_text("取次判断 SW")
    expect(window.page.get_by_label("否認（NG）")).to_be_checked()
    expect(window.page.get_by_label("03 住所相違")).to_be_checked()
    window.page.context.close()
    assert window.troubles == []


def test_back_from_the_check_page_leads_to_the_form_also_where_it_had_an_error_before(
    browser: Browser, base_url: str, office: SampleOffice
) -> None:
    window = open_window(browser, base_url)
    window.looks_closely = False
    log_in(window, DECIDER)
    window.open(f"/cases/{office.numbers['suspended']}/decision")
    window.page.get_by_label("否認（NG）").check()
    for reason in ("03 住所相違", "01 契約番号相違"):  # none is chosen by the draft of another test
        window.page.get_by_label(reason).uncheck()
    window.press("確認へ進む")
    expect(window.page.get_by_role("alert")).to_be_visible()
    window.page.get_by_label("03 住所相違").check()
    window.press("確認へ進む")
    expect(window.page.get_by_role("heading", level=1)).to_contain_text("取次判断の確認 SW")

    window.page.go_back()

    expect(window.page.get_by_role("heading", level=1)).to_contain_text("取次判断 SW")
    expect(window.page.get_by_label("03 住所相違")).to_be_checked()
    window.page.context.close()
    assert window.troubles == []
