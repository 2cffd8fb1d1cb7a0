"""What commands do to an application on its own. Who may give a command is settled before."""

from dataclasses import replace
from datetime import datetime

from rules.calendar import Calendar
from rules.lone_application.dates import effective_date_findings, with_dates
from rules.lone_application.ending import bring_to_end, cause_details, line_of_ending
from rules.lone_application.interventions import INTERVENTION_PHASES, intervene
from rules.lone_application.outcomes import Outcome
from rules.lone_application.refusals import (
    AMEND_AFTER_ANSWER,
    APPLICATION_CUT_OFF,
    CANCEL_BEFORE_END,
    CORRECTION_DEADLINE,
    NOT_AMENDABLE,
    STANDARD_PERIOD,
    not_open,
)
from rules.lone_application.registration import declared_work
from rules.lone_application.state import LoneApplication
from rules.procedure.application import AMENDABLE, CANCELLABLE, sent
from rules.procedure.commands import (
    AmendApplication,
    CancelApplication,
    Close,
    Command,
    GiveWay,
    Record,
    Resume,
    Succeed,
    Suspend,
)
from rules.procedure.lines import details_of
from rules.procedure.outcomes import HistoryKind, HistoryLine, Transition
from rules.procedure.refusals import EFFECTIVE, business, no_such_application, not_in, unlike_number
from rules.procedure.validity import validity_findings
from schemas.codes import ApplicationState, EndCause
from schemas.findings import Finding, Refusal


def obey(state: LoneApplication, command: Command, calendar: Calendar) -> Outcome:
    """Carry out a command, or refuse it with rule and field."""
    if command.given_by not in (None, state.applicant):
        return no_such_application()
    match command.content:
        case Suspend() | Resume() | Succeed() | Close() | Record() | GiveWay() as intervention:
            if state.phase in INTERVENTION_PHASES[intervention.kind]:
                return intervene(state, intervention, command, calendar)
            return not_open(state) or no_such_application()
        case AmendApplication() as amendment:
            return _not_taken(state, amendment.application_number) or _amend(state, amendment, command, calendar)
        case CancelApplication() as cancellation:
            return _not_taken(state, cancellation.application_number) or _cancel(state)
        case _:  # a command on a case names no application that stands on its own
            return not_open(state) or no_such_application()


def _not_taken(state: LoneApplication, number: str) -> Refusal | None:
    return not_open(state) or unlike_number(state.application, number)


def _cancel(state: LoneApplication) -> Outcome:
    if refusal := not_in(state.application, CANCELLABLE, rule=CANCEL_BEFORE_END):
        return refusal
    ending = bring_to_end(state, EndCause.CANCELLED)
    kind = line_of_ending(ending) if ending.ended else HistoryKind.APPLICATION_CANCEL_ASKED
    details = details_of(state.application) | cause_details(ending)
    return Transition(ending, HistoryLine(kind, state.kind_rules.applicant, details))


def _amend(state: LoneApplication, amendment: AmendApplication, command: Command, calendar: Calendar) -> Outcome:
    refusal = not_in(state.application, AMENDABLE, rule=AMEND_AFTER_ANSWER) or _too_late(state, command.at)
    if refusal is not None:
        return refusal
    meter_work = declared_work(state.kind, amendment.meter_work)
    amended = with_dates(state, effective=amendment.effective_date, meter_work=meter_work, calendar=calendar)
    findings = [
        *_moved_point(state, amendment),
        *_date_findings(state, amended, command, calendar),
        *validity_findings(day=amended.effective_date, at=command.at, last_day=command.last_day, where=EFFECTIVE),
    ]
    if findings:
        return business(*findings)
    application = sent(state.application, message_key=command.message_key, at=command.at, by=state.applicant)
    details = details_of(application) | {"revision": str(application.revision)}
    if amended.effective_date != state.effective_date and amended.effective_date is not None:
        details["effective_date"] = amended.effective_date.isoformat()
    return Transition(
        replace(amended, application=application, correction_due=None),
        HistoryLine(HistoryKind.CORRECTED, state.kind_rules.applicant, details),
    )


def _too_late(state: LoneApplication, at: datetime) -> Refusal | None:
    """Refuse what was stored at the deadline or after it, though the deadline's own step may yet have to come."""
    if state.suspended:
        return None
    defective = state.application.state is ApplicationState.DEFECTIVE
    if state.cut_off is not None and at >= state.cut_off:
        return APPLICATION_CUT_OFF.refusal()
    if defective and state.correction_due is not None and at >= state.correction_due:
        return CORRECTION_DEADLINE.refusal()
    return None


def _moved_point(state: LoneApplication, amendment: AmendApplication) -> tuple[Finding, ...]:
    if amendment.point_number == state.point_number:
        return ()
    return (NOT_AMENDABLE.finding(),)


def _date_findings(
    state: LoneApplication, amended: LoneApplication, command: Command, calendar: Calendar
) -> tuple[Finding, ...]:
    """Hold it to the limits of a 登録 stored now. Of a pair's date that stays, only more meter work can break one."""
    if amended.cut_off is None or amended.effective_date != state.effective_date:
        return effective_date_findings(
            kind=state.kind,
            segment=state.segment,
            effective=amended.effective_date,
            meter_work=amended.meter_work,
            at=command.at,
            rules=state.rules,
            calendar=calendar,
        )
    if command.at < amended.cut_off or state.suspended:
        return ()
    return (STANDARD_PERIOD.finding(),)
