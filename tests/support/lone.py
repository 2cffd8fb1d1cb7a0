"""Applications on their own as retailers file them, for tests and recordings."""

from datetime import date
from itertools import count
from typing import Any

from models.cases.commands import StoredMessage, store_command
from models.cases.operations import RegistrationResult, look_at_case, register_application
from models.database import Database, Session
from rules.access.roles import Role
from rules.lone_application.state import LoneApplication
from rules.procedure.events import CommandKind
from rules.steps import CommandAnswer
from schemas.catalogue import interfaces_of
from schemas.codes import ApplicationKind, ContractBasis, MeterWork, ProcessKind, Segment, SupplyKind
from schemas.contract import Interface, members
from schemas.interfaces.applications import EndApplicationRequest, StartApplicationRequest
from schemas.interfaces.filing import PurchaseContract
from tests.soap_support.examples import typed_example
from tests.support.cases import CALENDAR, CURRENT, NEW, POINT, consent, identified, soon
from tests.support.commands import command_content

_message_ids = (f"LONE-{serial}" for serial in count(1))


def start_request(*, effective_date: date | None, **changes: Any) -> StartApplicationRequest:
    """Make a start application without a referral."""
    values: dict[str, Any] = {
        "message_id": next(_message_ids),
        "process_kind": ProcessKind.REGISTER,
        "case_number": None,
        "application_number": None,
        "point_number": POINT,
        "effective_date": effective_date,
        "holder_name": "髙橋　太郎",
        "holder_name_kana": "タカハシ　タロウ",
        "address": "東京都江東区豊洲１－２－３",
        "telephone": "03-1234-5678",
        "supply_kind": SupplyKind.LIGHTING,
        "contract_basis": ContractBasis.AMPERE_BREAKER,
        "contract_capacity": 40,
        "meter_work": MeterWork.NOT_NEEDED,
        "consent": consent(),
    }
    return StartApplicationRequest(**(values | changes))


def end_request(*, effective_date: date | None, **changes: Any) -> EndApplicationRequest:
    """Make an end application that a current retailer files by itself."""
    values: dict[str, Any] = {
        "message_id": next(_message_ids),
        "process_kind": ProcessKind.REGISTER,
        "case_number": None,
        "application_number": None,
        "point_number": POINT,
        "effective_date": effective_date,
        "contract_number": "12345678901234",
    }
    return EndApplicationRequest(**(values | changes))


def apply(
    session: Session, request: StartApplicationRequest | EndApplicationRequest, *, retailer: str
) -> RegistrationResult:
    """Register an application on its own."""
    start = isinstance(request, StartApplicationRequest)
    return register_application(
        session,
        message=identified(request, retailer=retailer, interface="10610" if start else "10710"),
        request=request,
        kind=ApplicationKind.START if start else ApplicationKind.END,
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
            "message_id": next(_message_ids),
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
    nothing = dict.fromkeys(
        ("point_number", "effective_date", "holder_name", "holder_name_kana", "address", "telephone", "supply_kind")
    )
    absent = dict.fromkeys(("contract_basis", "contract_capacity", "meter_work", "consent"))
    request = start_request(process_kind=ProcessKind.WITHDRAW, application_number=number, **nothing, **absent)
    return _store(session, request, CommandKind.CANCEL_APPLICATION, number)


def _store(session: Session, request: StartApplicationRequest, kind: CommandKind, number: str) -> StoredMessage:
    return store_command(
        session,
        message=identified(request, retailer=NEW, interface="10610"),
        content=command_content(
            kind,
            case_number=number,
            application=ApplicationKind.START,
            application_number=number,
            point_number=request.point_number,
            effective_date=request.effective_date,
            meter_work=request.meter_work,
        ),
        role=Role.APPLICANT,
    )
