"""Building the read model of a case anew, from its history alone."""

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.cases.giving_way import has_given_way
from models.cases.history import case_history
from models.cases.read_model import application_columns, case_columns, new_case_columns
from models.cases.steps import NoSuchCase
from models.cases.tables import ApplicationRow, CaseRow
from models.cases.volume_keeping import note_rows


def rebuild_case(session: Session, *, case_number: str) -> None:
    """Write a case's row and its applications anew from its history.

    :raises NoSuchCase: when it has no history.
    """
    session.execute(select(CaseRow.step).where(CaseRow.case_number == case_number).with_for_update())
    lines = case_history(session, case_number=case_number)
    if not lines:
        raise NoSuchCase(case_number)
    columns = new_case_columns(lines[0])
    for entry in lines:
        columns |= case_columns(entry)
    columns["gives_way"] = has_given_way(session, case_number=case_number)
    this_case = CaseRow.case_number == case_number
    note_rows(session, this_case, more=-1)
    session.execute(
        insert(CaseRow).values(columns).on_conflict_do_update(index_elements=[CaseRow.case_number], set_=columns)
    )
    note_rows(session, this_case, more=1)
    session.execute(delete(ApplicationRow).where(ApplicationRow.case_number == case_number))
    before = None
    for entry in lines:
        _write_applications(session, application_columns(before, entry))
        before = entry.state


def _write_applications(session: Session, rows: list[dict[str, Any]]) -> None:
    """Write rows of applications; what a row does not name stays as it is."""
    for row in rows:
        session.execute(
            insert(ApplicationRow).values(row).on_conflict_do_update(index_elements=[ApplicationRow.number], set_=row)
        )


def deviations(session: Session, *, case_number: str) -> tuple[str, ...]:
    """Name the columns in which a case's rows differ from what its history makes of them.

    Nothing is changed. A column is named with its table, one of an application with its number.

    :raises NoSuchCase: when it has no history.
    """
    with session.begin_nested() as aside:
        live = _standing(session, case_number)
        rebuild_case(session, case_number=case_number)
        rebuilt = _standing(session, case_number)
        aside.rollback()
    return tuple(sorted(name for name in live.keys() | rebuilt.keys() if live.get(name) != rebuilt.get(name)))


def _standing(session: Session, case_number: str) -> dict[str, Any]:
    """Give every column of the case and of its applications, by name."""
    session.expire_all()
    cases = session.scalars(select(CaseRow).where(CaseRow.case_number == case_number))
    applications = session.scalars(select(ApplicationRow).where(ApplicationRow.case_number == case_number))
    columns = {f"cases.{name}": value for row in cases for name, value in _columns(row)}
    return columns | {
        f"applications.{row.number}.{name}": value for row in applications for name, value in _columns(row)
    }


def _columns(row: CaseRow | ApplicationRow) -> list[tuple[str, Any]]:
    return [(column.key, getattr(row, column.key)) for column in row.__table__.columns]
