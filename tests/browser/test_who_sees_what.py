"""The same case before the eyes of owner, colleague, other retailer and hub operator."""

import csv
import re

import pytest
from playwright.sync_api import expect

from deploy.samples import Person
from tests.browser.conftest import Windows
from tests.support.cast import COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR, STRANGER
from tests.support.households import HOUSEHOLDS
from tests.support.sample_office import SampleOffice

_CASE = "due_tomorrow"


@pytest.mark.parametrize("person", [DECIDER, COLLEAGUE, NEW_SIDE, OPERATOR], ids=lambda person: person.user_id)
def test_a_person_with_a_part_in_the_case_sees_it(windows: Windows, office: SampleOffice, person: Person) -> None:
    window = windows[person]

    page = window.open(f"/cases/{office.numbers[_CASE]}")

    expect(page.locator("main")).to_contain_text(office.numbers[_CASE])
    expect(page.locator("main")).to_contain_text("残り1営業日")


def test_the_current_retailer_is_not_told_who_asks(windows: Windows, office: SampleOffice) -> None:
    window = windows[DECIDER]

    text = window.open(f"/cases/{office.numbers[_CASE]}").locator("main").inner_text()

    assert HOUSEHOLDS[_CASE].name in text
    assert "あおぞら" not in text and "1001" not in text


def test_another_retailer_cannot_tell_it_from_a_case_that_does_not_exist(
    windows: Windows, office: SampleOffice
) -> None:
    window = windows[STRANGER]
    foreign, nobodys = office.numbers[_CASE], office.numbers[_CASE][:-1] + "x"

    pages = []
    for number in (foreign, nobodys):
        page = window.open(f"/cases/{number}", status=404)
        pages.append((page.title(), page.locator("body").inner_text()))

    assert pages[0] == pages[1]
    assert foreign not in "".join(pages[0])


def test_the_hub_operator_is_led_to_the_temporal_ui(windows: Windows, office: SampleOffice) -> None:
    window = windows[OPERATOR]

    page = window.open(f"/cases/{office.numbers[_CASE]}")

    link = page.locator("main").get_by_role("link", name="Temporal UIでこの案件の処理の流れを見る")
    expect(link).to_have_attribute("href", re.compile(rf"/workflows/{office.numbers[_CASE]}$"))


@pytest.mark.parametrize("person", [DECIDER, NEW_SIDE], ids=lambda person: person.user_id)
def test_nobody_else_is(windows: Windows, office: SampleOffice, person: Person) -> None:
    window = windows[person]

    page = window.open(f"/cases/{office.numbers[_CASE]}")

    expect(page.locator("main").get_by_role("link", name="Temporal")).to_have_count(0)


@pytest.mark.parametrize("person", [DECIDER, NEW_SIDE, STRANGER, OPERATOR], ids=lambda person: person.user_id)
def test_the_csv_has_the_cases_of_the_list(windows: Windows, office: SampleOffice, person: Person) -> None:
    window = windows[person]
    page = window.open("/cases")
    numbers = page.locator("main table tbody th a").all_inner_texts()

    page.get_by_text("CSVにする").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="表示している列（UTF-8）").click()

    rows = list(csv.DictReader(download.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert sorted(row["廃止取次番号"] for row in rows) == sorted(numbers)
