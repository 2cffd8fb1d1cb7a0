"""メッセージ仕様書, コード定義書, ファイル定義書, 文字コード表, 機能棲み分け and 業務フロー say what the code has."""

import csv
import io
from collections.abc import Mapping
from html import unescape

import pytest

from docs.specification_pages import character_table, code_tables, flows
from docs.specification_pages import files as file_tables
from docs.specification_pages.drawing import wrapped
from docs.specification_pages.interfaces import all_specified
from docs.specification_pages.site import all_changes, data
from schemas import characters
from schemas.catalogue import INTERFACES
from schemas.refusal_codes import REFUSAL_WORDS, RefusalCode
from tests.docs.built_pages import page_of
from web.cases.csv_file import COLUMNS


@pytest.mark.parametrize("code", list(RefusalCode), ids=[code.value for code in RefusalCode])
def test_every_message_is_told_with_what_to_do(code: RefusalCode, files: Mapping[str, bytes]) -> None:
    (line,) = (line for line in files["messages.html"].decode().splitlines() if f'<tr id="{code}">' in line)

    for words in (REFUSAL_WORDS[code].text, REFUSAL_WORDS[code].action):
        assert words in unescape(line)
    assert (">可<" in line) == REFUSAL_WORDS[code].retryable
    assert (">Server<" in line) == REFUSAL_WORDS[code].retryable


def test_every_code_is_named_and_every_name_is_of_a_code() -> None:
    assert set(data("code_names.yaml")) == {code.__name__ for code in code_tables.all_codes()}


def test_every_value_of_every_code_is_listed(files: Mapping[str, bytes]) -> None:
    page = page_of(files["codes.html"])
    for code in code_tables.all_codes():
        (heading,) = page.xpath("//h2[@id=$name]", name=code.__name__)
        table = heading.xpath("following-sibling::table")[0]
        row_words = [(row[0].text_content(), row[1].text_content()) for row in table.findall("tbody/tr")]
        assert row_words == [(value.value, value.label) for value in code]


def test_every_column_of_the_file_is_described_and_nothing_else() -> None:
    described = [name.partition("・")[0] for name in COLUMNS]
    assert list(data("case_list_columns.yaml")) == described


def test_the_sample_of_the_file_has_a_cell_for_each_column() -> None:
    head, row = csv.reader(io.StringIO(file_tables.sample()))
    assert tuple(head) == COLUMNS
    assert len(row) == len(COLUMNS)


def test_the_table_of_characters_has_every_character_that_the_hub_takes_and_no_other() -> None:
    cells = [cell for section in character_table.sections() for line in section.lines for cell in line.cells if cell]

    assert len(cells) == len(set(cells))
    assert set(cells) == {chr(number) for number in range(0x110000) if characters.is_hub_text(chr(number))}
    assert {"髙", "﨑", "①", "㈱"} <= set(cells)
    assert not {"ｱ", "¥", "\t"} & set(cells)


def test_each_character_stands_at_its_code() -> None:
    for section in character_table.sections():
        for line in section.lines:
            for at, cell in enumerate(line.cells):
                if cell:
                    assert int.from_bytes(cell.encode("cp932")) == int(line.code, 16) + at


def test_the_division_names_every_interface_once(files: Mapping[str, bytes]) -> None:
    page = page_of(files["division.html"])
    named = [link.text for link in page.xpath("//h2[@id='both']/following-sibling::div[1]//a")]
    assert sorted(named) == sorted(specified.number for specified in all_specified())


def test_what_is_for_screens_alone_is_offered_by_no_interface() -> None:
    screens = {name for group in data("screen_only.yaml") for _, name, _, _ in group["functions"]}
    assert len(screens) == 20
    assert not screens & {interface.label for interface in INTERFACES}


def test_the_flows_have_every_interface_and_no_other() -> None:
    numbers = {step.number for flow in flows.flows() for step in flow.steps if step.number}
    assert numbers == {interface.number for interface in INTERFACES}


def test_those_who_take_part_in_a_flow_are_known() -> None:
    for flow in flows.flows():
        assert {key for step in flow.steps for key in (step.begin, step.end)} <= set(flows.lanes())


def test_a_drawing_tells_each_step_in_words_too(files: Mapping[str, bytes]) -> None:
    page = page_of(files["flows.html"])
    for drawing, flow in zip(page.iter("svg"), flows.flows(), strict=True):
        drawn_text = "".join(str(text).strip() for text in drawing.itertext())
        for step in flow.steps:
            assert step.words in drawn_text
    assert all(drawing.get("aria-label") and drawing.get("role") == "img" for drawing in page.iter("svg"))


def test_words_are_broken_into_lines_that_fit() -> None:
    assert wrapped("開始申請AB", width=8) == ["開始申請", "AB"]


def test_the_newest_change_stands_first() -> None:
    days = [change.day for change in all_changes()]
    assert days == sorted(days, reverse=True)
