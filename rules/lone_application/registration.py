"""Registering an application on its own: the first event of its procedure. It cannot be refused afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from rules.calendar import Calendar, start_of
from rules.deadlines import DeadlineRules
from rules.lone_application.dates import cut_off_of, effective_date_findings, remind_at
from rules.lone_application.kinds import KINDS
from rules.lone_application.state import LoneApplication
from rules.numbers import area_of_point
from rules.point_order import OpenProcedure, check_point_order
from rules.procedure.application import Application, sent
from rules.procedure.consent import consent_findings
from rules.procedure.lines import details_of
from rules.procedure.outcomes import HistoryKind, HistoryLine, Transition
from rules.procedure.refusals import EFFECTIVE, business
from rules.procedure.validity import validity_findings
from schemas.codes import ApplicationKind, CasePhase, MeterWork, Segment
from schemas.findings import Finding, Refusal, Rulebook

RULES = Rulebook()
_POINT = ("pointNumber", "供給地点特定番号")
KIND_TAKEN_IN_AREA = RULES.declare(
    "kind-taken-in-area",
    _POINT,
    message="{area}エリアでは{kind}を取り扱っていません。",
    action="エリアの一般送配電事業者へご相談ください。",
)


@dataclass(frozen=True)
class LoneRegistration:
    """What a retailer applies for, as the core sees it."""

    kind: ApplicationKind
    segment: Segment
    point_number: str
    applicant: str
    effective_date: date | None
    meter_work: MeterWork | None
    """As declared; None where it was not."""
    consent_obtained_on: date | None
    """None where the kind asks for no consent (本人同意)."""
    content_key: str
    at: datetime


def check_lone_registration(
    registration: LoneRegistration,
    *,
    last_day: date | None = None,
    also: tuple[Finding, ...] = (),
    open_procedures: Iterable[OpenProcedure],
    rules: DeadlineRules,
    calendar: Calendar,
) -> Refusal | None:
    """Refuse a registration, with every reason at once, or let it pass.

    :param last_day: the applicant's (事業者一覧); None where it takes part without end.
    :param also: what else was found to speak against its content.
    """
    findings = [
        *_consent(registration),
        *effective_date_findings(
            kind=registration.kind,
            segment=registration.segment,
            effective=registration.effective_date,
            meter_work=declared_work(registration.kind, registration.meter_work),
            at=registration.at,
            rules=rules,
            calendar=calendar,
        ),
        *area_findings(registration.kind, registration.point_number),
        *validity_findings(
            day=registration.effective_date,
            at=registration.at,
            last_day=last_day,
            where=EFFECTIVE if registration.effective_date else _POINT,
        ),
        *also,
    ]
    if findings:
        return business(*findings)
    return check_point_order(registration.kind, by=registration.applicant, open_procedures=open_procedures)


def _consent(registration: LoneRegistration) -> tuple[Finding, ...]:
    if registration.consent_obtained_on is None:
        return ()
    return consent_findings(obtained_on=registration.consent_obtained_on, at=registration.at)


def area_findings(kind: ApplicationKind, point_number: str) -> tuple[Finding, ...]:
    """Say that an area does not take applications of a kind (terms §2.2)."""
    area = area_of_point(point_number)
    if area not in KINDS[kind].not_taken_in:
        return ()
    return (KIND_TAKEN_IN_AREA.finding(area=area.label, kind=kind.label),)


def declared_work(kind: ApplicationKind, meter_work: MeterWork | None) -> MeterWork | None:
    """Give the 計器工事の要否 an application declares; undeclared means work.

    None for the kinds that declare none.
    """
    return (meter_work or MeterWork.NEEDED) if KINDS[kind].declares_meter_work else None


def register_lone(
    registration: LoneRegistration, *, number: str, rules: DeadlineRules, calendar: Calendar
) -> Transition[LoneApplication]:
    """Open the procedure of an application, which is on its way from now on."""
    kind, effective = registration.kind, registration.effective_date
    meter_work = declared_work(kind, registration.meter_work)
    application = sent(
        Application(kind, number=number),
        message_key=registration.content_key,
        at=registration.at,
        by=registration.applicant,
    )
    cut_off = cut_off_of(kind=kind, effective=effective, meter_work=meter_work, rules=rules, calendar=calendar)
    reminder = remind_at(cut_off, calendar)
    state = LoneApplication(
        application=application,
        segment=registration.segment,
        area=area_of_point(registration.point_number),
        point_number=registration.point_number,
        applicant=registration.applicant,
        rules=rules,
        phase=CasePhase.AWAITING_APPLICATIONS,
        registered_at=registration.at,
        origin=registration.content_key,
        effective_date=effective,
        meter_work=meter_work,
        cut_off=cut_off,
        cut_off_remind_at=reminder,
        cut_off_reminded=reminder is not None and reminder <= registration.at,  # too late for it
        asked_on_effective_date=effective is not None and start_of(effective) <= registration.at,
    )
    details = details_of(application) | {"revision": str(application.revision)}
    if effective is not None:
        details["effective_date"] = effective.isoformat()
    if meter_work is not None:
        details["meter_work"] = meter_work.value
    return Transition(state, HistoryLine(HistoryKind.FILED, KINDS[kind].applicant, details))
