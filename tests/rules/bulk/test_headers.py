"""The names of columns count, their order does not."""

import pytest

from tests.support.sent_files import DECISIONS, FIT, LOW, REFERRALS, file_of, read_rows, refused, rows_with, table_of


def test_columns_may_stand_in_any_order() -> None:
    table = rows_with({})
    turned = [list(reversed(row)) for row in table]

    assert read_rows(file_of(turned))[0].values == read_rows(file_of(table))[0].values


def test_names_are_known_in_full_and_half_width_with_blanks_around_and_with_apostrophe() -> None:
    header, *rows = rows_with({})
    header = [f" '{name}".replace("（", "(").replace("）", ")") for name in header]

    assert read_rows(file_of([header, *rows]))[0].problems == ()


def test_a_needed_column_that_is_missing_is_named() -> None:
    table = [row[:2] + row[3:] for row in rows_with({})]

    (problem,) = refused(file_of(table))

    assert (problem.rule, problem.line) == ("file-missing-column", 1)
    assert problem.message == "必要な列「契約番号」がありません。"


def test_a_column_that_may_be_empty_may_be_missing() -> None:
    header, row = rows_with({})
    place = header.index("計器工事の要否")
    table = [header[:place] + header[place + 1 :], row[:place] + row[place + 1 :]]

    (read,) = read_rows(file_of(table))

    assert read.problems == () and "meterWork" not in read.values


def test_a_column_twice_is_told_by_both_letters() -> None:
    table = [[*row, row[2]] for row in rows_with({})]

    (problem,) = refused(file_of(table))

    assert problem.rule == "file-doubled-column"
    assert problem.message == "列「契約番号」がC列とL列の2つあります。"


def test_a_column_that_there_is_not_is_told_by_letter_and_name() -> None:
    header, row = rows_with({})

    (problem,) = refused(file_of([[*header, "備考"], [*row, "急ぎ"]]))

    assert (problem.rule, problem.letter, problem.value) == ("file-unknown-column", "L", "備考")
    assert problem.message == "列「備考」は、スイッチング廃止取次一括登録（低圧託送）にはない列です。"


def test_the_file_of_another_segment_is_told_by_its_columns() -> None:
    problems = refused(file_of(table_of(REFERRALS, LOW)), segment=FIT)

    assert {problem.rule for problem in problems} == {"file-unknown-column", "file-missing-column"}
    assert "区分の選びまちがい" in problems[0].action


def test_a_column_without_name_is_told_by_its_letter() -> None:
    table = [[row[0], "", *row[1:]] for row in rows_with({})]

    (problem,) = refused(file_of(table))

    assert (problem.rule, problem.message) == ("file-nameless-column", "B列に見出しがありません。")


def test_more_columns_than_anybody_has_are_told_of_once_and_not_each_by_itself() -> None:
    header, row = rows_with({})

    (problem,) = refused(file_of([[*header, *["備考"] * 300_000], row]))

    assert (problem.rule, problem.line) == ("file-too-many-columns", 1)
    assert problem.message == "見出しに列が300,011個あります。1つのファイルは100列までです。"


def test_what_a_spreadsheet_leaves_empty_after_the_last_column_is_no_column() -> None:
    table = [[*row, *[""] * 200] for row in rows_with({})]

    assert read_rows(file_of(table))[0].problems == ()


def test_a_file_without_header_is_told_by_how_it_begins() -> None:
    (problem,) = refused(file_of(rows_with({})[1:]))

    assert (problem.rule, problem.line) == ("file-header", 1)
    assert problem.message.startswith("1行目に見出しがありません（「03-1000-0000-0000-0000-0001,1001,")


@pytest.mark.parametrize(
    ("separator", "words"),
    [(";", ";"), ("\t", "タブ"), ("|", "|"), ("，", "，")],
    ids=["semicolon", "tab", "bar", "wide"],
)
def test_another_separator_than_a_comma_is_named(separator: str, words: str) -> None:
    (problem,) = refused(file_of(rows_with({}), separator=separator))

    assert problem.rule == "file-separator"
    assert problem.message == f"値が「{words}」で区切られています。区切りに使えるのは半角コンマ（,）だけです。"


def test_the_column_of_faults_and_the_facts_of_an_inbox_are_not_read() -> None:
    header, row = rows_with({}, kind=DECISIONS)
    known = ["エラー内容", "供給地点特定番号", "契約名義", "期限"]

    (read,) = read_rows(file_of([[*known, *header], ["=1", "4.9E+21", "\n", "", *row]]), kind=DECISIONS)

    assert read.problems == ()
    assert set(read.values) == {"caseNumber", "version", "decision"}
