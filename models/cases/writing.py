"""Writing a case with the first line of its history: the read model, and who is told."""

from typing import Any

from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.cases.read_model import WrittenLine, application_columns, history_columns, new_case_columns
from models.cases.tables import ApplicationRow, CaseRow, HistoryLineRow
from models.outbox import note_intents


def write_new_case(session: Session, entry: WrittenLine) -> None:
    """Write a case with the first line of its history."""
    session.execute(plain_insert(CaseRow).values(new_case_columns(entry)))
    write_applications(session, application_columns(None, entry))
    _write_history(session, entry)
    note_intents(session, step=entry.step, before=None, line=entry.line, after=entry.state)


def write_applications(session: Session, rows: list[dict[str, Any]]) -> None:
    """Write rows of applications; what a row does not name stays as it is."""
    for row in rows:
        session.execute(
            insert(ApplicationRow).values(row).on_conflict_do_update(index_elements=[ApplicationRow.number], set_=row)
        )


def _write_history(session: Session, entry: WrittenLine) -> None:
    session.execute(plain_insert(HistoryLineRow).values(history_columns(entry)))
