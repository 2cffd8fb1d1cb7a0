"""Registering an application on its own (単独申請): decided where it is stored, as a referral is."""

from models.cases.commands import Examine
from models.cases.numbering import next_application_number
from models.cases.opening import Opening, RegistrationResult, begin_opening, open_procedures, store_opening
from models.deadlines.queries import deadline_rules
from models.messages.identity import IncomingMessage
from models.participants.queries import first_last_day
from models.prepared import Line
from rules.calendar import Calendar, day_of
from rules.deadlines import DeadlineRules
from rules.lone_application.registration import LoneRegistration, check_lone_registration, register_lone
from rules.lone_application.state import LoneApplication
from rules.numbers import area_of_point
from rules.procedure.outcomes import Transition
from schemas.codes import ApplicationKind, Segment
from schemas.contract import required
from schemas.findings import Refusal
from schemas.interfaces.application_requests import (
    ApplicationRequest,
    consent_of,
    effective_date_of,
    meter_work_of,
)


def register_application(
    line: Line,
    *,
    message: IncomingMessage,
    request: ApplicationRequest,
    kind: ApplicationKind,
    segment: Segment,
    profile: str,
    calendar: Calendar,
    examine: Examine | None = None,
) -> RegistrationResult:
    """Register an application, or refuse it for good; the same message again gets the same answer.

    Its procedure is written with the first line of its history and cannot be refused afterwards. It keeps the rules on
    deadlines of the day it is registered on.

    :param request: what the message says, of 処理区分 登録, at an interface that applies for ``kind``.
    :param examine: what else speaks against its content at the business time of storing.
    :param profile: whose deadlines hold where none was set (:data:`rules.deadlines.DEADLINE_PROFILES`).
    :raises Refused: HUB-I001 when the retailer used the message id for something else.
    """
    opening = begin_opening(line, message=message, point_number=required(request.point_number))
    if isinstance(opening, RegistrationResult):
        return opening
    registration = _registration(request, kind=kind, segment=segment, message=message, opening=opening)
    rules = deadline_rules(line, segment=segment, on=day_of(opening.at), profile=profile)
    decided = _decide(line, registration, rules=rules, calendar=calendar, examine=examine)
    return store_opening(line, opening, message=message, decided=decided)


def _registration(
    request: ApplicationRequest,
    *,
    kind: ApplicationKind,
    segment: Segment,
    message: IncomingMessage,
    opening: Opening,
) -> LoneRegistration:
    """Read the request; what an interface does not have, its applications do not say."""
    consent = consent_of(request)
    return LoneRegistration(
        kind=kind,
        segment=segment,
        point_number=required(request.point_number),
        applicant=message.retailer_code,
        effective_date=effective_date_of(request),
        meter_work=meter_work_of(request),
        consent_obtained_on=None if consent is None else consent.obtained_on,
        content_key=str(opening.key),
        at=opening.at,
    )


def _decide(
    line: Line,
    registration: LoneRegistration,
    *,
    rules: DeadlineRules,
    calendar: Calendar,
    examine: Examine | None,
) -> Transition[LoneApplication] | Refusal:
    refusal = check_lone_registration(
        registration,
        last_day=departure.day if (departure := first_last_day(line, codes=[registration.applicant])) else None,
        also=() if examine is None else examine(at=registration.at),
        open_procedures=open_procedures(line, point_number=registration.point_number),
        rules=rules,
        calendar=calendar,
    )
    if refusal is not None:
        return refusal
    area = area_of_point(registration.point_number)
    number = next_application_number(line, area=area, segment=registration.segment, at=registration.at)
    return register_lone(registration, number=number, rules=rules, calendar=calendar)
