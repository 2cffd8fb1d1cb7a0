"""Referrals (取次): what the new retailer sends of one, and what is stored of it."""

from datetime import date
from typing import Any

from models.cases.commands import StoredMessage, store_command
from models.cases.operations import RegistrationResult, look_at_case, register_referral
from models.database import Database, Session
from rules.access.roles import Role
from rules.procedure.commands import Withdraw
from rules.procedure.events import CommandKind
from schemas.codes import MeterWork, ProcessKind, Segment
from schemas.interfaces.referral import REFERRAL, ReferralRequest
from tests.support.cast import CONTRACT_NUMBER, CURRENT, HOLDER, NEW, POINT, consent, register_retailers
from tests.support.commands import command_content
from tests.support.messages import identified, new_message_id
from tests.support.moments import CALENDAR, soon

_CONTENT = ("point_number", "current_retailer_code", "contract_number", "wished_date", "meter_work", "consent")
"""What a referral says besides whose it is."""


def referral_request(*, wished_date: date | None, **changes: Any) -> ReferralRequest:
    """Fill in a registration; another message id each time."""
    values: dict[str, Any] = {
        "message_id": new_message_id(),
        "process_kind": ProcessKind.REGISTER,
        "case_number": None,
        "point_number": POINT,
        "current_retailer_code": CURRENT,
        "contract_number": CONTRACT_NUMBER,
        **HOLDER,
        "wished_date": wished_date,
        "meter_work": MeterWork.NOT_NEEDED,
        "consent": consent(),
    }
    return ReferralRequest(**(values | changes))


def amendment_request(case_number: str, **changes: Any) -> ReferralRequest:
    """Fill in a correction (訂正); ``changes`` must name the wished date."""
    return referral_request(**({"process_kind": ProcessKind.AMEND, "case_number": case_number} | changes))


def withdrawal_request(case_number: str, **changes: Any) -> ReferralRequest:
    """Fill in a withdrawal (取消), which has no content."""
    nothing: dict[str, Any] = dict.fromkeys((*HOLDER, *_CONTENT))
    return referral_request(process_kind=ProcessKind.WITHDRAW, case_number=case_number, **(nothing | changes))


def register(
    session: Session,
    request: ReferralRequest | None = None,
    *,
    retailer: str = NEW,
    segment: Segment = Segment.LOW_VOLTAGE,
    **changes: Any,
) -> RegistrationResult:
    if request is None:
        request = referral_request(**({"wished_date": soon(session)} | changes))
    return register_referral(
        session,
        message=identified(request, retailer=retailer, interface=REFERRAL.number_in(segment)),
        request=request,
        segment=segment,
        profile="standard",
        calendar=CALENDAR,
    )


def open_case(database: Database, **changes: Any) -> str:
    """Open a case between two of the retailers, and give its number."""
    with database.transaction() as session:
        register_retailers(session)
        answer = register(session, **changes).answer
    assert answer is not None
    return answer.case_number


def amend(session: Session, case_number: str, *, retailer: str = NEW, **changes: Any) -> StoredMessage:
    """Store the new retailer's amendment; ``changes`` must name the wished date."""
    state = look_at_case(session, case_number=case_number).state
    request = amendment_request(case_number, **changes)
    return store_command(
        session,
        message=identified(request, retailer=retailer, interface="12110"),
        content=command_content(
            CommandKind.AMEND,
            case_number=case_number,
            point_number=request.point_number,
            current_retailer=state.current_retailer,
            wished_date=request.wished_date,
            meter_work=request.meter_work,
        ),
        role=Role.NEW_RETAILER,
    )


def withdraw(
    session: Session, case_number: str, *, retailer: str = NEW, message_id: str | None = None
) -> StoredMessage:
    """Store the new retailer's withdrawal."""
    request = withdrawal_request(case_number, message_id=message_id or new_message_id())
    return store_command(
        session,
        message=identified(request, retailer=retailer, interface="12110"),
        content=Withdraw(case_number=case_number),
        role=Role.NEW_RETAILER,
    )
