"""What comes of a file, as files: rows at fault to correct and send again, and what became of each row."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response

from models.bulk.queries import FileOverview, FileRowLine
from rules.bulk.progress import RowOutcome
from rules.bulk.rows import RowRead
from rules.bulk.writing import RowResult, error_file, result_file
from usecases.bulk_files import rows_of
from usecases.hub import Hub
from web.bulk.file_page import with_rows
from web.bulk.rows import problems_of
from web.shared.access import current_actor
from web.shared.csv_files import streamed

_BATCH = 2000
"""Rows that are read, and put on record, at once."""
_AT_FAULT = (RowOutcome.FAULTY, RowOutcome.REFUSED)


@dataclass(frozen=True)
class Downloads:
    """The views that give files."""

    hub: Hub

    def errors(self, number: str) -> Response:
        """Give the rows that were not taken, with what is wrong: corrected, the file can be sent as it is."""
        file = self._file(number)
        rows = (_as_read(row) for row in self._rows(number, _AT_FAULT, purpose="画面:一括処理の誤りCSV"))
        texts = error_file(rows, kind=file.kind, segment=file.segment)
        return streamed(texts, f"{number}-errors.csv")

    def results(self, number: str) -> Response:
        """Give what became of each row."""
        file = self._file(number)
        rows = (_as_result(row) for row in self._rows(number, (), purpose="画面:一括処理の結果CSV"))
        texts = result_file(rows, kind=file.kind, segment=file.segment)
        return streamed(texts, f"{number}-results.csv")

    def _file(self, number: str) -> FileOverview:
        with self.hub.database.transaction() as session:
            return with_rows(session, number)

    def _rows(self, number: str, outcomes: tuple[RowOutcome, ...], *, purpose: str) -> Iterator[FileRowLine]:
        actor, after = current_actor(), 0
        while True:
            with self.hub.database.transaction() as session:
                rows = rows_of(
                    number,
                    actor=actor,
                    session=session,
                    purpose=purpose,
                    outcomes=outcomes,
                    after=after,
                    limit=_BATCH,
                )
            yield from rows
            if len(rows) < _BATCH:
                return
            after = rows[-1].line


def _as_read(row: FileRowLine) -> RowRead:
    return RowRead(row.line, row.values, problems_of(row))


def _as_result(row: FileRowLine) -> RowResult:
    return RowResult(
        line=row.line,
        values=row.values,
        outcome=row.outcome.label,
        given_number=row.given_number,
        problems=problems_of(row),
        ended_at=row.tried_at if row.outcome.final else None,
    )
