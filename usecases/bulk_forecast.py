"""What the hub would say to the rows of a bulk file as things stand: asked of the rules that decide when they are sent.

Many rows are looked at with a few statements and no lock. It is a forecast: what happens between the check and the
sending, and among the rows of the file themselves, decides anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from models.cases.many import open_procedures_on, own_states
from models.clock import business_now
from models.database import Session
from models.deadlines.queries import deadline_rules
from models.participants.queries import all_participants, takes_part
from rules.access.rights import USE_CASE_OF
from rules.bulk.kinds import BulkKind
from rules.bulk.summary import Asked
from rules.calendar import day_of
from rules.core import Procedure, advance
from rules.deadlines import DeadlineRules
from rules.lone_application.registration import LoneRegistration, check_lone_registration
from rules.numbers import area_of, area_of_point, segment_of
from rules.point_order import OpenProcedure
from rules.procedure.commands import Command, CommandContent, Decide
from rules.procedure.refusals import business, no_such_case
from rules.procedure.requested_commands import filing_command
from rules.switching.registration import Registration, check_registration
from schemas.codes import SWITCHING_APPLICATIONS, ApplicationKind, Area, Code, MeterWork, ParticipantRole, Segment
from schemas.contract import required
from schemas.findings import Refusal
from schemas.interfaces.application_requests import consent_of, meter_work_of
from schemas.interfaces.applications import EndApplicationRequest, StartApplicationRequest
from schemas.interfaces.decision import DecisionRequest
from schemas.interfaces.participants import Participant
from schemas.interfaces.referral import ReferralRequest
from usecases.access import role_in_case
from usecases.application_contents import content_findings, terms_findings
from usecases.hub import Hub

BulkRequest = ReferralRequest | StartApplicationRequest | EndApplicationRequest | DecisionRequest


@dataclass(frozen=True)
class Sort:
    """Of which sort a row is, for the summary of its file."""

    asked: Code
    area: Area
    counterpart: str | None
    """Code of the retailer on the other side; None where the hub does not know it."""


@dataclass(frozen=True)
class Forecast:
    """What some rows are judged by, as it stood at one moment."""

    retailer_code: str
    segment: Segment
    at: datetime
    hub: Hub
    rules: DeadlineRules
    participants: Mapping[str, Participant]
    on_points: Mapping[str, Sequence[OpenProcedure]]
    cases: Mapping[str, Procedure]
    """The retailer's own, on the side that the rows act from."""

    def refusal_of(self, request: BulkRequest) -> Refusal | None:
        """Say what a row would be refused for; None where nothing speaks against it."""
        match request:
            case ReferralRequest():
                return self._of_referral(request)
            case DecisionRequest():
                return self._of_decision(request)
            case StartApplicationRequest() if request.case_number is None:
                return self._of_lone(request, kind=ApplicationKind.START)
            case EndApplicationRequest() if request.case_number is None:
                return self._of_lone(request, kind=ApplicationKind.END)
            case StartApplicationRequest():
                return self._of_filing(request, kind=ApplicationKind.START)
            case EndApplicationRequest():
                return self._of_filing(request, kind=ApplicationKind.END)

    def sort_of(self, request: BulkRequest) -> Sort:
        """Tell of which sort a row is."""
        match request:
            case ReferralRequest():
                area = area_of_point(required(request.point_number))
                return Sort(Asked.REFERRAL, area, request.current_retailer_code)
            case DecisionRequest():
                return Sort(request.decision, area_of(request.case_number), self._other_side(request.case_number))
            case _:
                other = None if request.case_number is None else self._other_side(request.case_number)
                asked = Asked.ALONE if request.case_number is None else Asked.IN_CASE
                return Sort(asked, area_of_point(required(request.point_number)), other)

    def _other_side(self, case_number: str) -> str | None:
        case = self.cases.get(case_number)
        sides = () if case is None else (case.new_retailer, case.current_retailer)
        return next((code for code in sides if code not in (None, self.retailer_code)), None)

    def _of_referral(self, request: ReferralRequest) -> Refusal | None:
        current = required(request.current_retailer_code)
        return check_registration(
            Registration(
                segment=self.segment,
                point_number=required(request.point_number),
                new_retailer=self.retailer_code,
                current_retailer=current,
                wished_date=required(request.wished_date),
                meter_work=request.meter_work or MeterWork.NEEDED,
                consent_obtained_on=required(request.consent).obtained_on,
                content_key="",
                at=self.at,
            ),
            current_retailer_active=self._is_active(current),
            last_day=self._last_day(self.retailer_code, current),
            open_procedures=[
                # whether it would give way is decided under its lock
                replace(procedure, gives_way=procedure.kind in SWITCHING_APPLICATIONS)
                for procedure in self.on_points.get(required(request.point_number), ())
            ],
            rules=self.rules,
            calendar=self.hub.calendar,
        )

    def _of_lone(
        self, request: StartApplicationRequest | EndApplicationRequest, *, kind: ApplicationKind
    ) -> Refusal | None:
        consent = consent_of(request)
        return check_lone_registration(
            LoneRegistration(
                kind=kind,
                segment=self.segment,
                point_number=required(request.point_number),
                applicant=self.retailer_code,
                effective_date=request.effective_date,
                meter_work=meter_work_of(request),
                consent_obtained_on=None if consent is None else consent.obtained_on,
                content_key="",
                at=self.at,
            ),
            last_day=self._last_day(self.retailer_code),
            also=terms_findings(request, at=self.at),
            open_procedures=self.on_points.get(required(request.point_number), ()),
            rules=self.rules,
            calendar=self.hub.calendar,
        )

    def _of_filing(
        self, request: StartApplicationRequest | EndApplicationRequest, *, kind: ApplicationKind
    ) -> Refusal | None:
        findings = content_findings(request, at=self.at)
        return business(*findings) if findings else self._of_command(filing_command(request, kind=kind))

    def _of_decision(self, request: DecisionRequest) -> Refusal | None:
        return self._of_command(
            Decide(
                case_number=request.case_number,
                version=request.version,
                decision=request.decision,
                rejection_reasons=request.rejection_reasons,
            )
        )

    def _of_command(self, content: CommandContent) -> Refusal | None:
        case = self.cases.get(content.case_number)
        if case is None or segment_of(content.case_number) is not self.segment:
            return no_such_case()
        command = Command(content=content, message_key="", at=self.at, given_by=self.retailer_code)
        outcome = advance(case, command, calendar=self.hub.calendar)
        return outcome if isinstance(outcome, Refusal) else None

    def _is_active(self, code: str) -> bool:
        participant = self.participants.get(code)
        return participant is not None and takes_part(participant, on=day_of(self.at))

    def _last_day(self, *codes: str) -> date | None:
        days = [self.participants[code].valid_to for code in codes if code in self.participants]
        return min((day for day in days if day is not None), default=None)


def forecast(
    session: Session,
    requests: Sequence[BulkRequest],
    *,
    kind: BulkKind,
    segment: Segment,
    retailer_code: str,
    hub: Hub,
) -> Forecast:
    """Read what some rows are judged by."""
    at = business_now(session)
    points = {
        required(request.point_number)
        for request in requests
        if not isinstance(request, DecisionRequest) and request.point_number is not None
    }
    cases = {
        request.case_number
        for request in requests
        if not isinstance(request, ReferralRequest) and request.case_number is not None
    }
    return Forecast(
        retailer_code=retailer_code,
        segment=segment,
        at=at,
        hub=hub,
        rules=deadline_rules(session, segment=segment, on=day_of(at), profile=hub.deadline_profile),
        participants={
            participant.code: participant
            for participant in all_participants(session)
            if participant.role is ParticipantRole.RETAILER
        },
        on_points=open_procedures_on(session, point_numbers=points) if points else {},
        cases=own_states(
            session,
            case_numbers=cases,
            retailer_code=retailer_code,
            role=role_in_case(USE_CASE_OF[kind.interface]),
        )
        if cases
        else {},
    )
