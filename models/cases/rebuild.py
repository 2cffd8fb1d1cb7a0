"""Building the read model of a case anew, from its history alone."""

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.cases.read_model import WrittenLine, application_columns, case_columns, new_case_columns
from models.cases.stepping import NoSuchCase
from models.cases.tables import ApplicationRow, CaseRow, HistoryLineRow
from models.cases.writing import write_applications
from rules.case.outcomes import Actor, HistoryKind, HistoryLine


def rebuild_case(session: Session, *, case_number: str) -> None:
    """This function will write a case's row and its applications anew from its history.

    :raises NoSuchCase: when it has no history.
    """
    session.execute(select(CaseRow.step).where(CaseRow.case_number == case_number).with_for_update())
    lines = written_lines(session, case_number=case_number)
    if not lines:
        raise NoSuchCase(case_number)
    columns = new_case_columns(lines[0])
    for written in lines:
        columns |= case_columns(written)
    session.execute(
        insert(CaseRow).values(columns).on_conflict_do_update(index_elements=[CaseRow.case_number], set_=columns)
    )
    session.execute(delete(ApplicationRow).where(ApplicationRow.case_number == case_number))
    before = None
    for written in lines:
        write_applications(session, application_columns(before, written))
        before = written.state


def written_lines(session: Session, *, case_number: str) -> list[WrittenLine]:
    """This function will read the history of a case, the first line first."""
    rows = session.execute(
        select(
            HistoryLineRow.step,
            HistoryLineRow.kind,
            HistoryLineRow.actor,
            HistoryLineRow.details,
            HistoryLineRow.cause,
            HistoryLineRow.at,
            HistoryLineRow.state,
        )
        .where(HistoryLineRow.case_number == case_number)
        .order_by(HistoryLineRow.step)
    )
    return [
        WrittenLine(
            step=row.step,
            line=HistoryLine(HistoryKind(row.kind), Actor(row.actor), row.details),
            cause=row.cause,
            at=row.at,
            state=row.state,
        )
        for row in rows
    ]
