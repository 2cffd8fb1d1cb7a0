"""What the hub operator does to a case (広域機関の措置, ours): to its deadlines, its retailers, its end."""

from dataclasses import replace
from functools import partial

from rules.calendar import Calendar
from rules.procedure.calls import application_calls
from rules.procedure.command_kinds import CommandKind
from rules.procedure.commands import Close, Command, InterventionCommand, Record, Resume, StandBack, Succeed, Suspend
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
from rules.procedure.outcomes import HistoryKind, HistoryLine, Party, Transition
from rules.procedure.refusals import CASE, business, no_such_application
from rules.procedure.validity import validity_findings
from rules.switching.dates import (
    WISHED,
    wished_date_findings,
    with_decision_deadline,
    with_effective_date,
    with_reminder,
)
from rules.switching.ending import bring_to_end, close
from rules.switching.grid_lines import ending_details
from rules.switching.news import hear
from rules.switching.outcomes import Outcome
from rules.switching.state import SwitchingCase
from schemas.codes import ApplicationState, CasePhase, EndCause
from schemas.findings import Refusal, Rulebook
from schemas.refusal_codes import RefusalCode

RULES = Rulebook(code=RefusalCode.WRONG_STATE)
BOTH_SIDES_SETTLED = RULES.declare(
    "both-sides-settled",
    CASE,
    message="もう一方の申請が一般送配電事業者でマッチング成立のままです。",
    action="一般送配電事業者に確認し、その申請の処理完了か取消を記録してください。",
)
WITH_DEADLINES = (CasePhase.AWAITING_DECISION, CasePhase.AWAITING_APPLICATIONS)
"""The phases in which deadlines run, and can stand still."""

INTERVENTION_PHASES: dict[CommandKind, tuple[CasePhase, ...]] = {
    CommandKind.SUSPEND: WITH_DEADLINES,
    CommandKind.RESUME: WITH_DEADLINES,
    CommandKind.SUCCEED: (*WITH_DEADLINES, CasePhase.CANCELLING, CasePhase.MATCHED, CasePhase.ONE_SIDE_DONE),
    CommandKind.CLOSE: (*WITH_DEADLINES, CasePhase.ONE_SIDE_DONE),
    CommandKind.RECORD: (
        CasePhase.AWAITING_APPLICATIONS,
        CasePhase.CANCELLING,
        CasePhase.MATCHED,
        CasePhase.ONE_SIDE_DONE,
    ),
    CommandKind.STAND_BACK: WITH_DEADLINES,
}
"""In which phases of a case the hub operator can intervene. What is matched is the grid operator's: its word can be
recorded, but the case cannot be closed over its head."""


def intervene(
    state: SwitchingCase, intervention: InterventionCommand | StandBack, command: Command, calendar: Calendar
) -> Outcome:
    """Carry out an intervention that the case's phase allows, or refuse it with rule and field."""
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
        case StandBack():
            return _stand_back(state)


def _succeed(state: SwitchingCase, succession: Succeed, command: Command, calendar: Calendar) -> Outcome:
    findings = succession_findings(succession, retailers=(state.new_retailer, state.current_retailer))
    if findings:
        return business(*findings)
    if refusal := date_is_at_grid(succession.effective_date, state.effective_date, state.applications):
        return refusal
    leaving, successor = succession.leaving, succession.successor
    sets_anew = state.suspended or (state.phase in WITH_DEADLINES and not state.cut_off_passed)
    resumed = _with_deadlines_anew(state, succession, command, calendar) if sets_anew else state
    if isinstance(resumed, Refusal):
        return resumed
    if leaving == state.new_retailer:
        succeeded = replace(resumed, new_retailer=successor)
    else:
        succeeded = replace(resumed, current_retailer=successor)
    details = {"leaving": leaving, "successor": successor}
    if sets_anew:
        details |= _new_dates(resumed)
    return Transition(succeeded, operator_line(HistoryKind.SUCCEEDED, **details))


def _with_deadlines_anew(
    state: SwitchingCase, intervention: Resume | Succeed, command: Command, calendar: Calendar
) -> SwitchingCase | Refusal:
    """Count deadlines from the intervention; the date stays where none is named, and must leave the 標準処理期間.

    Where both applications are in, date and matching are the grid operator's.
    """
    if refusal := date_is_at_grid(intervention.effective_date, state.effective_date, state.applications):
        return refusal
    effective = intervention.effective_date or state.effective_date
    if state.lacking:
        findings = wished_date_findings(
            wished=effective,
            meter_work=state.meter_work,
            at=command.at,
            rules=state.rules,
            calendar=calendar,
        )
        findings += validity_findings(day=effective, at=command.at, last_day=command.last_day, where=WISHED)
        if findings:
            return business(*(replace(finding, field="effectiveDate", label="異動日") for finding in findings))
    resumed = replace(state, suspended_at=None)
    resumed = with_effective_date(resumed, effective=effective, meter_work=state.meter_work, calendar=calendar)
    if state.phase is CasePhase.AWAITING_DECISION:
        resumed = replace(resumed, wished_date=effective)
        resumed = with_decision_deadline(resumed, since=command.at, calendar=calendar)
    return with_reminder(resumed, at=command.at, calendar=calendar)


def _new_dates(state: SwitchingCase) -> dict[str, str]:
    dates = {"effective_date": state.effective_date.isoformat(), "cut_off": state.cut_off.isoformat()}
    if state.phase is CasePhase.AWAITING_DECISION:
        dates["due"] = min(state.decision_due, state.cut_off).isoformat()
    return dates


def _close(state: SwitchingCase) -> Outcome:
    """End it; of a 片側完了 what is done stands, and what became of the other side has to be known first."""
    one_side_done = state.phase is CasePhase.ONE_SIDE_DONE
    if one_side_done and any(application.state is ApplicationState.MATCHED for application in state.applications):
        return BOTH_SIDES_SETTLED.refusal()
    closed = close(state) if one_side_done else bring_to_end(state, EndCause.HUB_OPERATOR)
    kind = HistoryKind.CLOSED if closed.ended else HistoryKind.CANCELLING
    return Transition(closed, operator_line(kind, cause=EndCause.HUB_OPERATOR.value))


def _stand_back(state: SwitchingCase) -> Outcome:
    """End it, as an application on the point that had given way was matched nevertheless: that pair stands."""
    ending = bring_to_end(state, EndCause.POINT_TAKEN)
    kind = HistoryKind.UNMATCHED if ending.ended else HistoryKind.CANCELLING
    return Transition(ending, HistoryLine(kind, Party.HUB, ending_details(ending)))


def _record(state: SwitchingCase, record: Record, command: Command, calendar: Calendar) -> Outcome:
    number = record.application_number
    application = next((side for side in state.applications if number is not None and side.number == number), None)
    if application is None:
        return no_such_application()
    word = recorded_word(record, command, application, running=application_calls(state))
    return by_hub_operator(hear(state, word, calendar))
