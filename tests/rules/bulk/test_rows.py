"""What is wrong with a row, column by column; what is right with the others stays so."""

import pytest

from tests.support.sent_files import (
    DECISIONS,
    LOW,
    STARTS,
    file_of,
    problem_of,
    read_rows,
    rows_with,
)


def test_a_good_row_is_the_message_that_it_says() -> None:
    (row,) = read_rows(file_of(rows_with({})))

    assert row.line == 2
    assert row.problems == ()
    assert row.values == {
        "processKind": "register",
        "pointNumber": "0310000000000000000001",
        "currentRetailerCode": "1001",
        "contractNumber": "12345678901234",
        "holderName": "髙橋　太郎",
        "holderNameKana": "タカハシ　タロウ",
        "address": "東京都江東区豊洲１－２－３",
        "wishedDate": "2026-08-20",
        "meterWork": "needed",
        "consent": {"obtainedOn": "2026-08-20", "method": "paper", "obtainedBy": "豊洲支店"},
    }


def test_every_cell_that_is_wrong_is_told_where_it_stands() -> None:
    (row,) = read_rows(file_of(rows_with({"契約番号": "12*34", "契約名義（カナ）": "たかはし", "同意取得日": "昨日"})))

    assert [
        (problem.line, problem.letter, problem.column, problem.value, problem.rule) for problem in row.problems
    ] == [
        (2, "C", "契約番号", "12*34", "characters"),
        (2, "E", "契約名義（カナ）", "たかはし", "characters"),
        (2, "I", "同意取得日", "昨日", "date"),
    ]
    assert all(problem.message and problem.action and problem.code == "HUB-F001" for problem in row.problems)


def test_each_cell_of_a_group_that_is_empty_is_told_by_itself() -> None:
    (row,) = read_rows(file_of(rows_with({"同意取得日": "", "同意取得方法": "", "同意取得者": ""})))

    assert [(problem.column, problem.rule) for problem in row.problems] == [
        ("同意取得日", "required"),
        ("同意取得方法", "required"),
        ("同意取得者", "required"),
    ]


def test_a_word_that_is_no_code_is_told_with_those_that_are() -> None:
    problem = problem_of(rows_with({"計器工事の要否": "たぶん"}))

    assert problem.message == "計器工事の要否は次のいずれかです: needed（要）、not_needed（不要）。"


def test_one_of_several_values_in_a_cell_is_told_under_its_column() -> None:
    problem = problem_of(rows_with({"取次判断": "否認", "NG理由": "01、17"}, kind=DECISIONS), kind=DECISIONS)

    assert (problem.column, problem.value, problem.rule) == ("NG理由", "01、17", "code")


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({"取次判断": "否認"}, "reasons-with-reject"),
        ({"取次判断": "承諾", "NG理由": "01"}, "no-reasons-with-accept"),
        ({"取次判断": "否認", "NG理由": "09"}, "text-with-other"),
        ({"取次判断": "否認", "NG理由": "01、01"}, "each-reason-once"),
    ],
)
def test_a_decision_that_does_not_fit_together_is_told(cells: dict[str, str], rule: str) -> None:
    assert problem_of(rows_with(cells, kind=DECISIONS), kind=DECISIONS).rule == rule


def test_a_row_with_too_many_cells_is_told_by_the_first_of_them_and_nothing_else_of_it() -> None:
    header, row = rows_with({})
    at = header.index("需要場所住所")
    table = [header, [*row[:at], "東京都", "江東区", *row[at + 1 :]]]

    problem = problem_of(table)

    assert (problem.rule, problem.letter, problem.value) == ("row-too-long", "L", "豊洲支店")
    assert problem.message == "この行は列が12個あり、見出しの11個より多くなっています。"


def test_empty_cells_after_the_last_column_are_no_fault() -> None:
    header, row = rows_with({})

    assert read_rows(file_of([header, [*row, "", " "]]))[0].problems == ()


def test_a_row_that_ends_too_early_is_told_by_what_it_lacks() -> None:
    header, row = rows_with({})

    problem = problem_of([header, row[:5]])

    assert (problem.rule, problem.line, problem.column) == ("row-too-short", 2, "需要場所住所")
    assert "列が5個しかなく、見出しの11個より少ない" in problem.message


def test_what_a_spreadsheet_leaves_out_at_the_end_of_a_row_is_empty() -> None:
    header, row = rows_with({}, kind=DECISIONS)

    (read,) = read_rows(file_of([header, row[:3]]), kind=DECISIONS)

    assert read.problems == ()


def test_a_line_break_in_a_cell_is_told() -> None:
    problem = problem_of(rows_with({"需要場所住所": "東京都\n江東区"}))

    assert (problem.rule, problem.message) == ("cell-line-break", "需要場所住所の値の中に改行があります。")


def test_two_rows_about_one_point_each_name_the_others_line() -> None:
    table = rows_with(
        {}, {}, {"供給地点特定番号": "0310000000000000000001"}, {"供給地点特定番号": "０３10000000000000000001"}
    )

    first, second, third, fourth = read_rows(file_of(table))

    assert second.problems == ()
    assert [row.problems[0].message for row in (first, third, fourth)] == [
        "供給地点特定番号が4行目と同じです。1つのファイルに同じ供給地点特定番号の行は1つだけです。",
        "供給地点特定番号が2行目と同じです。1つのファイルに同じ供給地点特定番号の行は1つだけです。",
        "供給地点特定番号が2行目と同じです。1つのファイルに同じ供給地点特定番号の行は1つだけです。",
    ]


def test_two_decisions_on_one_case_are_told() -> None:
    table = rows_with({}, {"廃止取次番号": "SW03L20260812000000011"}, kind=DECISIONS)

    rows = read_rows(file_of(table), kind=DECISIONS)

    assert [row.problems[0].rule for row in rows] == ["row-doubled", "row-doubled"]


def test_rows_without_a_number_are_not_the_same() -> None:
    rows = read_rows(file_of(rows_with({"供給地点特定番号": ""}, {"供給地点特定番号": ""})))

    assert [[problem.rule for problem in row.problems] for row in rows] == [["required"], ["required"]]


def test_the_case_of_another_segment_is_told() -> None:
    problem = problem_of(rows_with({"廃止取次番号": "SW03K20260812000000017"}, kind=STARTS), kind=STARTS)

    assert problem.rule == "cell-other-segment"
    assert problem.message == "廃止取次番号が高圧500kW未満の番号です。このファイルは低圧託送のものです。"


def test_a_faulty_row_keeps_what_stood_in_it() -> None:
    (row,) = read_rows(file_of(rows_with({"契約番号": "4.9E+21", "計器工事の要否": "たぶん"})), segment=LOW)

    assert (row.values["contractNumber"], row.values["meterWork"]) == ("4.9E+21", "たぶん")
