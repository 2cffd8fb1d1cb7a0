"""On paper and in colours of the reader's own choosing: nothing is cut off, and what is current is seen."""

import pytest

from tests.browser.conftest import Windows
from tests.browser.window import Window
from tests.support.cast import DECIDER, NEW_SIDE, OPERATOR
from tests.support.sample_office import SampleOffice

_A4, _A4_ACROSS = 718, 1047
"""Widths in CSS pixels of what may be printed on a sheet with margins of 10 mm."""
_CUT_OFF = """
[...document.querySelectorAll("main *")].filter(one => {
  const box = one.getBoundingClientRect();
  return box.width && (box.right > document.documentElement.clientWidth + 1 || one.scrollWidth > one.clientWidth + 1
    && getComputedStyle(one).overflowX !== "visible") && getComputedStyle(one).clipPath === "none";
}).map(one => one.outerHTML.slice(0, 120))
"""
_SHEET = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.mark.parametrize("width", [_A4, _A4_ACROSS])
def test_no_table_is_cut_off_on_paper_and_no_filter_is_printed(
    windows: Windows, office: SampleOffice, width: int
) -> None:
    lists = ((DECIDER, "/cases"), (OPERATOR, "/cases"), (DECIDER, "/inbox"))
    for person, path in (*lists, (NEW_SIDE, "/cases/{matched}?from=/cases"), (OPERATOR, "/"), (NEW_SIDE, "/volumes")):
        window = windows[person]
        window.open(path.format(**office.numbers))
        window.resize(width)
        window.page.emulate_media(media="print")
        try:
            assert window.page.evaluate(_SHEET), path
            assert window.page.evaluate(_CUT_OFF) == [], path
            elements = window.page.locator("form, .counts, .pager, nav, .header__viewer a")
            assert not [element for element in elements.all() if element.is_visible()], path
            assert window.page.locator("table").first.is_visible()
        finally:
            window.page.emulate_media(media="screen")
            window.resize(1280)


def test_what_is_folded_away_on_the_screen_is_open_on_paper(windows: Windows) -> None:
    window = windows[NEW_SIDE]
    window.open("/inquiries/12210/low_voltage")
    window.page.get_by_role("button", name="照会する").click()
    below = window.page.locator("details dd").first
    assert not below.is_visible()
    window.page.emulate_media(media="print")
    try:
        assert below.is_visible()
    finally:
        window.page.emulate_media(media="screen")


def test_the_view_for_paper_looks_on_the_screen_as_on_paper(windows: Windows, office: SampleOffice) -> None:
    window = windows[NEW_SIDE]
    window.go(f"/cases/{office.numbers['matched']}?view=print")

    assert window.page.get_by_text("印刷した人:").is_visible()
    assert not [link for link in window.page.locator("main a.button, nav").all() if link.is_visible()]


def _edge(window: Window, link: str) -> str:
    return str(
        window.page.get_by_label("画面")
        .get_by_role("link", name=link)
        .evaluate("one => getComputedStyle(one).borderBottomColor")
    )


def test_the_current_screen_is_marked_in_colours_of_the_readers_own(windows: Windows) -> None:
    window = windows[DECIDER]
    window.open("/cases?duty=any")
    window.page.emulate_media(forced_colors="active")
    try:
        current, other_edges = _edge(window, "申込内容一覧"), {_edge(window, "受信箱"), _edge(window, "稼働状況")}
        ground = window.page.evaluate("getComputedStyle(document.body).backgroundColor")
        counts = window.page.get_by_label("要対応の件数").locator("a[aria-current]")
        outline = counts.evaluate("one => getComputedStyle(one).outlineStyle")
    finally:
        window.page.emulate_media(forced_colors="none")

    assert other_edges == {ground}
    assert current not in other_edges
    assert outline == "solid"
