"""What the hub operator does to an application on its own (広域機関の措置, ours)."""

from dataclasses import replace
from functools import partial

from rules.calendar import Calendar, day_of, end_of
from rules.lone_application.dates import effective_date_findings, with_dates
from rules.lone_application.ending import bring_to_end
from rules.lone_application.news import hear
from rules.lone_application.outcomes import Outcome
from rules.lone_application.state import LoneApplication
from rules.procedure.calls import application_calls
from rules.procedure.command_kinds import CommandKind
from rules.procedure.commands import Close, Command, GiveWay, InterventionCommand, Record, Resume, Succeed, Suspend
from rules.procedure.interventions import (
    by_hub_operator,
    date_is_at_grid,
    operator_line,
    out_of_reach,
    recorded_word,
    resume,
    succession_findings,
    suspend,
)
from rules.procedure.lines import details_of
from rules.procedure.outcomes import HistoryKind, HistoryLine, Party, Transition
from rules.procedure.refusals import EFFECTIVE, business, unlike_number
from rules.procedure.validity import validity_findings
from schemas.codes import CasePhase, EndCause
from schemas.findings import Refusal

WITH_DEADLINES = (CasePhase.AWAITING_APPLICATIONS,)
"""The phases in which deadlines run, and can stand still."""

INTERVENTION_PHASES: dict[CommandKind, tuple[CasePhase, ...]] = {
    CommandKind.SUSPEND: WITH_DEADLINES,
    CommandKind.RESUME: WITH_DEADLINES,
    CommandKind.SUCCEED: (*WITH_DEADLINES, CasePhase.CANCELLING, CasePhase.MATCHED),
    CommandKind.CLOSE: WITH_DEADLINES,
    CommandKind.RECORD: (*WITH_DEADLINES, CasePhase.CANCELLING, CasePhase.MATCHED),
    CommandKind.GIVE_WAY: WITH_DEADLINES,
}
"""In which phases the hub operator can intervene; as for a case, what is matched is not closed but recorded."""


def intervene(
    state: LoneApplication, intervention: InterventionCommand | GiveWay, command: Command, calendar: Calendar
) -> Outcome:
    """Carry out an intervention that the phase allows, or refuse it with rule and field."""
    if refusal := out_of_reach(intervention):
        return refusal
    match intervention:
        case Suspend():
            return suspend(state, intervention, command)
        case Resume():
            anew = partial(_with_deadlines_anew, state, intervention, command, calendar)
            return resume(state, command, with_deadlines_anew=anew, new_dates=_new_dates)
        case Succeed():
            return _succeed(state, intervention, command, calendar)
        case Close():
            return _close(state)
        case Record():
            return _record(state, intervention, command, calendar)
        case GiveWay():
            return _give_way(state)


def _succeed(state: LoneApplication, succession: Succeed, command: Command, calendar: Calendar) -> Outcome:
    findings = succession_findings(succession, retailers=(state.applicant,))
    if findings:
        return business(*findings)
    if refusal := date_is_at_grid(succession.effective_date, state.effective_date, state.applications):
        return refusal
    waits = state.phase in WITH_DEADLINES
    resumed = _with_deadlines_anew(state, succession, command, calendar) if waits else state
    if isinstance(resumed, Refusal):
        return resumed
    leaving, successor = succession.leaving, succession.successor
    details = {"leaving": leaving, "successor": successor} | (_new_dates(resumed) if waits else {})
    return Transition(replace(resumed, applicant=successor), operator_line(HistoryKind.SUCCEEDED, **details))


def _with_deadlines_anew(
    state: LoneApplication, intervention: Resume | Succeed, command: Command, calendar: Calendar
) -> LoneApplication | Refusal:
    """Count deadlines from the intervention: a 不備 can be corrected for as long as one found now."""
    if refusal := date_is_at_grid(intervention.effective_date, state.effective_date, state.applications):
        return refusal
    effective = intervention.effective_date or state.effective_date
    if not state.application.may_be_at_grid:
        findings = effective_date_findings(
            kind=state.kind,
            segment=state.segment,
            effective=effective,
            meter_work=state.meter_work,
            at=command.at,
            rules=state.rules,
            calendar=calendar,
        )
        findings += validity_findings(day=effective, at=command.at, last_day=command.last_day, where=EFFECTIVE)
        if findings:
            return business(*findings)
    resumed = with_dates(state, effective=effective, meter_work=state.meter_work, calendar=calendar)
    due = state.correction_due and end_of(state.rules.correction.after(day_of(command.at), calendar))
    return replace(resumed, suspended_at=None, correction_due=due)


def _new_dates(state: LoneApplication) -> dict[str, str]:
    dates = {"effective_date": state.effective_date, "cut_off": state.cut_off, "due": state.correction_due}
    return {name: value.isoformat() for name, value in dates.items() if value is not None}


def _close(state: LoneApplication) -> Outcome:
    closed = bring_to_end(state, EndCause.HUB_OPERATOR)
    kind = HistoryKind.CLOSED if closed.ended else HistoryKind.CANCELLING
    details = details_of(state.application) | {"cause": EndCause.HUB_OPERATOR.value}
    return Transition(closed, operator_line(kind, **details))


def _give_way(state: LoneApplication) -> Outcome:
    """End it for the referral that it gives way to: decided when that was registered, under the lock on the point."""
    ending = bring_to_end(state, EndCause.GAVE_WAY)
    details = details_of(state.application) | {"cause": EndCause.GAVE_WAY.value}
    return Transition(ending, HistoryLine(HistoryKind.GAVE_WAY, Party.HUB, details))


def _record(state: LoneApplication, record: Record, command: Command, calendar: Calendar) -> Outcome:
    if refusal := unlike_number(state.application, record.application_number):
        return refusal
    word = recorded_word(record, command, state.application, running=application_calls(state))
    return by_hub_operator(hear(state, word, calendar))
