"""The moments a case waits for, and what happens when one comes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from rules.calendar import end_of, start_of
from rules.procedure.alarms import ASK_BEFORE_CUT_OFF, OTHER_SIDE_WITHIN, Alarm, AlarmRule, in_order
from rules.procedure.inquiries import ask
from rules.procedure.outcomes import HistoryKind, HistoryLine, Party, Transition
from rules.switching.ending import bring_to_end
from rules.switching.grid_lines import ending_details
from rules.switching.state import SwitchingCase
from schemas.codes import ApplicationState, CasePhase, EndCause


def alarms(state: SwitchingCase) -> tuple[Alarm, ...]:
    """List what the case waits for, the earliest first; at the same moment by precedence."""
    return in_order(_waited_for(state))


def _waited_for(state: SwitchingCase) -> list[Alarm]:
    alarms: list[Alarm] = []
    if state.suspended:
        return alarms
    if state.phase is CasePhase.AWAITING_DECISION:
        if not state.reminded:
            alarms.append(Alarm(state.remind_at, AlarmRule.REMINDER))
        alarms.append(Alarm(state.decision_due, AlarmRule.DECISION))
        alarms.append(Alarm(state.cut_off, AlarmRule.CUT_OFF))
    if state.phase is CasePhase.AWAITING_APPLICATIONS and not state.cut_off_passed:
        alarms.extend(_before_cut_off(state))
    if _waits_for_effective_date(state):
        if not state.asked_on_effective_date:
            alarms.append(Alarm(start_of(state.effective_date), AlarmRule.EFFECTIVE_DATE))
        elif state.phase is CasePhase.AWAITING_APPLICATIONS:
            alarms.append(Alarm(end_of(state.effective_date), AlarmRule.EFFECTIVE_DATE))
    if state.phase is CasePhase.MATCHED and ApplicationState.COMPLETED in (state.start.state, state.end.state):
        alarms.append(Alarm(_one_side_at(state), AlarmRule.ONE_SIDE))
    return alarms


def _before_cut_off(state: SwitchingCase) -> Iterator[Alarm]:
    if state.cut_off_remind_at is not None and state.awaits_cut_off_reminder:
        yield Alarm(state.cut_off_remind_at, AlarmRule.CUT_OFF_REMINDER)
    if any(application.filed for application in state.applications) and not state.asked_before_cut_off:
        yield Alarm(state.cut_off - ASK_BEFORE_CUT_OFF, AlarmRule.ASK_BEFORE_CUT_OFF)
    yield Alarm(state.cut_off, AlarmRule.CUT_OFF)


def _one_side_at(state: SwitchingCase) -> datetime:
    """Give the day's end, and some time: what is told of both sides one after the other is no 片側完了 in between."""
    over = end_of(state.effective_date)
    return over if state.one_side_heard_at is None else max(over, state.one_side_heard_at + OTHER_SIDE_WITHIN)


def _waits_for_effective_date(state: SwitchingCase) -> bool:
    """Tell whether a pair is in, matched or not heard of since: it is asked after when its day comes.

    One that is not matched by the end of that day has come to nothing (ours), as where the two sides' dates differ.
    """
    return state.phase is CasePhase.MATCHED or (state.phase is CasePhase.AWAITING_APPLICATIONS and state.cut_off_passed)


def _line(kind: HistoryKind, **details: str) -> HistoryLine:
    return HistoryLine(kind, Party.HUB, details)


def _remind(state: SwitchingCase) -> Transition[SwitchingCase]:
    due = min(state.decision_due, state.cut_off)
    return Transition(replace(state, reminded=True), _line(HistoryKind.REMINDED, due=due.isoformat()))


def _expire(state: SwitchingCase) -> Transition[SwitchingCase]:
    return Transition(
        replace(state, phase=CasePhase.DECISION_EXPIRED),
        _line(HistoryKind.DECISION_EXPIRED, due=state.decision_due.isoformat()),
    )


def _remind_of_cut_off(state: SwitchingCase) -> Transition[SwitchingCase]:
    lacking = " ".join(kind.value for kind in state.lacking)
    line = _line(HistoryKind.CUT_OFF_REMINDED, cut_off=state.cut_off.isoformat(), missing=lacking)
    return Transition(state.with_cut_off_reminded(), line)


def _ask_before_cut_off(state: SwitchingCase) -> Transition[SwitchingCase]:
    return ask(replace(state, asked_before_cut_off=True), AlarmRule.ASK_BEFORE_CUT_OFF)


def _effective_date(state: SwitchingCase) -> Transition[SwitchingCase]:
    if not state.asked_on_effective_date:
        return ask(replace(state, asked_on_effective_date=True), AlarmRule.EFFECTIVE_DATE)
    ending = bring_to_end(state, EndCause.CUT_OFF)
    kind = HistoryKind.UNMATCHED if ending.ended else HistoryKind.CANCELLING
    details = {"effective_date": state.effective_date.isoformat(), **ending_details(ending)}
    return Transition(ending, _line(kind, **details))


def _cut_off(state: SwitchingCase) -> Transition[SwitchingCase]:
    cut_off = state.cut_off.isoformat()
    if not state.lacking:
        return Transition(replace(state, cut_off_passed=True), _line(HistoryKind.CUT_OFF_PASSED, cut_off=cut_off))
    ending = bring_to_end(replace(state, missing=state.lacking), EndCause.CUT_OFF)
    kind = HistoryKind.UNMATCHED if ending.ended else HistoryKind.CANCELLING
    details = ending_details(ending)
    if state.decision is None:
        details["missing"] = f"decision {details['missing']}"
    return Transition(ending, _line(kind, cut_off=cut_off, **details))


def _one_side(state: SwitchingCase) -> Transition[SwitchingCase]:
    return Transition(
        replace(state, phase=CasePhase.ONE_SIDE_DONE, one_side_alarmed=True), _line(HistoryKind.ONE_SIDE_DONE)
    )


RINGERS: Mapping[AlarmRule, Callable[[SwitchingCase], Transition[SwitchingCase]]] = {
    AlarmRule.REMINDER: _remind,
    AlarmRule.DECISION: _expire,
    AlarmRule.CUT_OFF_REMINDER: _remind_of_cut_off,
    AlarmRule.ASK_BEFORE_CUT_OFF: _ask_before_cut_off,
    AlarmRule.CUT_OFF: _cut_off,
    AlarmRule.EFFECTIVE_DATE: _effective_date,
    AlarmRule.ONE_SIDE: _one_side,
}
