"""The hub operator's interventions (広域機関の措置), each on the real server. Histories of these runs are replayed."""

from collections.abc import Callable
from datetime import timedelta

from rules.procedure.calls import CallKind
from rules.procedure.events import CommandKind, NewsKind
from rules.procedure.outcomes import HistoryKind
from schemas.codes import ApplicationState, CasePhase
from temporal import names
from tests.support import case_applications, decisions, lone_applications
from tests.support.cast import CURRENT, OTHER
from tests.support.hub import Hub
from tests.support.processes import wait_until

KeepHistory = Callable[[str, str], None]


def test_deadlines_stand_still_until_a_successor_decides(hub: Hub, keep_history: KeepHistory) -> None:
    case = hub.open()
    due = hub.state(case).decision_due

    hub.intervene(case, CommandKind.SUSPEND)
    hub.move_in_step(case, due + timedelta(days=3))
    assert hub.state(case).phase is CasePhase.AWAITING_DECISION
    answer = hub.intervene(case, CommandKind.SUCCEED, leaving=CURRENT, successor=OTHER)
    assert answer.decision_due is not None and answer.decision_due > hub.now()

    hub.give(case, lambda session, number: decisions.decide(session, number, retailer=OTHER))
    state = hub.wait_for(case, CasePhase.AWAITING_APPLICATIONS)
    assert state.current_retailer == OTHER
    shown = hub.description(case).typed_search_attributes
    assert shown.get(names.CURRENT_RETAILER) == OTHER
    keep_history(case, "suspended_and_succeeded")


def test_deadlines_go_on_and_ring(hub: Hub, keep_history: KeepHistory) -> None:
    case = hub.open()
    hub.intervene(case, CommandKind.SUSPEND)
    assert "広域機関による期限の再開" in hub.current_details(case)

    hub.intervene(case, CommandKind.RESUME)
    state = hub.state(case)
    hub.move_in_step(case, state.remind_at)
    hub.wait_for_line(case, HistoryKind.REMINDED)
    hub.move_in_step(case, state.decision_due)

    hub.wait_for(case, CasePhase.DECISION_EXPIRED)
    hub.wait_closed(case)
    keep_history(case, "suspended_and_resumed")


def test_a_case_is_closed_once_the_grid_operator_has_taken_back_what_it_held(
    hub: Hub, keep_history: KeepHistory
) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.give(case, case_applications.file_start)
    hub.wait_for_line(case, HistoryKind.RECEIVED)

    answer = hub.intervene(case, CommandKind.CLOSE)

    assert answer.phase is CasePhase.CANCELLING
    hub.wait_for(case, CasePhase.CLOSED)
    hub.wait_closed(case)
    assert [call.kind for call in hub.grid.calls] == [CallKind.REGISTER, CallKind.CANCEL]
    keep_history(case, "closed")


def test_a_word_recorded_by_hand_takes_the_place_of_a_call_that_gets_no_answer(
    hub: Hub, keep_history: KeepHistory
) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.grid.down = True
    hub.give(case, case_applications.file_start)
    wait_until(lambda: hub.grid.tries, what="a try")

    number = hub.state(case).start.number
    hub.intervene(case, CommandKind.RECORD, application_number=number, news=NewsKind.RECEIVED)

    assert hub.state(case).start.state is ApplicationState.RECEIVED
    tries = hub.grid.tries
    hub.wait_idle(case)
    assert hub.grid.tries <= tries + 1, "the call is not made any more"
    keep_history(case, "recorded_by_hand")


def test_an_application_on_its_own_is_closed(hub: Hub, keep_history: KeepHistory) -> None:
    number = lone_applications.open_start(hub.database)
    hub.hand_over(number)
    hub.wait_for_line(number, HistoryKind.RECEIVED)

    hub.intervene(number, CommandKind.CLOSE)

    wait_until(lambda: hub.lone(number).phase is CasePhase.CLOSED, what=f"the end of {number}")
    hub.wait_closed(number)
    keep_history(number, "lone_closed")
