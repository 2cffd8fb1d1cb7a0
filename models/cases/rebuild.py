"""Building the read model of a case anew, from its history alone."""

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.cases.history import case_history
from models.cases.read_model import application_columns, case_columns, new_case_columns
from models.cases.stepping import NoSuchCase
from models.cases.tables import ApplicationRow, CaseRow
from models.cases.writing import write_applications


def rebuild_case(session: Session, *, case_number: str) -> None:
    """This function will write a case's row and its applications anew from its history.

    :raises NoSuchCase: when it has no history.
    """
    session.execute(select(CaseRow.step).where(CaseRow.case_number == case_number).with_for_update())
    lines = case_history(session, case_number=case_number)
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
