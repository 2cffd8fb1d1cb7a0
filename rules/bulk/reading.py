"""Reading a file: from bytes to the raw messages of its rows, or what is wrong with the whole of it."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.bulk import faults
from rules.bulk.columns import columns_of
from rules.bulk.encodings import text_of
from rules.bulk.kinds import BulkKind
from rules.bulk.layout import layout_of
from rules.bulk.problems import FileFault, Problem
from rules.bulk.rows import RowRead, RowReader, any_of
from schemas.codes import Segment
from schemas.findings import Finding

__all__ = ["FileRead", "FileRefused", "RowRead", "read_file", "with_lines"]

MOST_ROWS = 100_000
MOST_LINES = 10 * MOST_ROWS
"""Lines, blank ones and those within quotes included: nobody waits for millions of them to be read."""
MOST_BYTES = 20 * 1024 * 1024
LARGEST_REQUEST = MOST_BYTES + 64 * 1024
"""Bytes of a request that brings such a file, with what a form puts around it."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True)
class FileRead:
    """A file that can be read."""

    count: int
    """How many rows it has."""
    left_out: int
    """How many rows of an inbox are without a decision: these are no rows of the file."""
    _text: str
    _reader: RowReader
    _others: Mapping[int, int]
    """Of rows with the same key, by the line of each that of another."""

    @property
    def letters(self) -> Mapping[str, str]:
        """Give the letter of each element's column, as spreadsheets name it."""
        return self._reader.layout.letters

    def rows(self) -> Iterator[RowRead]:
        """Read row after row; each call begins with the first, and one row is held at a time."""
        for line, cells in _rows(self._text):
            if not self._reader.leaves_out(cells):
                yield self._reader.read(line, cells, other=self._others.get(line))


@dataclass(frozen=True)
class FileRefused:
    """A file of which nothing can be sent."""

    problems: tuple[Problem, ...]


def read_file(data: bytes, *, kind: BulkKind, segment: Segment) -> FileRead | FileRefused:
    """Read a file: the whole at once for what concerns the whole, its rows as they are asked for."""
    try:
        return _read(data, kind, segment)
    except FileFault as fault:
        return FileRefused(fault.problems)


def _read(data: bytes, kind: BulkKind, segment: Segment) -> FileRead:
    if len(data) > MOST_BYTES:
        raise FileFault(Problem.of(faults.TOO_LARGE.finding(bytes=f"{len(data):,}", most=f"{MOST_BYTES:,}")))
    if not data.strip():
        raise FileFault(Problem.of(faults.EMPTY.finding()))
    text = text_of(data, headers=[column.header for column in columns_of(kind, segment)])
    header, at = _header(text)
    reader = RowReader(kind, segment, layout_of(header, line=at, kind=kind, segment=segment))
    lines_by_key: dict[str, int] = {}
    others: dict[int, int] = {}
    count = left_out = 0
    for line, cells in _rows(text):
        if reader.leaves_out(cells):
            left_out += 1
        else:
            count += 1
            _note_double(reader.key(cells), line, lines_by_key, others)
        if count + left_out > MOST_ROWS:
            raise FileFault(Problem.of(faults.TOO_MANY_ROWS.finding(most=f"{MOST_ROWS:,}"), line=line))
    if not count:
        raise FileFault(Problem.of(_nothing(left_out)))
    return FileRead(count, left_out, text, reader, others)


def _note_double(key: str, line: int, lines_by_key: dict[str, int], others: dict[int, int]) -> None:
    """Note of two rows with the same key each the other's line; of more, the first one's."""
    first = lines_by_key.setdefault(key, line)
    if key and first != line:
        others[line] = first
        others.setdefault(first, line)


def _nothing(left_out: int) -> Finding:
    return faults.NOTHING_DECIDED.finding(count=left_out) if left_out else faults.NO_ROWS.finding()


def _fault_of_row(error: csv.Error, line: int) -> Finding:
    if "field limit" in str(error):  # the library tells its errors apart by their words alone
        return faults.LONG_VALUE.finding(line=line, most=f"{csv.field_size_limit():,}")
    return faults.QUOTES.finding(line=line)


def _header(text: str) -> tuple[Sequence[str], int]:
    """Give the first line that has content, and where it stands."""
    for line, cells in with_lines(text):
        return cells, line
    raise FileFault(Problem.of(faults.EMPTY.finding()))


def _rows(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    rows = with_lines(text)
    next(rows)
    return rows


def with_lines(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Take a file apart into rows with content, each with the first of its lines.

    :raises FileFault: where the quotes do not fit, or a value has no end: nobody knows what is a row from there on.
    """
    reader = csv.reader((match[0] for match in _LINE.finditer(text)), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileFault(Problem.of(_fault_of_row(error, line), line=line)) from None
        if line > MOST_LINES:
            raise FileFault(Problem.of(faults.TOO_MANY_LINES.finding(most=f"{MOST_LINES:,}"), line=line))
        if any_of(cells):
            yield line, cells
