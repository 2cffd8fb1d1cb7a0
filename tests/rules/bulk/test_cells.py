"""What is read of a cell as people and spreadsheets write it."""

import pytest

from rules.bulk.kinds import BulkKind
from schemas.codes import Segment
from tests.support.sent_files import (
    DECISIONS,
    FIT,
    HIGH,
    LOW,
    REFERRALS,
    STARTS,
    file_of,
    problem_of,
    read_rows,
    rows_with,
)


def value_of(
    name: str, header: str, cell: str, *, kind: BulkKind = REFERRALS, segment: Segment = LOW, **others: str
) -> object:
    (row,) = read_rows(
        file_of(rows_with({**others, header: cell}, kind=kind, segment=segment)), kind=kind, segment=segment
    )
    assert row.problems == ()
    return row.values[name]


@pytest.mark.parametrize(
    "cell",
    [
        "0310000000000000000001",
        "03-1000-0000-0000-0000-0001",
        "０３－１０００－００００－００００－００００－０００１",
        "03 1000 0000 0000 0000 0001",
        "'0310000000000000000001",
        '="0310000000000000000001"',
        " 03‐1000‐0000‐0000‐0000‐0001　",
    ],
)
def test_a_point_number_is_read_however_it_is_pasted(cell: str) -> None:
    assert value_of("pointNumber", "供給地点特定番号", cell) == "0310000000000000000001"


@pytest.mark.parametrize("cell", ["0012", "'0012", '="0012"', "００１２", "0012 あおぞら電力株式会社"])
def test_the_code_of_a_company_keeps_its_zeros(cell: str) -> None:
    assert value_of("currentRetailerCode", "現小売電気事業者コード", cell) == "0012"


@pytest.mark.parametrize("cell", ["1E05", "'1E05", '="1E05"'])
def test_a_code_that_looks_like_a_number_stays_one(cell: str) -> None:
    assert value_of("currentRetailerCode", "現小売電気事業者コード", cell) == "1E05"


@pytest.mark.parametrize(
    ("cell", "number"), [("12-345", "12-345"), ("１２－３４５", "12-345"), ("'00012", "00012"), ("ＡＢ１", "AB1")]
)
def test_a_contract_number_keeps_what_is_a_part_of_it(cell: str, number: str) -> None:
    assert value_of("contractNumber", "契約番号", cell) == number


@pytest.mark.parametrize(
    "cell", ["2026-08-03", "2026/8/3", "2026/08/03", "2026.8.3", "2026年8月3日", "２０２６／８／３"]
)
def test_a_day_is_read_as_spreadsheets_write_it(cell: str) -> None:
    assert value_of("wishedDate", "異動希望日", cell) == "2026-08-03"


@pytest.mark.parametrize("cell", ["", "不要", "not_needed", "NOT_NEEDED"])
def test_a_code_is_read_by_its_value_or_its_word(cell: str) -> None:
    (row,) = read_rows(file_of(rows_with({"計器工事の要否": cell})))

    assert row.values.get("meterWork") == ("not_needed" if cell else None)


@pytest.mark.parametrize(
    "cell",
    ["01 契約番号相違、04 供給地点特定番号相違", "01,04", "1；4", "契約番号相違\n供給地点特定番号相違", "０１ ／ ０４"],
)
def test_several_reasons_stand_in_one_cell(cell: str) -> None:
    values = value_of("rejectionReasons", "NG理由", cell, kind=DECISIONS, 取次判断="否認")

    assert values == ["01", "04"]


def test_words_are_those_of_the_segment() -> None:
    values = value_of(
        "rejectionReasons", "NG理由", "受電地点特定番号相違", kind=DECISIONS, segment=FIT, 取次判断="否認"
    )

    assert values == ["04"]


@pytest.mark.parametrize("cell", ["OK", "ok", "ＯＫ", "承諾（OK）", "承諾"])
def test_an_acceptance_may_be_called_as_the_screens_call_it(cell: str) -> None:
    assert value_of("decision", "取次判断", cell, kind=DECISIONS) == "accept"


@pytest.mark.parametrize("cell", ["NG", "ng", "ＮＧ", "否認（NG）", "否認"])
def test_a_rejection_may_be_called_as_the_screens_call_it(cell: str) -> None:
    assert value_of("decision", "取次判断", cell, kind=DECISIONS, NG理由="契約番号相違") == "reject"


@pytest.mark.parametrize("cell", ["可・有", "有", "可", "yes"])
def test_a_part_of_a_word_that_no_other_has_will_do(cell: str) -> None:
    (row,) = read_rows(file_of(rows_with({"自家補有無": cell}, kind=STARTS, segment=HIGH)), kind=STARTS, segment=HIGH)

    assert row.values["highVoltageTerms"] == {
        "contractPower": "120",
        "selfGenerationBackup": "yes",
        "selfGenerationBackupPower": "120",
        "partialSupply": "yes",
        "partialSupplyKind": "base_load",
    }


@pytest.mark.parametrize("cell", ["5500", "5,500", "５５００", "'5500"])
def test_a_number_is_read_with_its_commas(cell: str) -> None:
    (row,) = read_rows(file_of(rows_with({"発電設備の出力": cell}, kind=STARTS, segment=FIT)), kind=STARTS, segment=FIT)

    assert row.problems == ()
    assert row.values["generatingFacility"] == {"generationKind": "solar", "generationOutput": "5500"}


@pytest.mark.parametrize(
    "cell", ["=1+1", "+81312345678", "-1", "@SUM(A1)", '=HYPERLINK("http://example.org")', "'=1+1"]
)
@pytest.mark.parametrize("header", ["契約番号", "契約名義"])
def test_a_formula_is_none_of_ours(header: str, cell: str) -> None:
    problem = problem_of(rows_with({header: cell}))

    assert (problem.rule, problem.column, problem.value) == ("cell-formula", header, cell)
    sign = cell.removeprefix("'")[0]
    assert problem.message == f"{header}が計算式の形（「{sign}」で始まる）です。計算式は受け付けません。"


@pytest.mark.parametrize("cell", ["4.9E+21", "3.1e+20", "3E+20", "１.２E+13"])
@pytest.mark.parametrize("header", ["供給地点特定番号", "契約番号"])
def test_what_a_spreadsheet_has_rounded_is_lost_and_told_so(header: str, cell: str) -> None:
    problem = problem_of(rows_with({header: cell}))

    assert (problem.rule, problem.line, problem.column, problem.value) == ("cell-rounded", 2, header, cell)
    assert problem.letter == {"供給地点特定番号": "A", "契約番号": "C"}[header]
    assert "元の桁が失われています" in problem.message and "「文字列」" in problem.action


@pytest.mark.parametrize(
    ("header", "cell", "digits"),
    [
        ("供給地点特定番号", "310000000000000000001", "22桁ですが、21桁"),
        ("現小売電気事業者コード", "12", "4桁ですが、2桁"),
    ],
)
def test_digits_that_a_spreadsheet_has_dropped_are_told_so(header: str, cell: str, digits: str) -> None:
    problem = problem_of(rows_with({header: cell}))

    assert problem.rule == "cell-lost-zeros"
    assert digits in problem.message


def test_a_name_may_begin_with_a_wide_sign() -> None:
    assert value_of("holderName", "契約名義", "＝ＡＢＣ株式会社") == "＝ＡＢＣ株式会社"
