"""Files as people send them: good ones by the sample of the product, changed where a test wants it."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import timedelta

from models.clock import business_now
from models.database import Database
from rules.bulk.columns import columns_of
from rules.bulk.kinds import BulkKind
from rules.bulk.problems import Problem
from rules.bulk.reading import FileRead, FileRefused, RowRead, read_file
from rules.bulk.writing import sample
from rules.calendar import day_of
from schemas.codes import Segment
from tests.support.cast import CURRENT
from tests.support.moments import soon

REFERRALS, STARTS = BulkKind.REGISTER_REFERRALS, BulkKind.FILE_START_APPLICATIONS
DECISIONS, ENDS = BulkKind.DECIDE_REFERRALS, BulkKind.FILE_END_APPLICATIONS
LOW, HIGH, FIT = Segment.LOW_VOLTAGE, Segment.HIGH_VOLTAGE, Segment.LOW_VOLTAGE_FIT


def table_of(kind: BulkKind = REFERRALS, segment: Segment = LOW) -> list[list[str]]:
    """Give the header and two good rows, as a spreadsheet shows them."""
    return [list(row) for row in csv.reader(io.StringIO(sample(kind=kind, segment=segment), newline=""))]


def rows_with(*changes: Mapping[str, str], kind: BulkKind = REFERRALS, segment: Segment = LOW) -> list[list[str]]:
    """Give the header and, for each of the changes by header, a good row about a point or case of its own with them."""
    header, row, _ = table_of(kind, segment)
    (key,) = (column.header for column in columns_of(kind, segment) if column.place == kind.row_is_one_of)
    table = [header]
    for number, changed in enumerate(changes, start=1):
        cells = dict(zip(header, row, strict=True))
        cells[key] = _numbered(cells[key], number)
        table.append([{**cells, **changed}[name] for name in header])
    return table


def referrals_table(database: Database, *changes: Mapping[str, str]) -> list[list[str]]:
    """Give the header and registrations that the hub would take now, each with changes by header."""
    with database.transaction() as session:
        wished, today = soon(session), day_of(business_now(session))
    usual = {
        "現小売電気事業者コード": CURRENT,
        "異動希望日": wished.isoformat(),
        "同意取得日": str(today - timedelta(days=1)),
    }
    return rows_with(*({**usual, **changed} for changed in changes))


def file_of(
    table: Sequence[Sequence[str]], *, encoding: str = "utf-8-sig", end: str = "\r\n", separator: str = ","
) -> bytes:
    """Write a table as a spreadsheet saves it: with quotes where they are needed."""
    out = io.StringIO()
    csv.writer(out, lineterminator=end, delimiter=separator).writerows(table)
    return out.getvalue().encode(encoding)


def read_rows(data: bytes, *, kind: BulkKind = REFERRALS, segment: Segment = LOW) -> list[RowRead]:
    """Read a file that can be read."""
    read = read_file(data, kind=kind, segment=segment)
    assert isinstance(read, FileRead), read
    rows = list(read.rows())
    assert len(rows) == read.count
    return rows


def refused(data: bytes, *, kind: BulkKind = REFERRALS, segment: Segment = LOW) -> tuple[Problem, ...]:
    """Read a file of which nothing can be sent."""
    read = read_file(data, kind=kind, segment=segment)
    assert isinstance(read, FileRefused)
    return read.problems


def problem_of(table: Sequence[Sequence[str]], *, kind: BulkKind = REFERRALS, segment: Segment = LOW) -> Problem:
    """Give what is wrong with the one row of a file."""
    (row,) = read_rows(file_of(table), kind=kind, segment=segment)
    (problem,) = row.problems
    return problem


def _numbered(number: str, serial: int) -> str:
    return f"{number[: -len(str(serial))]}{serial}"
