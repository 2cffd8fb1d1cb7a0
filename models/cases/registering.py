"""Registering a referral (廃止取次登録): decided where it is stored, under one lock for the point."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from contracts.answers import answer_to
from contracts.steps import CommandAnswer
from models.cases.numbering import next_case_number
from models.cases.read_model import WrittenLine
from models.cases.tables import CaseRow
from models.cases.writing import write_new_case
from models.clock import business_now
from models.deliveries import DeliveryRow
from models.messages.claiming import Claimed, find_repeat, store_message
from models.messages.identity import IncomingMessage
from models.participants.queries import is_active_retailer
from rules.calendar import Calendar, day_of
from rules.case.outcomes import Transition
from rules.case.registration import OpenProcedure, Registration, check_registration, register
from rules.deadlines import DeadlineRules
from rules.numbers import area_of_point
from schemas.codes import MeterWork, Segment
from schemas.findings import Refusal
from schemas.interfaces.referral import ReferralRequest


@dataclass(frozen=True)
class RegistrationResult:
    """What became of a registration: an answer with the new case, or a refusal that is final."""

    key: str
    answer: CommandAnswer | None
    refusal: Refusal | None
    repeated: bool
    """True where the same message was stored before; its answer is given again."""


def register_referral(
    session: Session, *, message: IncomingMessage, segment: Segment, rules: DeadlineRules, calendar: Calendar
) -> RegistrationResult:
    """This function will register a referral, or refuse it for good; the same message again gets the same answer.

    The message carries a :class:`ReferralRequest` of 処理区分 登録. Its case is written with the first
    line of its history and cannot be refused afterwards.

    :raises Refused: HUB-I001 when the retailer used the message id for something else.
    """
    request = message.values
    assert isinstance(request, ReferralRequest) and request.point_number is not None
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"point {request.point_number}", 0))))
    repeat = find_repeat(session, message)
    if repeat is not None:
        return _repeated(repeat)
    key, at = uuid4(), business_now(session)
    decided = _decide(
        session,
        _registration(request, new_retailer=message.retailer_code, segment=segment, key=key, at=at),
        rules=rules,
        calendar=calendar,
    )
    answer = decided if isinstance(decided, Refusal) else answer_to(decided.state, at=at)
    case_number = None if isinstance(decided, Refusal) else decided.state.case_number
    store_message(session, message, key=key, case_number=case_number, stored_at=at, answer=answer)
    if isinstance(decided, Transition):
        write_new_case(session, WrittenLine(step=1, line=decided.line, cause=str(key), at=at, state=decided.state))
        session.execute(insert(DeliveryRow).values(case_number=case_number))
    return _result(str(key), answer, repeated=False)


def _repeated(claimed: Claimed) -> RegistrationResult:
    assert claimed.answer is not None, "a registration is stored with its answer"
    return _result(claimed.key, claimed.answer, repeated=True)


def _result(key: str, answer: CommandAnswer | Refusal, *, repeated: bool) -> RegistrationResult:
    if isinstance(answer, Refusal):
        return RegistrationResult(key, None, answer, repeated)
    return RegistrationResult(key, answer, None, repeated)


def _registration(
    request: ReferralRequest, *, new_retailer: str, segment: Segment, key: UUID, at: datetime
) -> Registration:
    assert request.point_number is not None and request.current_retailer_code is not None
    assert request.wished_date is not None and request.consent is not None, "the catalogue requires them"
    return Registration(
        segment=segment,
        point_number=request.point_number,
        new_retailer=new_retailer,
        current_retailer=request.current_retailer_code,
        wished_date=request.wished_date,
        meter_work=request.meter_work or MeterWork.NEEDED,
        consent_obtained_on=request.consent.obtained_on,
        content_key=str(key),
        at=at,
    )


def _decide(
    session: Session, registration: Registration, *, rules: DeadlineRules, calendar: Calendar
) -> Transition | Refusal:
    refusal = check_registration(
        registration,
        current_retailer_active=is_active_retailer(
            session, code=registration.current_retailer, on=day_of(registration.at)
        ),
        open_procedure=_open_procedure(session, registration.point_number),
        rules=rules,
        calendar=calendar,
    )
    if refusal is not None:
        return refusal
    number = next_case_number(
        session, area=area_of_point(registration.point_number), segment=registration.segment, at=registration.at
    )
    return register(registration, case_number=number, rules=rules, calendar=calendar)


def _open_procedure(session: Session, point_number: str) -> OpenProcedure | None:
    row = session.execute(
        select(CaseRow.case_number, CaseRow.new_retailer).where(
            CaseRow.point_number == point_number, CaseRow.ended_at.is_(None)
        )
    ).one_or_none()
    return None if row is None else OpenProcedure(number=row.case_number, owner=row.new_retailer)
