"""Registering a referral (廃止取次登録): decided where it is stored, under one lock for the point."""

from dataclasses import replace

from models.cases.giving_way import give_way, giving_way
from models.cases.numbering import next_case_number
from models.cases.opening import Opening, RegistrationResult, begin_opening, open_procedures, store_opening
from models.deadlines.queries import deadline_rules
from models.messages.identity import IncomingMessage
from models.participants.queries import first_last_day, is_active_retailer
from models.prepared import Line
from rules.calendar import Calendar, day_of
from rules.deadlines import DeadlineRules
from rules.numbers import area_of_point
from rules.procedure.outcomes import Transition
from rules.switching.registration import Registration, check_registration, register
from rules.switching.state import SwitchingCase
from schemas.codes import MeterWork, Segment
from schemas.contract import required
from schemas.findings import Refusal
from schemas.interfaces.referral import ReferralRequest


def register_referral(
    line: Line,
    *,
    message: IncomingMessage,
    request: ReferralRequest,
    segment: Segment,
    profile: str,
    calendar: Calendar,
) -> RegistrationResult:
    """Register a referral, or refuse it for good; the same message again gets the same answer.

    Its case is written with the first line of its history and cannot be refused afterwards. It keeps the rules on
    deadlines of the day it is registered on.

    :param request: what the message says, of 処理区分 登録.
    :param profile: whose deadlines hold where none was set (:data:`rules.deadlines.DEADLINE_PROFILES`).
    :raises Refused: HUB-I001 when the retailer used the message id for something else.
    """
    opening = begin_opening(line, message=message, point_number=required(request.point_number))
    if isinstance(opening, RegistrationResult):
        return opening
    registration = _registration(request, new_retailer=message.retailer_code, segment=segment, opening=opening)
    rules = deadline_rules(line, segment=segment, on=day_of(opening.at), profile=profile)
    decided = _decide(line, registration, rules=rules, calendar=calendar)
    return store_opening(line, opening, message=message, decided=decided)


def _registration(request: ReferralRequest, *, new_retailer: str, segment: Segment, opening: Opening) -> Registration:
    return Registration(
        segment=segment,
        point_number=required(request.point_number),
        new_retailer=new_retailer,
        current_retailer=required(request.current_retailer_code),
        wished_date=required(request.wished_date),
        meter_work=request.meter_work or MeterWork.NEEDED,
        consent_obtained_on=required(request.consent).obtained_on,
        content_key=str(opening.key),
        at=opening.at,
    )


def _decide(
    line: Line, registration: Registration, *, rules: DeadlineRules, calendar: Calendar
) -> Transition[SwitchingCase] | Refusal:
    procedures = open_procedures(line, point_number=registration.point_number)
    numbers_giving_way = giving_way(
        line, procedures, by=registration.new_retailer, at=registration.at, calendar=calendar
    )
    parties = (registration.new_retailer, registration.current_retailer)
    refusal = check_registration(
        registration,
        current_retailer_active=is_active_retailer(
            line, code=registration.current_retailer, on=day_of(registration.at)
        ),
        last_day=departure.day if (departure := first_last_day(line, codes=parties)) else None,
        open_procedures=[
            replace(procedure, gives_way=procedure.number in numbers_giving_way) for procedure in procedures
        ],
        rules=rules,
        calendar=calendar,
    )
    if refusal is not None:
        return refusal
    number = next_case_number(
        line, area=area_of_point(registration.point_number), segment=registration.segment, at=registration.at
    )
    for case_number in numbers_giving_way:
        give_way(line, case_number=case_number, at=registration.at)
    return register(
        registration, case_number=number, rules=rules, calendar=calendar, point_freed=bool(numbers_giving_way)
    )
