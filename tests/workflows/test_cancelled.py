"""The Temporal UI's large button "Request Cancellation": it ends no case. The case says so, and keeps its deadlines."""

import pytest
from temporalio.client import WorkflowExecutionStatus

from rules.procedure.events import NewsKind
from rules.procedure.outcomes import HistoryKind
from schemas.codes import ApplicationKind, CasePhase
from tests.support import case_applications, decisions
from tests.support.cast import SECOND_POINT
from tests.support.hub import Hub
from tests.support.processes import wait_until


def cancelled(hub: Hub, case: str) -> None:
    """Ask for the cancellation as the button does, and wait until the case has said that it heard."""
    hub.cancel(case)
    wait_until(lambda: "取消（Cancel）" in hub.current_details(case), what="the details")
    assert hub.description(case).status is WorkflowExecutionStatus.RUNNING


def test_a_case_that_waits_for_its_decision_goes_on_and_its_deadline_rings(hub: Hub) -> None:
    decided, silent = hub.open(), hub.open(point_number=SECOND_POINT)

    cancelled(hub, decided)
    cancelled(hub, silent)

    assert hub.give(decided, decisions.decide).phase is CasePhase.AWAITING_APPLICATIONS
    hub.move_in_step(silent, hub.state(silent).remind_at)
    hub.wait_for_line(silent, HistoryKind.REMINDED)
    hub.move_in_step(silent, hub.state(silent).decision_due)
    hub.wait_for(silent, CasePhase.DECISION_EXPIRED)
    hub.wait_closed(silent)


@pytest.mark.parametrize("grid_is", ["slow", "away"])
def test_a_call_on_its_way_to_the_grid_operator_brings_its_answer(hub: Hub, grid_is: str) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    if grid_is == "slow":
        hub.grid.at_work.clear()
    hub.grid.down = grid_is == "away"
    hub.give(case, case_applications.file_start)
    wait_until(lambda: hub.grid.tries, what="the call")

    hub.cancel(case)
    wait_until(lambda: hub.cancellation_was_heard(case), what="the cancellation")
    hub.grid.down = False
    hub.grid.at_work.set()

    hub.wait_for_line(case, HistoryKind.RECEIVED)
    assert len(hub.grid.calls) == 1
    assert "取消（Cancel）" in hub.current_details(case)


@pytest.mark.usefixtures("usual_time_limits")
def test_a_step_that_is_being_written_is_written(hub: Hub) -> None:
    case = hub.open()
    stored = hub.store(case, decisions.decide)
    (command,) = hub.unanswered(case)
    with hub.row_locked(case):
        wait_until(lambda: hub.is_taking(case, command), what="the step")
        hub.cancel(case)

    wait_until(lambda: not hub.unanswered(case), what="the answer")
    assert hub.answer(stored).phase is CasePhase.AWAITING_APPLICATIONS
    assert hub.lines(case) == [HistoryKind.REGISTERED, HistoryKind.ACCEPTED]
    hub.hand_over(case)
    assert hub.description(case).status is WorkflowExecutionStatus.RUNNING


def test_a_matched_case_goes_on_to_its_completion(hub: Hub) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.apply_both(case)
    hub.tell(case, NewsKind.MATCHED, ApplicationKind.START)
    hub.wait_for(case, CasePhase.MATCHED)

    cancelled(hub, case)

    hub.tell(case, NewsKind.COMPLETED, ApplicationKind.START)
    hub.tell(case, NewsKind.COMPLETED, ApplicationKind.END)
    hub.wait_for(case, CasePhase.COMPLETED)
    hub.wait_closed(case)


def test_a_cancelled_case_is_played_again_by_another_worker(hub: Hub) -> None:
    case = hub.open()
    cancelled(hub, case)
    hub.stop_worker(case)
    hub.worker.start()

    assert hub.give(case, decisions.decide).phase is CasePhase.AWAITING_APPLICATIONS
    assert "取消（Cancel）" in hub.current_details(case)
