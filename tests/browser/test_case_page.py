"""The page of a case: what its reader came for stands above the fold, the rest behind navigation in the page."""

import pytest
from playwright.sync_api import expect

from deploy.samples import Person
from tests.browser.conftest import Windows
from tests.support.cast import DECIDER, NEW_SIDE
from tests.support.sample_office import SampleOffice


@pytest.mark.parametrize(
    ("person", "name", "action"),
    [(DECIDER, "due_tomorrow", "取次判断へ進む"), (DECIDER, "accepted", "廃止申請登録へ進む"),
     (DECIDER, "defective", "廃止申請訂正へ進む"), (NEW_SIDE, "accepted", "開始申請登録へ進む"),
     (NEW_SIDE, "matched", "")],
    ids=lambda value: getattr(value, "user_id", value),
)  # fmt: skip
def test_state_deadline_and_the_next_action_stand_above_the_fold(
    windows: Windows, office: SampleOffice, person: Person, name: str, action: str
) -> None:
    window = windows[person]
    window.page.set_viewport_size({"width": 1280, "height": 720})
    try:
        page = window.open(f"/cases/{office.numbers[name]}?from=/cases")
        for label in ("状態", "待っているもの", "期限", "貴社の次の操作"):
            expect(page.locator(".standing").get_by_text(label, exact=True)).to_be_in_viewport(ratio=1)
        if action:
            expect(page.get_by_role("link", name=action)).to_be_in_viewport(ratio=1)
        expect(page.get_by_label("このページの内容")).to_be_in_viewport(ratio=1)
    finally:
        window.resize(1280)


def test_the_parts_of_the_page_are_a_click_away_from_wherever_one_is(windows: Windows, office: SampleOffice) -> None:
    window = windows[NEW_SIDE]
    page = window.open(f"/cases/{office.numbers['matched']}")
    parts = page.get_by_label("このページの内容")

    for name in ("電文", "申請", "案件履歴"):
        parts.get_by_role("link", name=name, exact=True).click()
        expect(page.locator("h2:target")).to_be_in_viewport(ratio=1)
        expect(parts).to_be_in_viewport(ratio=1)
        bar, heading = parts.bounding_box(), page.locator("h2:target").bounding_box()
        assert bar is not None and heading is not None
        assert bar["y"] + bar["height"] <= heading["y"], "the heading is not hidden under the navigation"
