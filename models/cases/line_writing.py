"""Writing a line of a case's history with all that follows from it, and what is answered: one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, BindParameter, bindparam, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import insert

from models.base import Base
from models.cases.read_model import (
    WrittenLine,
    application_columns,
    case_columns,
    history_columns,
    new_case_columns,
)
from models.cases.tables import ApplicationRow, CaseRow, HistoryLineRow
from models.cases.volume_keys import changes
from models.cases.volume_tables import VolumeChangeRow
from models.messages.answering import ANSWERED
from models.outbox import MailIntentRow, intents, writing
from models.prepared import Line, Prepared
from rules.core import Procedure
from rules.steps import CommandAnswer

_CASE, _LINE, _APPLICATION, _MAIL, _VOLUME = "case", "line", "application", "mail", "volume"


@dataclass(frozen=True)
class Answered:
    """A message with the one answer it gets."""

    key: str
    answer: CommandAnswer
    at: datetime

    @property
    def values(self) -> dict[str, object]:
        """Give what the statement that stores it takes."""
        return {"answered_key": UUID(self.key), "answer": self.answer, "answered_at": self.at}


def write_new_case(line: Line, entry: WrittenLine) -> None:
    """Write a case with the first line of its history."""
    _write(line, entry, case=new_case_columns(entry), before=None, answered=None)


def write_line(line: Line, entry: WrittenLine, *, before: Procedure, answered: Answered | None = None) -> None:
    """Write a line of the history; the caller holds the lock on the case's row."""
    _write(line, entry, case=case_columns(entry), before=before, answered=answered)


def _write(
    line: Line, entry: WrittenLine, *, case: Mapping[str, object], before: Procedure | None, answered: Answered | None
) -> None:
    applications = application_columns(before, entry)
    mails = intents(step=entry.step, before=before, line=entry.line, after=entry.state)
    counts = changes(before, entry.state)
    statement = _statement(
        tuple(case),
        tuple(tuple(row) for row in applications),
        new=before is None,
        mails=len(mails),
        counts=tuple(tuple(row) for row in counts),
        answers=answered is not None,
    )
    values = {
        **({} if before is None else {"number": entry.state.case_number}),
        **_named(_CASE, [case]),
        **_named(_LINE, [history_columns(entry)]),
        **_named(_APPLICATION, applications),
        **_named(_MAIL, mails),
        **_named(_VOLUME, counts),
    }
    statement.run(line, **values, **({} if answered is None else answered.values))


def _named(part: str, rows: Sequence[Mapping[str, object]]) -> dict[str, object]:
    return {_name(part, place, column): value for place, row in enumerate(rows) for column, value in row.items()}


def _name(part: str, place: int, column: str) -> str:
    return f"{part}{place}_{column}"


_Columns = tuple[str, ...]


@cache
def _statement(
    case: _Columns,
    applications: tuple[_Columns, ...],
    *,
    new: bool,
    mails: int,
    counts: tuple[_Columns, ...],
    answers: bool,
) -> Prepared:
    """Make the statement that writes so many rows, with these columns; steps have few shapes."""
    parts = [_history(), *(_application(place, columns) for place, columns in enumerate(applications))]
    if counts:
        noted = [_binds(VolumeChangeRow, _VOLUME, place, columns) for place, columns in enumerate(counts)]
        parts.append(plain_insert(VolumeChangeRow).values(noted).cte(_VOLUME))
    if mails:
        parts.append(_mails(mails))
    if answers:
        parts.append(ANSWERED.cte("answered"))
    row = plain_insert(CaseRow) if new else update(CaseRow).where(CaseRow.case_number == bindparam("number"))
    return Prepared(row.values(_binds(CaseRow, _CASE, 0, case)).add_cte(*parts))


def _binds(row: type[Base], part: str, place: int, columns: Sequence[str]) -> dict[str, BindParameter[Any]]:
    types = row.__table__.c
    return {column: bindparam(_name(part, place, column), type_=types[column].type) for column in columns}


def _history() -> CTE:
    columns = [column.name for column in HistoryLineRow.__table__.c]
    return plain_insert(HistoryLineRow).values(_binds(HistoryLineRow, _LINE, 0, columns)).cte(_LINE)


def _application(place: int, columns: Sequence[str]) -> CTE:
    """Write the row of an application; what it does not name stays as it is."""
    written = insert(ApplicationRow).values(_binds(ApplicationRow, _APPLICATION, place, columns))
    changes = {column: written.excluded[column] for column in columns}
    return written.on_conflict_do_update(index_elements=[ApplicationRow.number], set_=changes).cte(
        f"{_APPLICATION}{place}"
    )


_MAIL_COLUMNS = ("id", "case_number", "step", "kind", "retailer_code")


def _mails(count: int) -> CTE:
    rows = [_binds(MailIntentRow, _MAIL, place, _MAIL_COLUMNS) for place in range(count)]
    return writing(rows).cte("mails")
