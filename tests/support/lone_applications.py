"""Stored applications on their own (取次のない申請)."""

from datetime import date
from typing import Any

from models.cases.commands import StoredMessage
from models.cases.operations import RegistrationResult, look_at_case, register_application
from models.database import Database, Session
from rules.access.roles import Role
from rules.lone_application.state import LoneApplication
from rules.procedure.events import CommandKind
from rules.steps import CommandAnswer
from schemas.catalogue import interfaces_of
from schemas.codes import ApplicationKind, MeterWork, ProcessKind, Segment
from schemas.contract import Interface, members
from schemas.interfaces.applications import StartApplicationRequest
from schemas.interfaces.filing import PurchaseContract
from tests.soap_support.examples import typed_example
from tests.support.application_requests import (
    ApplicationRequest,
    cancellation_request,
    end_request,
    identified_application,
    kind_of,
    start_request,
    store_application,
)
from tests.support.cast import CURRENT, NEW, consent
from tests.support.messages import identified, new_message_id
from tests.support.moments import CALENDAR, soon


def apply(session: Session, request: ApplicationRequest, *, retailer: str) -> RegistrationResult:
    """Register an application on its own."""
    return register_application(
        session,
        message=identified_application(request, retailer=retailer),
        request=request,
        kind=kind_of(request),
        segment=Segment.LOW_VOLTAGE,
        profile="standard",
        calendar=CALENDAR,
    )


def answered(result: RegistrationResult) -> CommandAnswer:
    """Give the answer of a registration that was not refused."""
    assert result.answer is not None, result.refusal
    return result.answer


def interface_of(kind: ApplicationKind, segment: Segment) -> Interface:
    """Give the interface that files applications of a kind in a segment."""
    return next(interface for interface in interfaces_of(segment) if interface.applies_for is kind)


def open_of_kind(
    database: Database, kind: ApplicationKind, *, segment: Segment, retailer: str = NEW, **changes: Any
) -> str:
    """Register an application of a kind that needs no other one, and give its number."""
    interface = interface_of(kind, segment)
    with database.transaction() as session:
        day = soon(session)
        values: dict[str, Any] = {
            "message_id": new_message_id(),
            "effective_date": day,
            "meter_work": MeterWork.NOT_NEEDED,
            "purchase_contract": PurchaseContract(
                facility_id="A123456A13", contracted_on=date(2026, 1, 15), procurement_ends_on=day
            ),
            "consent": consent(),
        }
        names = {member.name for member in members(interface.request, segment)}
        own = {name: value for name, value in (values | changes).items() if name in names}
        request = typed_example(interface.request, segment=segment, **own)
        result = register_application(
            session,
            message=identified(request, retailer=retailer, interface=interface.number_in(segment)),
            request=request,
            kind=kind,
            segment=segment,
            profile="standard",
            calendar=CALENDAR,
        )
        return answered(result).case_number


def open_start(database: Database, *, retailer: str = NEW, **changes: Any) -> str:
    """Register a start application on its own, and give its number."""
    with database.transaction() as session:
        return answered(
            apply(session, start_request(**({"effective_date": soon(session)} | changes)), retailer=retailer)
        ).case_number


def open_end(database: Database, *, retailer: str = CURRENT, **changes: Any) -> str:
    """Register an end application on its own, and give its number."""
    with database.transaction() as session:
        return answered(
            apply(session, end_request(**({"effective_date": soon(session)} | changes)), retailer=retailer)
        ).case_number


def lone_state(session: Session, number: str) -> LoneApplication:
    """Give an application on its own as its row stands."""
    state = look_at_case(session, case_number=number).state
    assert isinstance(state, LoneApplication)
    return state


def correct(session: Session, number: str) -> StoredMessage:
    """Store a correction (訂正) of a start application."""
    effective = lone_state(session, number).effective_date
    request = start_request(effective_date=effective, process_kind=ProcessKind.AMEND, application_number=number)
    return _store(session, request, CommandKind.AMEND_APPLICATION, number)


def cancel(session: Session, number: str) -> StoredMessage:
    """Store the cancellation (取消) of a start application."""
    request = cancellation_request(case_number=None, application_number=number)
    return _store(session, request, CommandKind.CANCEL_APPLICATION, number)


def _store(session: Session, request: StartApplicationRequest, kind: CommandKind, number: str) -> StoredMessage:
    return store_application(session, request, kind, Role.APPLICANT, procedure=number, retailer=NEW)
