"""The moments an application on its own waits for, and what happens when one comes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from rules.calendar import start_of
from rules.lone_application.ending import bring_to_end, cause_details, line_of_ending
from rules.lone_application.state import LoneApplication
from rules.procedure.alarms import ASK_BEFORE_CUT_OFF, Alarm, AlarmRule, in_order
from rules.procedure.inquiries import ask
from rules.procedure.lines import details_of
from rules.procedure.outcomes import HistoryKind, HistoryLine, Party, Transition
from schemas.codes import ApplicationState, CasePhase, EndCause


def alarms(state: LoneApplication) -> tuple[Alarm, ...]:
    """List what it waits for, the earliest first; at the same moment by precedence."""
    return in_order(_waited_for(state))


def _waited_for(state: LoneApplication) -> Iterator[Alarm]:
    if state.suspended:
        return
    defective = state.application.state is ApplicationState.DEFECTIVE
    if state.phase is CasePhase.AWAITING_APPLICATIONS:
        if state.cut_off is not None and (defective or not state.cut_off_passed):
            yield Alarm(state.cut_off, AlarmRule.CUT_OFF)
            if state.cut_off_remind_at is not None and state.awaits_cut_off_reminder:
                yield Alarm(state.cut_off_remind_at, AlarmRule.CUT_OFF_REMINDER)
            if state.application.filed and not state.asked_before_cut_off:
                yield Alarm(state.cut_off - ASK_BEFORE_CUT_OFF, AlarmRule.ASK_BEFORE_CUT_OFF)
        if defective and state.correction_due is not None:
            yield Alarm(state.correction_due, AlarmRule.CORRECTION)
    if state.effective_date is not None and _waits_for_effective_date(state):
        yield Alarm(start_of(state.effective_date), AlarmRule.EFFECTIVE_DATE)


def _waits_for_effective_date(state: LoneApplication) -> bool:
    """Tell whether it is asked after when its day comes: matched, need not be, or past its cut-off."""
    if state.phase is CasePhase.MATCHED:
        return not state.asked_on_effective_date
    if state.phase is not CasePhase.AWAITING_APPLICATIONS or state.application.state is not ApplicationState.RECEIVED:
        return False
    return state.cut_off_passed if state.kind_rules.matched else not state.asked_on_effective_date


def _remind_of_cut_off(state: LoneApplication) -> Transition[LoneApplication]:
    line = HistoryLine(HistoryKind.CUT_OFF_REMINDED, Party.HUB, details_of(state.application) | _cut_off_of(state))
    return Transition(state.with_cut_off_reminded(), line)


def _ask_before_cut_off(state: LoneApplication) -> Transition[LoneApplication]:
    return ask(replace(state, asked_before_cut_off=True), AlarmRule.ASK_BEFORE_CUT_OFF)


def _effective_date(state: LoneApplication) -> Transition[LoneApplication]:
    if state.kind_rules.matched and state.phase is CasePhase.AWAITING_APPLICATIONS:
        return _end(state, EndCause.CUT_OFF)
    return ask(replace(state, asked_on_effective_date=True), AlarmRule.EFFECTIVE_DATE)


def _cut_off(state: LoneApplication) -> Transition[LoneApplication]:
    """End it as unmatched, unless it was stored in time and is still on its way."""
    if state.application.state is not ApplicationState.SENDING:
        return _end(state, EndCause.CUT_OFF)
    line = HistoryLine(HistoryKind.CUT_OFF_PASSED, Party.HUB, _cut_off_of(state))
    return Transition(replace(state, cut_off_passed=True), line)


def _cut_off_of(state: LoneApplication) -> dict[str, str]:
    return {} if state.cut_off is None else {"cut_off": state.cut_off.isoformat()}


def _not_corrected(state: LoneApplication) -> Transition[LoneApplication]:
    return _end(state, EndCause.NOT_CORRECTED)


def _end(state: LoneApplication, cause: EndCause) -> Transition[LoneApplication]:
    ending = bring_to_end(state, cause)
    details = details_of(state.application) | cause_details(ending)
    return Transition(ending, HistoryLine(line_of_ending(ending), Party.HUB, details))


RINGERS: Mapping[AlarmRule, Callable[[LoneApplication], Transition[LoneApplication]]] = {
    AlarmRule.CUT_OFF_REMINDER: _remind_of_cut_off,
    AlarmRule.ASK_BEFORE_CUT_OFF: _ask_before_cut_off,
    AlarmRule.CUT_OFF: _cut_off,
    AlarmRule.CORRECTION: _not_corrected,
    AlarmRule.EFFECTIVE_DATE: _effective_date,
}
