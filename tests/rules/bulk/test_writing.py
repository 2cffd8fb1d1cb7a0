"""The files that are given out can be sent back."""

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.bulk.columns import columns_of
from rules.bulk.kinds import BulkKind
from rules.bulk.problems import Problem
from rules.bulk.reading import FileRead, read_file
from rules.bulk.writing import RowResult, error_file, result_file, sample, template
from rules.spreadsheet import FileEncoding, encoded
from schemas.codes import Segment
from tests.support.sent_files import LOW, REFERRALS, file_of, read_rows, refused, rows_with

EVERY = [pytest.param(kind, segment, id=f"{kind}-{segment}") for kind in BulkKind for segment in Segment]


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(("kind", "segment"), EVERY)
def test_a_template_is_the_header_alone(kind: BulkKind, segment: Segment) -> None:
    written = template(kind=kind, segment=segment)

    assert cells(written) == [[column.header for column in columns_of(kind, segment)]]
    assert [problem.rule for problem in refused(written.encode(), kind=kind, segment=segment)] == ["file-no-rows"]


@pytest.mark.parametrize(("kind", "segment"), EVERY)
@pytest.mark.parametrize("encoding", list(FileEncoding))
def test_a_sample_can_be_read(kind: BulkKind, segment: Segment, encoding: FileEncoding) -> None:
    data = b"".join(encoded([sample(kind=kind, segment=segment)], encoding))

    rows = read_rows(data, kind=kind, segment=segment)

    assert [row.problems for row in rows] == [(), ()]


def test_rows_at_fault_can_be_corrected_and_sent_again_as_they_are() -> None:
    table = rows_with({}, {"現小売電気事業者コード": "'0012", "契約番号": "12*34"}, {"計器工事の要否": "たぶん"})
    faulty = [row for row in read_rows(file_of(table)) if row.problems]

    written = "".join(error_file(faulty, kind=REFERRALS, segment=LOW))
    header, first, second = cells(written)

    assert header[-1] == "エラー内容"
    assert first[-1].startswith("元のファイルの3行目: 契約番号の3文字目（U+002A）は使えません。")
    assert first[-1].endswith("契約番号を直してください。（HUB-F001）")
    assert second[-1].startswith("元のファイルの4行目: 計器工事の要否は次のいずれかです")
    corrected = written.replace("12*34", "1234").replace("たぶん", "要")
    sent_again = read_rows(corrected.encode())
    assert [row.problems for row in sent_again] == [(), ()]
    assert [row.values["pointNumber"] for row in sent_again] == [row.values["pointNumber"] for row in faulty]
    assert sent_again[0].values["currentRetailerCode"] == "0012"


def test_what_became_of_rows_is_told_without_personal_data() -> None:
    (row,) = read_rows(file_of(rows_with({})))
    at = datetime(2026, 8, 12, 1, 0, 5, tzinfo=UTC)
    problem = Problem(message="別の手続きが進行中です。", action="終わってから登録します。", code="HUB-B002", rule="x")
    results = [
        RowResult(2, row.values, "受付済み", "SW03L20260812000000019", (), at),
        RowResult(3, row.values, "拒否", None, (problem,), at),
    ]

    header, taken, refused_row = cells("".join(result_file(results, kind=REFERRALS, segment=LOW)))

    assert header == ["行", "供給地点特定番号", "結果", "払い出された番号", "コード", "内容", "対処", "処理日時"]
    point = "03-1000-0000-0000-0000-0001"
    assert taken == ["2", point, "受付済み", "SW03L20260812000000019", "", "", "", "2026-08-12 10:00:05"]
    assert refused_row == ["3", point, "拒否", "", "HUB-B002", problem.message, problem.action, "2026-08-12 10:00:05"]


def test_what_cp932_has_not_is_shown_as_such() -> None:
    assert b"".join(encoded(["髙橋𠮷"], FileEncoding.CP932)).decode("cp932") == "髙橋〓"


@given(st.binary(max_size=400), st.sampled_from(list(BulkKind)), st.sampled_from(list(Segment)))
def test_whatever_is_sent_is_read_or_refused_in_words(data: bytes, kind: BulkKind, segment: Segment) -> None:
    read = read_file(data, kind=kind, segment=segment)

    if isinstance(read, FileRead):
        assert len(list(read.rows())) == read.count
    else:
        assert all(problem.message and problem.action and problem.rule for problem in read.problems)


CELL = st.text(max_size=30)


@given(st.lists(st.lists(CELL, max_size=14), max_size=8), st.sampled_from(["utf-8", "utf-8-sig"]))
def test_whatever_stands_in_cells_each_row_is_read_and_its_problems_have_their_place(
    rows: list[list[str]], encoding: str
) -> None:
    header = rows_with()
    data = file_of([*header, *rows], encoding="utf-16-le").decode("utf-16-le").encode(encoding, "replace")

    read = read_file(data, kind=REFERRALS, segment=LOW)

    if isinstance(read, FileRead):
        for row in read.rows():
            assert all(problem.line == row.line and problem.letter for problem in row.problems)


@given(st.lists(st.text(st.characters(codec="cp932", categories=["L", "N"]), min_size=1, max_size=20), max_size=5))
def test_an_error_file_says_what_the_rows_said(names: list[str]) -> None:
    rows = read_rows(file_of(rows_with({}, *({"契約名義": name} for name in names))))

    again = read_rows("".join(error_file(rows, kind=REFERRALS, segment=LOW)).encode())

    assert [row.values for row in again] == [row.values for row in rows]
