"""Database steps are done within the workflow task that needs them, and hold none for long."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from temporalio.api.enums.v1 import EventType

from rules.procedure.outcomes import HistoryKind
from schemas.codes import CasePhase
from tests.support import decisions
from tests.support.cast import SECOND_POINT
from tests.support.fingerprints import fingerprint
from tests.support.hub import Hub
from tests.support.processes import wait_until
from tests.support.steps_in_histories import is_step, was_done
from tests.workflows.test_replay import replay


def test_a_command_its_step_and_its_answer_are_one_workflow_task(hub: Hub) -> None:
    case = hub.open()
    hub.wait_idle(case)
    tasks = hub.count(case, EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)

    assert hub.give(case, decisions.decide).phase is CasePhase.AWAITING_APPLICATIONS

    hub.wait_idle(case)
    assert hub.count(case, EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED) == tasks + 1
    assert hub.count(case, EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED) == 0


@pytest.mark.usefixtures("usual_time_limits")
def test_a_step_whose_row_is_held_lets_its_task_go_and_is_written_once_the_row_is_free(hub: Hub) -> None:
    case = hub.open()
    hub.wait_idle(case)
    stored = hub.store(case, decisions.decide)
    with ThreadPoolExecutor(1) as pool:
        with hub.row_locked(case):
            handed_over = pool.submit(hub.hand_over, case)
            wait_until(lambda: hub.count(case, EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED), what="the activity")
        handed_over.result()

    assert hub.answer(stored).phase is CasePhase.AWAITING_APPLICATIONS
    assert hub.lines(case) == [HistoryKind.REGISTERED, HistoryKind.ACCEPTED]
    history = hub.history(case)
    assert [was_done(event) for event in history.events if is_step(event)] == [True, False]
    assert hub.count(case, EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT) == 0
    replay(history)
    free = hub.open(point_number=SECOND_POINT)
    hub.give(free, decisions.decide)
    hub.wait_idle(free)
    assert fingerprint(history) == fingerprint(hub.history(free)), "it took another path"


@pytest.mark.usefixtures("usual_time_limits")
def test_another_case_goes_on_while_a_row_is_held(hub: Hub) -> None:
    held, free = hub.open(), hub.open(point_number=SECOND_POINT)
    hub.wait_idle(held)
    hub.store(held, decisions.decide)
    with ThreadPoolExecutor(1) as pool, hub.row_locked(held):
        pool.submit(hub.hand_over, held)

        assert hub.give(free, decisions.decide).phase is CasePhase.AWAITING_APPLICATIONS

        assert hub.lines(held) == [HistoryKind.REGISTERED]


def test_a_database_that_refuses_a_step_is_waited_for_outside_the_task(hub: Hub) -> None:
    case = hub.open()
    hub.wait_idle(case)
    row = hub.row(case)
    hub.sql("UPDATE cases SET state = state - 'phase' WHERE case_number = :n", n=case)
    hub.gateway.look_again(case)
    wait_until(lambda: hub.last_failure(case), what="a failed try")

    hub.put_row_back(case, row)

    assert hub.give(case, decisions.decide).phase is CasePhase.AWAITING_APPLICATIONS
    assert hub.count(case, EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED) == 0
    replay(hub.history(case))
