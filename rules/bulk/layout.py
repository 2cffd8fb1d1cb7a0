"""Where a file has its columns: read from its header, whose names count and whose order does not."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rules.bulk import faults
from rules.bulk.columns import PROBLEMS, Column, columns_of, letter_of
from rules.bulk.inbox import inbox_headers
from rules.bulk.kinds import BulkKind
from rules.bulk.problems import FileFault, Problem
from rules.spreadsheet import as_meant
from schemas.codes import Segment
from schemas.findings import Finding

_OTHER_SEPARATORS = {"\t": "タブ", ";": ";", "；": "；", "，": "，", "|": "|"}
_LONGEST_SHOWN = 40
MOST_COLUMNS = 100
"""That a header names: several times what any kind of file has."""


@dataclass(frozen=True)
class Layout:
    """The columns that are read, by their places."""

    width: int
    columns: Mapping[int, Column]

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Give the place of each element that has a column."""
        return {column.place: place for place, column in self.columns.items()}

    @cached_property
    def letters(self) -> Mapping[str, str]:
        """Give the letter of each element's column."""
        return {element: letter_of(place) for element, place in self.places.items()}

    def cell(self, cells: Sequence[str], element: str) -> str:
        """Give what a row has for an element; empty where it has no such cell."""
        place = self.places.get(element)
        return "" if place is None or place >= len(cells) else cells[place]


def layout_of(header: Sequence[str], *, line: int, kind: BulkKind, segment: Segment) -> Layout:
    """Find the columns in a header.

    A column that may be empty may be missing: a file made before an element was added stays good.

    :raises FileFault: with all that is wrong with it.
    """
    _refuse_endless(header, line)
    names = [_plain(cell) for cell in header]
    while names and not names[-1]:  # what a spreadsheet writes after the last column
        names.pop()
    columns = {_plain(column.header): column for column in columns_of(kind, segment)}
    if not any(name in columns for name in names):
        raise FileFault(_no_header(header, list(columns), line))
    problems = tuple(
        Problem.of(finding, line=line, letter=letter, value=value)
        for finding, letter, value in _findings(names, columns, kind, segment)
    )
    if problems:
        raise FileFault(*problems)
    return Layout(len(names), {place: columns[name] for place, name in enumerate(names) if name in columns})


def ignored_headers(kind: BulkKind, segment: Segment) -> frozenset[str]:
    """Name the columns of our own files that are there for people alone."""
    facts = inbox_headers(segment) if kind is BulkKind.DECIDE_REFERRALS else ()
    return frozenset(map(_plain, (PROBLEMS, *facts)))


def _findings(
    names: Sequence[str], columns: Mapping[str, Column], kind: BulkKind, segment: Segment
) -> Iterator[tuple[Finding, str, str]]:
    """Say what is wrong with the names, each with the letter and name of its column."""
    ignored = ignored_headers(kind, segment)
    for place, name in enumerate(names):
        letter = letter_of(place)
        if not name:
            yield faults.NAMELESS_COLUMN.finding(letter=letter), letter, ""
        elif name not in columns and name not in ignored:
            unknown = faults.UNKNOWN_COLUMN.finding(header=_shortened(name), kind=kind.label, segment=segment.label)
            yield unknown, letter, name
        elif name in names[:place]:
            first = letter_of(names.index(name))
            yield faults.DOUBLED_COLUMN.finding(header=name, first=first, second=letter), letter, name
    for name, column in columns.items():
        if column.required and name not in names:
            yield faults.MISSING_COLUMN.finding(path=column.place, label=column.header), "", ""


def _refuse_endless(header: Sequence[str], line: int) -> None:
    """Refuse more columns than anybody has, before each is told of by itself."""
    used = next((place for place in range(len(header), 0, -1) if header[place - 1].strip()), 0)
    if used > MOST_COLUMNS:
        finding = faults.TOO_MANY_COLUMNS.finding(columns=f"{used:,}", most=MOST_COLUMNS)
        raise FileFault(Problem.of(finding, line=line))


def _no_header(header: Sequence[str], names: Sequence[str], line: int) -> Problem:
    written = ",".join(header)
    for separator, words in _OTHER_SEPARATORS.items():
        if any(_plain(part) in names for part in written.split(separator)):
            return Problem.of(faults.SEPARATOR.finding(separator=words), line=line)
    return Problem.of(faults.WITHOUT_HEADER.finding(first=_shortened(written)), line=line)


def _plain(header: str) -> str:
    return unicodedata.normalize("NFKC", as_meant(header.strip())).strip()


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
