"""What commands do to a case. Who may give a command is settled before it gets here."""

from dataclasses import replace

from rules.calendar import Calendar
from rules.procedure.command_kinds import CommandKind
from rules.procedure.commands import (
    Amend,
    AmendApplication,
    AmendFiling,
    CancelApplication,
    CancelFiling,
    Close,
    Command,
    Decide,
    File,
    GiveWay,
    Record,
    Resume,
    StandBack,
    Succeed,
    Suspend,
    Withdraw,
)
from rules.procedure.outcomes import HistoryKind, HistoryLine, Party, Transition
from rules.procedure.refusals import business, point_label
from rules.procedure.validity import validity_findings
from rules.switching.dates import (
    WISHED,
    wished_date_findings,
    with_decision_deadline,
    with_effective_date,
    with_reminder,
)
from rules.switching.ending import bring_to_end
from rules.switching.filing import amend_application, cancel_application, file_application
from rules.switching.interventions import INTERVENTION_PHASES, intervene
from rules.switching.outcomes import Outcome
from rules.switching.refusals import APPLICATION_CUT_OFF, DECISION_DEADLINE, case_ended, no_party, wrong_phase
from rules.switching.state import SwitchingCase
from schemas.codes import CasePhase, Decision, EndCause, MeterWork
from schemas.findings import Finding, Refusal, Rulebook
from schemas.refusal_codes import RefusalCode

RULES = Rulebook()
NOT_AMENDABLE = RULES.declare(
    "not-amendable",
    ("{field}", "{label}"),
    message="{label}は訂正できません。",
    action="取次を取り消して、新しく登録してください。",
)
CURRENT_VERSION = RULES.declare(
    "current-version",
    ("version", "版"),
    code=RefusalCode.VERSION_DIFFERS,
    message="取次は版{current}に訂正されています（指定は版{given}）。",
)

_DECIDING = (CasePhase.AWAITING_DECISION,)
_APPLYING = (CasePhase.AWAITING_APPLICATIONS,)

ALLOWED_PHASES: dict[CommandKind, tuple[CasePhase, ...]] = {
    CommandKind.AMEND: _DECIDING,
    CommandKind.WITHDRAW: _DECIDING + _APPLYING,
    CommandKind.DECIDE: _DECIDING,
    CommandKind.FILE_START: _APPLYING,
    CommandKind.AMEND_START: _APPLYING,
    CommandKind.CANCEL_START: _APPLYING,
    CommandKind.FILE_END: _APPLYING,
    CommandKind.AMEND_END: _APPLYING,
    CommandKind.CANCEL_END: _APPLYING,
}
"""In which phases of a case a retailer's command can be carried out."""
_OF_CURRENT = (CommandKind.DECIDE, CommandKind.FILE_END, CommandKind.AMEND_END, CommandKind.CANCEL_END)
ALL_PHASES = ALLOWED_PHASES | INTERVENTION_PHASES
"""The same, with the hub operator's interventions."""


def obey(state: SwitchingCase, command: Command, calendar: Calendar) -> Outcome:
    """Carry out a command, or refuse it with rule and field."""
    if state.ended:
        return case_ended(state)
    if command.given_by is not None and command.given_by != _giver(state, command.kind):
        return no_party(state)
    allowed = ALL_PHASES[command.kind]
    if state.phase not in allowed:
        return wrong_phase(state, command.kind, allowed=allowed)
    return _carry_out(state, command, calendar)


def _carry_out(state: SwitchingCase, command: Command, calendar: Calendar) -> Outcome:
    match command.content:
        case Amend() as amendment:
            return _amend(state, amendment, command, calendar)
        case Withdraw():
            return _withdraw(state)
        case Decide() as decision:
            return _decide(state, decision, command)
        case File() as filing:
            return file_application(state, filing, command, calendar)
        case AmendFiling() as amendment:
            return amend_application(state, amendment, command, calendar)
        case CancelFiling() as cancellation:
            return cancel_application(state, cancellation)
        case Suspend() | Resume() | Succeed() | Close() | Record() | StandBack() as intervention:
            return intervene(state, intervention, command, calendar)
        case AmendApplication() | CancelApplication() | GiveWay():
            raise AssertionError("no phase of a case allows a command on an application that stands on its own")


def _giver(state: SwitchingCase, kind: CommandKind) -> str:
    return state.current_retailer if kind in _OF_CURRENT else state.new_retailer


def _amend(state: SwitchingCase, amendment: Amend, command: Command, calendar: Calendar) -> Outcome:
    if refusal := _too_late_to_decide(state, command):
        return refusal
    meter_work = amendment.meter_work or MeterWork.NEEDED
    wished = amendment.wished_date
    findings = [
        *_unamendable(state, amendment),
        *wished_date_findings(
            wished=wished,
            meter_work=meter_work,
            at=command.at,
            rules=state.rules,
            calendar=calendar,
        ),
        *validity_findings(day=wished, at=command.at, last_day=command.last_day, where=WISHED),
    ]
    if findings:
        return business(*findings)
    amended = replace(state, version=state.version + 1, content_key=command.message_key, wished_date=wished)
    amended = with_effective_date(amended, effective=wished, meter_work=meter_work, calendar=calendar)
    if state.decision_restarts < state.rules.decision_restarts:
        amended = replace(amended, decision_restarts=state.decision_restarts + 1)
        amended = with_decision_deadline(amended, since=command.at, calendar=calendar)
    return Transition(
        with_reminder(amended, at=command.at, calendar=calendar),
        HistoryLine(
            HistoryKind.AMENDED,
            Party.NEW_RETAILER,
            {"version": str(amended.version), "wished_date": wished.isoformat(), "meter_work": meter_work.value},
        ),
    )


def _unamendable(state: SwitchingCase, amendment: Amend) -> list[Finding]:
    same = [
        ("pointNumber", point_label(state.segment), amendment.point_number == state.point_number),
        ("currentRetailerCode", "現小売電気事業者コード", amendment.current_retailer == state.current_retailer),
    ]
    return [NOT_AMENDABLE.finding(field=name, label=label) for name, label, unchanged in same if not unchanged]


def _withdraw(state: SwitchingCase) -> Outcome:
    ending = bring_to_end(state, EndCause.WITHDRAWN)
    kind = HistoryKind.WITHDRAWN if ending.ended else HistoryKind.CANCELLING
    return Transition(ending, HistoryLine(kind, Party.NEW_RETAILER, {"cause": EndCause.WITHDRAWN.value}))


def _decide(state: SwitchingCase, decision: Decide, command: Command) -> Outcome:
    if decision.version != state.version:
        return CURRENT_VERSION.refusal(current=state.version, given=decision.version)
    if refusal := _too_late_to_decide(state, command):
        return refusal
    decided = replace(state, decision=decision.decision, decided_at=command.at)
    if decision.decision is Decision.ACCEPT:
        return Transition(
            replace(decided, phase=CasePhase.AWAITING_APPLICATIONS),
            HistoryLine(HistoryKind.ACCEPTED, Party.CURRENT_RETAILER, {"version": str(state.version)}),
        )
    reasons = decision.rejection_reasons
    return Transition(
        replace(decided, phase=CasePhase.REJECTED, rejection_reasons=reasons),
        HistoryLine(
            HistoryKind.REJECTED,
            Party.CURRENT_RETAILER,
            {"version": str(state.version), "reasons": " ".join(reason.value for reason in reasons)},
        ),
    )


def _too_late_to_decide(state: SwitchingCase, command: Command) -> Refusal | None:
    """Refuse what was stored at the deadline or after it, though the deadline's own step may yet have to come."""
    if state.suspended:
        return None
    if command.at >= state.decision_due:
        return DECISION_DEADLINE.refusal()
    if command.at >= state.cut_off:
        return APPLICATION_CUT_OFF.refusal()
    return None
