"""ファイル定義書: the files the screens give, column by column."""

from collections.abc import Iterator
from dataclasses import dataclass

from docs.specification_pages.site import Page, data
from rules.spreadsheet import csv_text
from web.cases import csv_file


@dataclass(frozen=True)
class Column:
    """One column of a file."""

    name: str
    form: str
    example: str
    meaning: str


def columns() -> tuple[Column, ...]:
    """Describe every column of the list of cases, in the order of the file."""
    described = data("case_list_columns.yaml")
    return tuple(Column(name, *map(str, described[_key(name)])) for name in csv_file.COLUMNS)


def _key(name: str) -> str:
    """Cut off what the file calls after its segments (供給地点特定番号・受電地点特定番号): it is described once."""
    return name.partition("・")[0]


def sample() -> str:
    """Write the sample values as the file has them."""
    described = columns()
    return csv_text([[column.name for column in described], [column.example for column in described]])


def pages() -> Iterator[Page]:
    yield Page(
        "files.html",
        "ファイル定義書",
        "画面で取得できるファイルです。この版で扱うのは、申込内容一覧の CSV ファイルです。",
        "files.html",
        {"columns": columns(), "sample": sample()},
    )
