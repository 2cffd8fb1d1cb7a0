"""Cells that a spreadsheet leaves as they are, and what is read of them again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.spreadsheet import as_meant, hyphened, safe


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+81", "-1", "@SUM(A1)", "\tx", "\r=1", "\n=1", "＝１", "＋", "－", "−あ", "＠"]
    + [" =1+1", "\u3000=1+1", "\u00a0=1+1", "\ufeff=1+1", "\u200b=1+1", " ＝住所", "\x00=1"],
)
def test_what_a_spreadsheet_would_take_for_a_formula_is_made_text(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell",
    ["0012", "1E05", "12e3", "1e-5", "1234567890123456", "1,000", "1.50", "1-2", "3/4", "8.1.1", "2026/11/24", "10:30"]
    + ["1 1/2", "(123)", "（１２３）", "5 %", "令和8年3月1日", "昭和64年1月7日", "10時30分", "12:30:45.5", "1,000円"]
    + ["2026/3/1 10:00", "3/1 10:00", "1-Mar-26", "1-Mar-2026", "Mar 1, 2026", "March 1, 2026", "午後3時", "Q1"]
    + ["令和元年五月一日", "8月3日(月)", "1001 1/2", "0012 ", "−1", "１ー２", "1・2", "２０２６-０３-０１", "２"]
    + ["MAR1", "dec 2026", "1 jan", "10 pm", "TRUE", "５％", "００１２", "令和8年1月", "R8.1.1", "8月3日", " 012 "],
)
def test_what_a_spreadsheet_would_take_for_a_number_or_a_day_is_made_text(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell",
    ["", "05 該当契約なし", "03-1000", "a=b", "0", "12", "2026-08-12", "2026-08-12 10:00:00", "1001 あおぞら", "8月分"]
    + [
        "契約者死亡のため要確認",
        "令和8年3月1日に廃止済み",
        "10時30分に電話で確認",
        "需要場所住所 =住所が一致しません。",
    ]
    + ["高圧500kW未満", "awaiting_decision", "holder-name", "hub-f001", "SW03L20260101999999990", "平成町", "三丁目"],
)
def test_what_is_text_stays_as_it_is(cell: str) -> None:
    assert safe(cell) == cell


@given(st.text())
def test_what_is_written_is_read_as_it_was(cell: str) -> None:
    if not cell.startswith(("'", '="')):
        assert as_meant(safe(cell)) == cell


@pytest.mark.parametrize(
    ("cell", "meant"), [("'0012", "0012"), ('="0012"', "0012"), ('="1E05"', "1E05"), ("0012", "0012"), ("=1+1", "=1+1")]
)
def test_a_cell_that_is_held_to_be_text_is_read_without_what_holds_it(cell: str, meant: str) -> None:
    assert as_meant(cell) == meant


def test_a_point_number_is_written_with_its_hyphens() -> None:
    assert hyphened("0310000000000000000001") == "03-1000-0000-0000-0000-0001"
