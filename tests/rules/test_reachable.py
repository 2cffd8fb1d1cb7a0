"""Every situation a case can come into: nothing is left behind at the grid operator in any of them."""

import pytest

from rules.core import next_alarm
from rules.procedure.application import AtGrid
from rules.procedure.calls import CallKind, application_calls, wanted_calls
from rules.procedure.events import CommandKind
from rules.switching.interventions import WITH_DEADLINES
from rules.switching.reachable import all_changes
from rules.switching.state import SwitchingCase
from schemas.codes import ENDED_PHASES, ApplicationState, CasePhase, Code
from tests.support.core.next_phases import NEXT_PHASES

FOLLOWED = (ApplicationState.SENDING, ApplicationState.RECEIVED, ApplicationState.CANCELLING)


def reached() -> list[SwitchingCase]:
    return [change.transition.state for change in all_changes()]


def test_a_case_goes_these_ways_and_no_others() -> None:
    gone: dict[CasePhase, set[CasePhase]] = {phase: set() for phase in CasePhase}
    for change in all_changes():
        before, after = change.before.phase, change.transition.state.phase
        gone[before] |= {after} - {before}

    assert gone == NEXT_PHASES


def test_all_phases_and_states_of_applications_are_reached() -> None:
    assert {state.phase for state in reached()} == set(CasePhase)
    assert {application.state for state in reached() for application in state.applications} == set(ApplicationState)


def test_before_matching_what_may_be_at_the_grid_operator_is_a_live_wish_or_being_cancelled() -> None:
    for state in reached():
        cancelled = {call.application for call in application_calls(state) if call.kind is CallKind.CANCEL}
        for application in state.applications:
            if state.phase is CasePhase.AWAITING_APPLICATIONS and application.may_be_at_grid:
                correctable = application.state is ApplicationState.DEFECTIVE
                assert application.state in FOLLOWED or correctable, state
            if state.phase is CasePhase.CANCELLING and application.at_grid is AtGrid.YES:
                assert application.kind in cancelled, state
            if state.phase is CasePhase.CANCELLING and application.at_grid is AtGrid.UNKNOWN:
                called = {call.application for call in application_calls(state)}
                assert called, "its fate is to be learnt"
                assert application.kind in called or cancelled or len(called) == 1, "one after the other"


def test_an_ended_case_has_nothing_at_the_grid_operator_that_was_not_completed() -> None:
    for state in reached():
        if state.ended:
            may_be_there = [application for application in state.applications if application.may_be_at_grid]
            assert all(application.state is ApplicationState.COMPLETED for application in may_be_there), state


def test_an_ended_case_wants_and_waits_for_nothing() -> None:
    for state in reached():
        if state.ended:
            assert (wanted_calls(state), next_alarm(state)) == ((), None)


def test_a_case_that_has_not_ended_always_has_something_to_wait_for() -> None:
    for state in reached():
        waits_for_grid = state.phase in (CasePhase.MATCHED, CasePhase.ONE_SIDE_DONE) or state.cut_off_passed
        waits = next_alarm(state) or wanted_calls(state) or waits_for_grid or state.suspended
        assert state.ended or waits, state


def test_only_the_hub_operator_ends_a_standstill_before_matching() -> None:
    for change in all_changes():
        going_on = change.transition.state.phase in WITH_DEADLINES and change.before.suspended
        if going_on and not change.transition.state.suspended:
            assert change.happening.trigger in (CommandKind.RESUME, CommandKind.SUCCEED)


@pytest.mark.parametrize("phase", [phase for phase in CasePhase if phase not in ENDED_PHASES])
def test_from_everywhere_a_case_can_still_end(phase: Code) -> None:
    ways = {(change.before.phase, change.transition.state.phase) for change in all_changes()}
    can_end = set(ENDED_PHASES)
    for _ in CasePhase:
        can_end |= {before for before, after in ways if after in can_end}
    assert phase in can_end
