"""Registering a referral (廃止取次登録): the first event of a case. It cannot be refused afterwards."""

from dataclasses import dataclass
from datetime import date, datetime

from rules import deadlines
from rules.calendar import Calendar, day_of
from rules.case.dates import wished_date_findings
from rules.case.outcomes import Actor, HistoryKind, HistoryLine, Transition
from rules.case.refusing import business, point_label
from rules.case.state import CaseState
from rules.deadlines import DeadlineRules
from rules.numbers import area_of_point
from schemas.codes import CasePhase, MeterWork, Segment
from schemas.findings import Finding, Refusal, refuse
from schemas.messages import MessageCode


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


@dataclass(frozen=True)
class OpenProcedure:
    """A procedure that is open on the point (異動並びチェック)."""

    number: str
    owner: str
    """Code of the retailer that started it."""


def check_registration(
    registration: Registration,
    *,
    current_retailer_active: bool,
    open_procedure: OpenProcedure | None,
    rules: DeadlineRules,
    calendar: Calendar,
) -> Refusal | None:
    """This function will refuse a registration, with every reason at once, or let it pass.

    Another retailer's open procedure is told as such and no more; one's own is named.
    """
    findings = [
        *consent_findings(obtained_on=registration.consent_obtained_on, at=registration.at),
        *wished_date_findings(
            wished=registration.wished_date,
            meter_work=registration.meter_work,
            at=registration.at,
            registered_on=day_of(registration.at),
            rules=rules,
            calendar=calendar,
        ),
    ]
    if registration.current_retailer == registration.new_retailer:
        findings.append(
            Finding(
                "currentRetailerCode",
                "現小売電気事業者コード",
                "other-retailer",
                "現小売電気事業者に自社を指定できません。",
                "需要者が現在契約している事業者を指定してください。",
            )
        )
    elif not current_retailer_active:
        findings.append(
            Finding(
                "currentRetailerCode",
                "現小売電気事業者コード",
                "known-retailer",
                "現小売電気事業者コードが事業者一覧にありません。",
                "事業者一覧（13110）で確認して指定してください。",
            )
        )
    if findings:
        return business(*findings)
    if open_procedure is not None:
        own = open_procedure.owner == registration.new_retailer
        return refuse(
            MessageCode.POINT_BUSY,
            rule="one-procedure-per-point",
            field="pointNumber",
            label=point_label(registration.segment),
            message=f"自社の手続き{open_procedure.number}が進行中です。" if own else "",
        )
    return None


def consent_findings(*, obtained_on: date, at: datetime) -> tuple[Finding, ...]:
    """This function will say what speaks against a declared consent (本人同意, terms §9.1)."""
    if obtained_on <= day_of(at):
        return ()
    return (
        Finding(
            "consent/obtainedOn",
            "同意取得日",
            "consent-not-in-future",
            "同意取得日に未来の日は指定できません。",
            "本人から同意を得た日を指定してください。",
        ),
    )


def register(registration: Registration, *, case_number: str, rules: DeadlineRules, calendar: Calendar) -> Transition:
    """This function will open a case; its deadlines count from the registration's time."""
    due = deadlines.decision_due(registered_at=registration.at, rules=rules, calendar=calendar)
    cut_off = deadlines.cut_off(
        effective_date=registration.wished_date, meter_work=registration.meter_work, rules=rules, calendar=calendar
    )
    remind_at = deadlines.reminder_at(due=min(due, cut_off), calendar=calendar)
    state = CaseState(
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
        content_key=registration.content_key,
        wished_date=registration.wished_date,
        effective_date=registration.wished_date,
        meter_work=registration.meter_work,
        decision_due=due,
        cut_off=cut_off,
        remind_at=remind_at,
        reminded=remind_at <= registration.at,  # too late for it
    )
    return Transition(
        state,
        HistoryLine(
            HistoryKind.REGISTERED,
            Actor.NEW_RETAILER,
            {"wished_date": registration.wished_date.isoformat(), "meter_work": registration.meter_work.value},
        ),
    )
