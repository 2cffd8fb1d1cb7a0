"""The files that are given out: a template and a sample to begin with, faulty rows to correct, and what became of rows.

As lines of text; in which encoding they go out is chosen there (:func:`rules.spreadsheet.encoded`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from rules.bulk.cells import cell_of
from rules.bulk.columns import PROBLEMS, Column, columns_of, key_column
from rules.bulk.kinds import BulkKind
from rules.bulk.problems import Problem
from rules.bulk.rows import RowRead
from rules.spreadsheet import csv_text, hyphened
from rules.wording import plain_second
from schemas.codes import Decision, Flag, RejectionReason, Segment
from schemas.reading import RawMessage, RawValue

_RESULTS = ("行", "結果", "払い出された番号", "コード", "内容", "対処", "処理日時")
_OTHER_EXAMPLES: Mapping[BulkKind, Mapping[str, RawValue]] = {
    BulkKind.DECIDE_REFERRALS: {
        "decision": Decision.REJECT.value,
        "rejectionReasons": [RejectionReason.CONTRACT_NUMBER_DIFFERS.value, RejectionReason.OTHER.value],
    }
}
"""What the second row of a sample says, where the catalogue's examples do not fit together."""
_ONLY_WITH_REJECTION = frozenset({"rejectionReasons", "rejectionText"})


@dataclass(frozen=True)
class RowResult:
    """What became of one row."""

    line: int
    values: RawMessage
    outcome: str
    """In Japanese: 受付済み, 拒否 …"""
    given_number: str | None
    """The 廃止取次番号 or 申請番号 that was answered."""
    problems: tuple[Problem, ...]
    """Why it was not sent, or not taken."""
    ended_at: datetime | None


def template(*, kind: BulkKind, segment: Segment) -> str:
    """Write the header alone: a row that stands there as an example would be sent one day."""
    return csv_text([_headers(kind, segment)])


def sample(*, kind: BulkKind, segment: Segment) -> str:
    """Write the header with two rows filled in: all columns, and only those that are needed."""
    columns = columns_of(kind, segment)
    full = [_example(kind, column, segment) for column in columns]
    other = _OTHER_EXAMPLES.get(kind)
    second = [_other_example(kind, column, other, segment) for column in columns]
    return csv_text([_headers(kind, segment), full, second])


def error_file(rows: Iterable[RowRead], *, kind: BulkKind, segment: Segment) -> Iterator[str]:
    """Write rows as they were, with what is wrong with them; corrected, the file is sent again as it is."""
    columns = columns_of(kind, segment)
    yield csv_text([[*_headers(kind, segment), PROBLEMS]])
    for row in rows:
        cells = [cell_in(column, row.values, segment=segment) for column in columns]
        words = " / ".join(f"{problem.message}{problem.action}（{problem.code}）" for problem in row.problems)
        yield csv_text([[*cells, f"元のファイルの{row.line}行目: {words}"]])


def result_file(results: Iterable[RowResult], *, kind: BulkKind, segment: Segment) -> Iterator[str]:
    """Write what became of each row, known by its line and by the number of its point or case; nothing personal."""
    key = key_column(kind, segment)
    yield csv_text([[_RESULTS[0], key.header, *_RESULTS[1:]]])
    for result in results:
        yield csv_text([[str(result.line), cell_in(key, result.values, segment=segment), *_outcome(result)]])


def _outcome(result: RowResult) -> list[str]:
    problems, ended = result.problems, result.ended_at
    return [
        result.outcome,
        result.given_number or "",
        "、".join(dict.fromkeys(problem.code for problem in problems)),
        "".join(problem.message for problem in problems),
        "".join(dict.fromkeys(problem.action for problem in problems)),
        "" if ended is None else plain_second(ended),
    ]


def _headers(kind: BulkKind, segment: Segment) -> list[str]:
    return [column.header for column in columns_of(kind, segment)]


def _example(kind: BulkKind, column: Column, segment: Segment) -> str:
    if kind is BulkKind.DECIDE_REFERRALS and column.place in _ONLY_WITH_REJECTION:
        return ""
    return _written(column, column.field.example, segment)


def _other_example(kind: BulkKind, column: Column, other: Mapping[str, RawValue] | None, segment: Segment) -> str:
    if other is not None and column.place in other:
        return _written(column, other[column.place], segment)
    if column.field.code is Flag:
        return _written(column, Flag.NO.value, segment)
    if column.place == kind.row_is_one_of:
        example = column.field.example
        return _written(column, example[:-1] + str((int(example[-1]) + 1) % 10), segment)
    needed = column.required or column.place in _ONLY_WITH_REJECTION
    return _written(column, column.field.example, segment) if needed else ""


def cell_in(column: Column, values: RawMessage, *, segment: Segment) -> str:
    """Write what a row has in a column."""
    value: RawValue | None = values
    for name in column.path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return "" if value is None else _written(column, value, segment)


def _written(column: Column, raw: RawValue, segment: Segment) -> str:
    cell = cell_of(column, raw, segment=segment)
    is_point = column.place == "pointNumber" and cell.isdecimal()
    return hyphened(cell) if is_point else cell
