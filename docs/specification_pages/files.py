"""ファイル定義書: the files the screens give, column by column."""

from collections.abc import Iterator
from dataclasses import dataclass

from docs.specification_pages.site import Page, data
from rules.bulk.columns import PROBLEMS, columns_of
from rules.bulk.columns import Column as BulkColumn
from rules.bulk.inbox import inbox_headers
from rules.bulk.kinds import BulkKind
from rules.bulk.reading import MOST_ROWS
from rules.bulk.writing import sample as sample_of
from rules.spreadsheet import csv_text
from schemas.codes import Segment
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


@dataclass(frozen=True)
class BulkFile:
    """The file of one bulk function."""

    kind: BulkKind
    segment: Segment
    columns: tuple[BulkColumn, ...]
    sample: str

    @property
    def place(self) -> str:
        """Name the place on the page."""
        return f"{self.kind.value}-{self.segment.value}".replace("_", "-")

    @property
    def number(self) -> str:
        return self.kind.interface.number_in(self.segment)


def bulk_files() -> tuple[BulkFile, ...]:
    """Describe the files of all bulk functions, by kind and segment."""
    return tuple(
        BulkFile(kind, segment, columns_of(kind, segment), sample_of(kind=kind, segment=segment))
        for kind in BulkKind
        for segment in Segment
    )


def pages() -> Iterator[Page]:
    yield Page(
        "files.html",
        "ファイル定義書",
        "画面で取得できるファイルと、画面から送れるファイル（一括処理）です。",
        "files.html",
        {
            "columns": columns(),
            "sample": sample(),
            "bulk_files": bulk_files(),
            "inbox_headers": inbox_headers(Segment.LOW_VOLTAGE),
            "problems": PROBLEMS,
            "most_rows": f"{MOST_ROWS:,}",
        },
    )
