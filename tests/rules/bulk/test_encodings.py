"""In which encodings a file is read, and what is said of others and of what is no text."""

import pytest

from tests.support.sent_files import file_of, read_rows, refused, rows_with

TABLE = rows_with({"契約名義": "髙﨑　①㈱№～－"})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_names_are_read_as_they_are(encoding: str) -> None:
    (row,) = read_rows(file_of(TABLE, encoding=encoding))

    assert row.problems == ()
    assert row.values["holderName"] == "髙﨑　①㈱№～－"


def test_a_mark_that_stands_twice_is_no_part_of_the_first_name() -> None:
    (row,) = read_rows(b"\xef\xbb\xbf" + file_of(TABLE, encoding="utf-8-sig"))

    assert row.problems == ()


@pytest.mark.parametrize(
    ("encoding", "name"), [("utf-16", "UTF-16"), ("euc_jp", "EUC-JP"), ("iso2022_jp", "JIS（ISO-2022-JP）")]
)
def test_another_encoding_is_named(encoding: str, name: str) -> None:
    (problem,) = refused(file_of(rows_with({"契約名義": "高橋　太郎", "需要場所住所": "東京都"}), encoding=encoding))

    assert problem.rule == "file-encoding"
    assert problem.message == f"文字コードが{name}です。読み取れるのはUTF-8とシフトJIS（CP932）です。"
    assert "CSV UTF-8" in problem.action


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_bytes_that_are_no_text_are_told_by_their_line(mark: bytes) -> None:
    data = file_of(rows_with({}, {}, {}), encoding="utf-8").replace(b"1001", b"\xff001")
    lines = data.split(b"\r\n")
    data = mark + b"\r\n".join([lines[0], lines[1].replace(b"\xff", b"1"), *lines[2:]])

    (problem,) = refused(data)

    assert (problem.rule, problem.line) == ("file-characters", 3)
    assert problem.message == "3行目に、UTF-8として読み取れない文字があります。"


def test_one_bad_byte_among_cp932_is_told_so() -> None:
    data = file_of(rows_with({}, {}), encoding="cp932").replace(b"1001,", b"1001\x81,", 1)

    (problem,) = refused(data)

    assert problem.message == "2行目に、シフトJIS（CP932）として読み取れない文字があります。"


@pytest.mark.parametrize("start", [b"PK\x03\x04\x14\x00\x06\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_the_book_of_a_spreadsheet_is_known_whatever_its_name(start: bytes) -> None:
    (problem,) = refused(start + bytes(range(256)) * 10)

    assert problem.rule == "file-spreadsheet"
    assert "ブック" in problem.message and "CSV UTF-8" in problem.action


def test_nul_bytes_are_told_by_their_line() -> None:
    (problem,) = refused(file_of(rows_with({}, {"契約番号": "12\x0034"})))

    assert (problem.rule, problem.line) == ("file-nul", 3)
