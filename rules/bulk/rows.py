"""One row of a file: the raw message that it says, and all that is wrong with it, column by column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rules.bulk import faults
from rules.bulk.cells import cell_fault, raw_of, text_of
from rules.bulk.columns import MESSAGE_ID, PROCESS, Column, letter_of
from rules.bulk.kinds import BulkKind
from rules.bulk.layout import Layout
from rules.bulk.problems import Problem
from rules.numbers import is_sound, segment_of
from rules.switching.decision_form import decision_form_findings
from schemas.codes import Segment
from schemas.findings import Finding
from schemas.interfaces.decision import DecisionRequest
from schemas.reading import Faulty, RawMessage, RawValue, read

_ITEM = re.compile(r"\[[0-9]+\]")
_ANY_ID = "row"
"""Stands for the message id, which a row gets when it is sent."""


@dataclass(frozen=True)
class RowRead:
    """One row: what it says by the names of its elements, but for the messageId, and what is wrong with it."""

    line: int
    """The first of its lines in the file, as an editor counts them."""
    values: RawMessage
    problems: tuple[Problem, ...] = ()
    message: object = None
    """The typed message, under a message id that stands for its own; None where something is wrong with the row."""


@dataclass(frozen=True)
class RowReader:
    """Reads the rows of one file."""

    kind: BulkKind
    segment: Segment
    layout: Layout

    def leaves_out(self, cells: Sequence[str]) -> bool:
        """Tell whether a row asks for nothing: one of an inbox without a decision."""
        telling = self.kind.left_out_without
        return bool(telling) and not any(text_of(self.layout.cell(cells, element)) for element in telling)

    def key(self, cells: Sequence[str]) -> str:
        """Give what no other row of the file may have: the number of its point or case."""
        column = self.layout.columns[self.layout.places[self.kind.row_is_one_of]]
        raw = raw_of(column, self.layout.cell(cells, column.place), segment=self.segment)
        return raw if isinstance(raw, str) else ""

    def read(self, line: int, cells: Sequence[str], *, other: int | None = None) -> RowRead:
        """Read a row.

        :param other: the line of a row with the same key.
        """
        values = self._values(cells)
        problems = list(self._problems_of_shape(line, cells))
        message: object = None
        if not problems:
            problems = list(self._problems_of_cells(line, cells))
            told = {problem.column for problem in problems}
            message = read(self.kind.interface.request, {**values, MESSAGE_ID: _ANY_ID}, segment=self.segment)
            of_values = self._problems_of_values(line, cells, values, message, other)
            problems += [found for found in of_values if found.column not in told]
        return RowRead(line, values, tuple(problems), message=None if problems else message)

    def _values(self, cells: Sequence[str]) -> RawMessage:
        values: dict[str, RawValue] = {} if self.kind.process is None else {PROCESS: self.kind.process.value}
        for column in self.layout.columns.values():
            raw = raw_of(column, self.layout.cell(cells, column.place), segment=self.segment)
            if raw or column.required:
                _put(values, column, raw)
        return values

    def _problems_of_shape(self, line: int, cells: Sequence[str]) -> Iterator[Problem]:
        width = self.layout.width
        too_much = next((place for place, cell in enumerate(cells) if place >= width and cell.strip()), None)
        if too_much is not None:
            finding = faults.TOO_LONG.finding(cells=len(cells), columns=width)
            yield Problem.of(finding, line=line, letter=letter_of(too_much), value=cells[too_much])
            return
        away = [column for place, column in self.layout.columns.items() if place >= len(cells) and column.required]
        if away:  # a spreadsheet leaves out what is empty at the end of a row
            finding = faults.TOO_SHORT.finding(cells=len(cells), columns=width, label=away[0].header)
            yield self._at(away[0], finding, line, cells)

    def _problems_of_cells(self, line: int, cells: Sequence[str]) -> Iterator[Problem]:
        for column in self.layout.columns.values():
            finding = cell_fault(column, self.layout.cell(cells, column.place))
            if finding is not None:
                yield self._at(column, finding, line, cells)

    def _problems_of_values(
        self, line: int, cells: Sequence[str], values: RawMessage, message: object, other: int | None
    ) -> Iterator[Problem]:
        by_place = {column.place: column for column in self.layout.columns.values()}
        for finding in _findings(message):
            column = by_place.get(_ITEM.sub("", finding.field))
            yield Problem.of(finding, line=line) if column is None else self._at(column, finding, line, cells)
        key = by_place[self.kind.row_is_one_of]
        if other is not None:
            finding = faults.DOUBLED_ROW.finding(path=key.place, label=key.header, other=other)
            yield self._at(key, finding, line, cells)
        case_column = by_place.get("caseNumber")
        number = values.get("caseNumber")
        if case_column is not None and isinstance(number, str) and is_sound(number):
            of = segment_of(number)
            if of is not self.segment:
                finding = faults.OTHER_SEGMENT.finding(
                    path=case_column.place, label=case_column.header, other=of.label, segment=self.segment.label
                )
                yield self._at(case_column, finding, line, cells)

    def _at(self, column: Column, finding: Finding, line: int, cells: Sequence[str]) -> Problem:
        place = self.layout.places[column.place]
        value = self.layout.cell(cells, column.place)
        return Problem.of(finding, line=line, letter=letter_of(place), column=column.header, value=value)


def _findings(message: object) -> tuple[Finding, ...]:
    match message:
        case Faulty():
            return message.findings
        case DecisionRequest():
            return decision_form_findings(
                decision=message.decision, reasons=message.rejection_reasons, text=message.rejection_text
            )
        case _:
            return ()


def any_of(cells: Sequence[str]) -> bool:
    """Tell whether a row has any content."""
    return any(cell.strip() for cell in cells)


def _put(values: dict[str, RawValue], column: Column, raw: RawValue) -> None:
    """Set a value in its group; of a group that is due, each empty element is told of by itself."""
    *groups, name = column.path
    for group in groups:
        inner = values.setdefault(group, {})
        assert isinstance(inner, dict), "a group has columns for its elements alone"
        values = inner
    if raw:
        values[name] = raw
