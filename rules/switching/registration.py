"""Registering a referral (廃止取次登録): the first event of a case. It cannot be refused afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from rules import deadlines
from rules.calendar import Calendar
from rules.deadlines import DeadlineRules
from rules.numbers import area_of_point
from rules.point_order import OpenProcedure, check_point_order
from rules.procedure.consent import consent_findings
from rules.procedure.outcomes import HistoryKind, HistoryLine, Party, Transition
from rules.procedure.refusals import business
from rules.procedure.validity import validity_findings
from rules.switching.dates import WISHED, wished_date_findings
from rules.switching.state import SwitchingCase
from schemas.codes import CasePhase, MeterWork, Segment
from schemas.findings import Refusal, Rulebook

RULES = Rulebook()
_CURRENT_RETAILER = ("currentRetailerCode", "現小売電気事業者コード")
OTHER_RETAILER = RULES.declare(
    "other-retailer",
    _CURRENT_RETAILER,
    message="現小売電気事業者に自社を指定できません。",
    action="需要者が現在契約している事業者を指定してください。",
)
KNOWN_RETAILER = RULES.declare(
    "known-retailer",
    _CURRENT_RETAILER,
    message="現小売電気事業者コードが事業者一覧にありません。",
    action="事業者一覧（13110）で確認して指定してください。",
)


@dataclass(frozen=True)
class Registration:
    """A new retailer's wish, as the core sees it."""

    segment: Segment
    point_number: str
    new_retailer: str
    current_retailer: str
    wished_date: date
    meter_work: MeterWork
    consent_obtained_on: date
    content_key: str
    at: datetime


def check_registration(
    registration: Registration,
    *,
    current_retailer_active: bool,
    last_day: date | None = None,
    open_procedures: Iterable[OpenProcedure],
    rules: DeadlineRules,
    calendar: Calendar,
) -> Refusal | None:
    """Refuse a registration, with every reason at once, or let it pass.

    Another retailer's open procedure is told as such and no more; one's own is named.

    :param last_day: the first last day of both retailers (事業者一覧); None where they take part without end.
    """
    findings = [
        *consent_findings(obtained_on=registration.consent_obtained_on, at=registration.at),
        *wished_date_findings(
            wished=registration.wished_date,
            meter_work=registration.meter_work,
            at=registration.at,
            rules=rules,
            calendar=calendar,
        ),
    ]
    if registration.current_retailer == registration.new_retailer:
        findings.append(OTHER_RETAILER.finding())
    elif not current_retailer_active:
        findings.append(KNOWN_RETAILER.finding())
    findings += validity_findings(day=registration.wished_date, at=registration.at, last_day=last_day, where=WISHED)
    if findings:
        return business(*findings)
    return check_point_order(None, by=registration.new_retailer, open_procedures=open_procedures)


def register(
    registration: Registration,
    *,
    case_number: str,
    rules: DeadlineRules,
    calendar: Calendar,
    point_freed: bool = False,
) -> Transition[SwitchingCase]:
    """Open a case; its deadlines count from the registration's time.

    :param point_freed: an application on its own gives way to it.
    """
    due = deadlines.decision_due(registered_at=registration.at, rules=rules, calendar=calendar)
    cut_off = deadlines.cut_off(
        effective_date=registration.wished_date, meter_work=registration.meter_work, rules=rules, calendar=calendar
    )
    remind_at = deadlines.reminder_at(due=min(due, cut_off), calendar=calendar)
    state = SwitchingCase(
        case_number=case_number,
        segment=registration.segment,
        area=area_of_point(registration.point_number),
        point_number=registration.point_number,
        new_retailer=registration.new_retailer,
        current_retailer=registration.current_retailer,
        rules=rules,
        phase=CasePhase.AWAITING_DECISION,
        version=1,
        registered_at=registration.at,
        origin=registration.content_key,
        content_key=registration.content_key,
        wished_date=registration.wished_date,
        effective_date=registration.wished_date,
        meter_work=registration.meter_work,
        decision_due=due,
        cut_off=cut_off,
        remind_at=remind_at,
        cut_off_remind_at=deadlines.reminder_at(due=cut_off, calendar=calendar),
        reminded=remind_at <= registration.at,  # too late for it
    )
    return Transition(
        state,
        HistoryLine(
            HistoryKind.REGISTERED,
            Party.NEW_RETAILER,
            {"wished_date": registration.wished_date.isoformat(), "meter_work": registration.meter_work.value}
            | ({"point_freed": "yes"} if point_freed else {}),
        ),
    )
