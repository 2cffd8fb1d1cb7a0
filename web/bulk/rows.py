"""The rows of a file on a page: known by their line, with what is wrong or what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask import url_for

from models.bulk.queries import FileOverview, FileRowLine
from rules.bulk.columns import key_column
from rules.bulk.problems import Problem, problems_of_refusal
from rules.bulk.progress import RowOutcome
from rules.bulk.writing import cell_in
from schemas.findings import Refusal
from schemas.refusal_codes import RefusalCode
from web.shared.marks import Mark, Shape
from web.shared.refusal_words import screen_words

OUTCOME_MARKS = {
    RowOutcome.FAULTY: Mark(Shape.FAILED, "away"),
    RowOutcome.WAITING: Mark(Shape.WAITING, "quiet"),
    RowOutcome.OPEN: Mark(Shape.GOING, "go"),
    RowOutcome.DONE: Mark(Shape.DONE, "well"),
    RowOutcome.REFUSED: Mark(Shape.FAILED, "away"),
}


@dataclass(frozen=True)
class ShownRow:
    """One row as a page shows it."""

    line: int
    key: str
    """The number of its point or case."""
    outcome: RowOutcome
    mark: Mark
    given_number: str | None
    problems: Sequence[Problem]
    tried_at: datetime | None


def shown(file: FileOverview, rows: Sequence[FileRowLine]) -> list[ShownRow]:
    """Lay rows out for a page."""
    key = key_column(file.kind, file.segment)
    return [
        ShownRow(
            line=row.line,
            key=cell_in(key, row.values, segment=file.segment),
            outcome=row.outcome,
            mark=OUTCOME_MARKS[row.outcome],
            given_number=row.given_number,
            problems=problems_of(row),
            tried_at=row.tried_at,
        )
        for row in rows
    ]


def problems_of(row: FileRowLine) -> tuple[Problem, ...]:
    """Say why a row was not sent, or not taken, as a person at a screen needs it."""
    return tuple(map(_in_screen_words, row.problems or problems_of_refusal(row.refusal, line=row.line)))


def _in_screen_words(problem: Problem) -> Problem:
    """Say a refusal that has no finding of its own in words of rows and buttons, not of messages and their ids."""
    if problem.rule != problem.code:
        return problem
    words = screen_words(Refusal(RefusalCode(problem.code)))
    return replace(problem, message=words.text, action=words.action)


def key_header(file: FileOverview) -> str:
    """Name what rows are known by: 供給地点特定番号, 廃止取次番号."""
    return key_column(file.kind, file.segment).header


def tabs_of(file: FileOverview) -> list[tuple[str, str, int | None]]:
    """Give the ways to the rows by what became of them, each with how many there are."""
    waiting = file.left - file.open
    counts = {
        RowOutcome.FAULTY: file.faulty,
        RowOutcome.WAITING: waiting,
        RowOutcome.OPEN: file.open,
        RowOutcome.DONE: file.done,
        RowOutcome.REFUSED: file.refused,
    }
    every = ("すべての行", url_for("bulk.rows", number=file.number), file.rows)
    some = [
        (outcome.label, url_for("bulk.rows", number=file.number, outcome=outcome.value), count)
        for outcome, count in counts.items()
        if count
    ]
    return [every, *some]
