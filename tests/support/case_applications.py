"""The two applications of a stored case: filed, corrected and cancelled."""

from dataclasses import replace
from typing import Any

from models.cases.commands import StoredMessage
from models.cases.operations import look_at_case
from models.database import Session
from rules.access.roles import Role
from rules.procedure.events import CommandKind
from schemas.codes import ProcessKind
from schemas.interfaces.applications import StartApplicationRequest
from tests.support.application_requests import cancellation_request, end_request, start_request, store_application
from tests.support.case_steps import case_state
from tests.support.cast import CONTRACT_NUMBER, CURRENT, NEW
from tests.support.message_contents import content_of
from tests.support.messages import new_message_id


def file_start(session: Session, case_number: str, *, retailer: str = NEW, **changes: Any) -> StoredMessage:
    """Store a start application that fits its case."""
    state = look_at_case(session, case_number=case_number).state
    fitting: dict[str, Any] = {
        "case_number": case_number,
        "point_number": state.point_number,
        "effective_date": state.effective_date,
        "meter_work": None,
    }
    request = start_request(**(fitting | changes))
    return store_application(
        session, request, CommandKind.FILE_START, Role.NEW_RETAILER, procedure=case_number, retailer=retailer
    )


def file_end(
    session: Session, case_number: str, *, retailer: str = CURRENT, contract_number: str = CONTRACT_NUMBER
) -> StoredMessage:
    """Store an end application that fits its case."""
    state = look_at_case(session, case_number=case_number).state
    request = end_request(
        case_number=case_number,
        point_number=state.point_number,
        effective_date=state.effective_date,
        contract_number=contract_number,
    )
    return store_application(
        session, request, CommandKind.FILE_END, Role.CURRENT_RETAILER, procedure=case_number, retailer=retailer
    )


def amend_start(session: Session, case_number: str) -> StoredMessage:
    """Store the new retailer's correction (訂正) of its start application, with the content it has."""
    application = case_state(session, case_number).start
    assert application.content_key is not None
    filed = content_of(session, key=application.content_key)
    assert isinstance(filed, StartApplicationRequest)
    request = replace(
        filed,
        message_id=new_message_id(),
        process_kind=ProcessKind.AMEND,
        application_number=application.number,
    )
    return store_application(
        session, request, CommandKind.AMEND_START, Role.NEW_RETAILER, procedure=case_number, retailer=NEW
    )


def amend_end(session: Session, case_number: str, *, contract_number: str) -> StoredMessage:
    """Store the current retailer's correction (訂正) of its end application."""
    state = case_state(session, case_number)
    request = end_request(
        process_kind=ProcessKind.AMEND,
        case_number=case_number,
        application_number=state.end.number,
        point_number=state.point_number,
        effective_date=state.effective_date,
        contract_number=contract_number,
    )
    return store_application(
        session, request, CommandKind.AMEND_END, Role.CURRENT_RETAILER, procedure=case_number, retailer=CURRENT
    )


def cancel_start(session: Session, case_number: str) -> StoredMessage:
    """Store the new retailer's 取消 of its start application alone."""
    number = case_state(session, case_number).start.number
    request = cancellation_request(case_number=case_number, application_number=number)
    return store_application(
        session, request, CommandKind.CANCEL_START, Role.NEW_RETAILER, procedure=case_number, retailer=NEW
    )
