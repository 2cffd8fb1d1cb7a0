"""What has to do with the file as a whole: its size, its rows, its quotes."""

import tracemalloc

import pytest

from rules.bulk import reading
from rules.bulk.reading import FileRead, read_file
from tests.support.sent_files import DECISIONS, LOW, REFERRALS, file_of, read_rows, refused, rows_with


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\r\n \r\n", b",,,\r\n", "　\n".encode()])
def test_a_file_without_content_is_empty(data: bytes) -> None:
    assert [problem.rule for problem in refused(data)] == ["file-empty"]


def test_a_header_alone_has_no_rows() -> None:
    assert [problem.rule for problem in refused(file_of(rows_with()))] == ["file-no-rows"]


def test_empty_lines_are_no_rows_wherever_they_stand() -> None:
    data = file_of(rows_with({}, {})).replace(b"\r\n", b"\r\n\r\n") + b",,,,,,,,,,\r\n\r\n"

    assert [row.line for row in read_rows(data)] == [3, 5]


def test_a_file_with_too_many_rows_is_refused_where_they_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 2)

    assert len(read_rows(file_of(rows_with({}, {})))) == 2
    (problem,) = refused(file_of(rows_with({}, {}, {})))

    assert (problem.rule, problem.line) == ("file-too-many-rows", 4)
    assert "2行を超えています" in problem.message


def test_rows_that_are_left_out_of_an_inbox_count_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    undecided = file_of(
        [["廃止取次番号", "版", "取次判断"], *([f"SW03L2026081200000000{n}", "1", ""] for n in range(3))]
    )

    assert [problem.rule for problem in refused(undecided, kind=DECISIONS)] == ["file-too-many-rows"]


def test_blank_lines_without_end_are_not_read_to_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_LINES", 10)

    (problem,) = refused(file_of(rows_with({})) + b"\r\n" * 20)

    assert (problem.rule, problem.line) == ("file-too-many-lines", 11)


def test_a_hundred_thousand_rows_and_twenty_mebibytes_are_taken() -> None:
    assert reading.MOST_ROWS == 100_000
    assert reading.MOST_BYTES == 20 * 1024 * 1024


def test_a_file_with_too_many_bytes_is_not_even_looked_at() -> None:
    (problem,) = refused(b"\x00" * (reading.MOST_BYTES + 1))

    assert problem.rule == "file-too-large"
    assert "20,971,521バイト" in problem.message


def test_a_quote_that_is_never_closed_is_told_by_the_line_where_its_row_begins() -> None:
    data = file_of(rows_with({}, {}, {})).replace("豊洲支店".encode(), '"豊洲支店'.encode())
    lines = data.split(b"\r\n")
    data = b"\r\n".join([*lines[:2], lines[2], lines[3]]).replace(b'"', b"", 1)

    (problem,) = refused(data)

    assert (problem.rule, problem.line) == ("file-quotes", 3)
    assert problem.message.startswith('3行目から始まる行で、引用符（"）の対応が正しくない')


@pytest.mark.parametrize("value", ["あ" * 131_073, '"' + "豊洲\n" * 50_000], ids=["plain", "never-closed"])
def test_a_value_that_has_no_end_is_told_by_the_line_where_its_row_begins(value: str) -> None:
    lines = file_of(rows_with({}, {}, {})).decode("utf-8-sig").split("\r\n")
    lines[2] = lines[2].replace("豊洲支店", value)

    (problem,) = refused("\r\n".join(lines).encode())

    assert (problem.rule, problem.line) == ("file-long-value", 3)
    assert problem.message.startswith("3行目から始まる行に、131,072文字を超える値があります。")


def test_a_quote_within_a_quoted_value_is_written_twice() -> None:
    data = file_of(rows_with({}, {}))
    good = data.replace("豊洲支店".encode(), '"豊洲""北""支店"'.encode())
    bad = data.replace("豊洲支店".encode(), '"豊洲"北"支店"'.encode())

    assert [row.problems for row in read_rows(good)] == [(), ()]
    assert [problem.rule for problem in refused(bad)] == ["file-quotes"]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_lines_end_as_they_may(end: str) -> None:
    assert [row.line for row in read_rows(file_of(rows_with({}, {}, {}), end=end))] == [2, 3, 4]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_line_break_in_a_cell_counts_as_an_editor_counts_it(end: str) -> None:
    table = rows_with({}, {"需要場所住所": f"東京都{end}江東区"}, {})

    rows = read_rows(file_of(table, end=end))

    assert [row.line for row in rows] == [2, 3, 5]
    assert [problem.rule for problem in rows[1].problems] == ["cell-line-break"]


def test_what_only_looks_like_the_end_of_a_line_is_none() -> None:
    table = rows_with({"需要場所住所": "東京都\u2028江東区\x0b\x85"}, {})

    assert [row.line for row in read_rows(file_of(table))] == [2, 3]


def test_of_an_inbox_what_has_no_decision_is_no_row() -> None:
    undecided = {"取次判断": "", "NG理由": "", "NG理由（詳細）": ""}
    read = read_file(file_of(rows_with({}, undecided, {}, kind=DECISIONS)), kind=DECISIONS, segment=LOW)

    assert isinstance(read, FileRead)
    assert (read.count, read.left_out) == (2, 1)
    assert [row.line for row in read.rows()] == [2, 4]


def test_an_inbox_without_any_decision_is_told_so() -> None:
    undecided = {"取次判断": "", "NG理由": "", "NG理由（詳細）": ""}

    (problem,) = refused(file_of(rows_with(undecided, undecided, kind=DECISIONS)), kind=DECISIONS)

    assert problem.message == "2行のどれにも取次判断が入力されていません。"


def test_rows_are_read_one_at_a_time_however_many_there_are() -> None:
    read = read_file(file_of(rows_with(*[{}] * 2000)), kind=REFERRALS, segment=LOW)
    assert isinstance(read, FileRead)
    next(iter(read.rows()))  # what is kept for all files is made by now

    tracemalloc.start()
    count = sum(1 for _ in read.rows())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 2000
    assert most < 250_000, "a row takes two thousand bytes, all of them four millions"


def test_a_file_is_read_anew_as_often_as_one_asks() -> None:
    read = read_file(file_of(rows_with({}, {})), kind=REFERRALS, segment=LOW)

    assert isinstance(read, FileRead)
    assert list(read.rows()) == list(read.rows())
