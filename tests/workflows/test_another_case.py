"""A number that a database put back gave out again: the workflow of the lost case touches nothing of the new one.

Numbers carry their second and are not given out twice; these tests do so by force. What is compared is the origin.
"""

from collections.abc import Callable

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowExecutionStatus

from models.cases import referral_registration
from rules.procedure.events import NewsKind
from rules.procedure.outcomes import HistoryKind
from schemas.codes import ApplicationKind, ApplicationState, CasePhase
from tests.support import case_applications, decisions, referrals
from tests.support.cast import POINT, SECOND_POINT
from tests.support.hub import Hub
from tests.support.processes import wait_until

AnotherCase = Callable[[str], str]


@pytest.fixture
def another_case(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> AnotherCase:
    """Have the database forget a case, and register one of another point under its number."""

    def register(number: str) -> str:
        hub.lose(number)
        with monkeypatch.context() as patch:
            patch.setattr(referral_registration, "next_case_number", lambda *_, **__: number)
            assert referrals.open_case(hub.database, point_number=SECOND_POINT) == number
        return hub.run_of(number)

    return register


def test_a_decision_on_the_new_case_is_taken_by_a_workflow_of_its_own(hub: Hub, another_case: AnotherCase) -> None:
    case = hub.open(point_number=POINT)
    hub.wait_idle(case)
    old = another_case(case)

    assert hub.give(case, decisions.decide).phase is CasePhase.AWAITING_APPLICATIONS

    assert hub.status_of_run(case, old) is WorkflowExecutionStatus.TERMINATED
    assert hub.state(case).point_number == SECOND_POINT
    assert hub.lines(case) == [HistoryKind.REGISTERED, HistoryKind.ACCEPTED]


def test_an_alarm_of_the_lost_case_writes_nothing_and_ends_its_workflow(hub: Hub, another_case: AnotherCase) -> None:
    case = hub.open(point_number=POINT)
    hub.wait_idle(case)
    due = hub.state(case).remind_at
    old = another_case(case)

    hub.move_in_step(case, due)

    wait_until(lambda: hub.status_of_run(case, old) is WorkflowExecutionStatus.FAILED, what="its end")
    assert hub.lines(case) == [HistoryKind.REGISTERED]
    assert not hub.state(case).reminded
    assert hub.count(case, EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED) == 0, "it is not tried again outside the task"


def test_a_command_handed_to_the_workflow_of_the_lost_case_is_not_lost(hub: Hub, another_case: AnotherCase) -> None:
    # As where a case was noted as started before its number was found in use.
    case = hub.open(point_number=POINT)
    hub.wait_idle(case)
    old = another_case(case)
    hub.sql("UPDATE deliveries SET started_at_real = now() WHERE case_number = :n", n=case)

    answer = hub.give(case, decisions.reject)

    assert answer.phase is CasePhase.REJECTED
    assert hub.status_of_run(case, old) is WorkflowExecutionStatus.FAILED
    hub.wait_closed(case)


def test_a_call_of_the_lost_case_brings_nothing_into_the_new_one(hub: Hub, another_case: AnotherCase) -> None:
    case = hub.open(point_number=POINT)
    hub.give(case, decisions.decide)
    hub.grid.at_work.clear()
    hub.give(case, case_applications.file_start)
    wait_until(lambda: hub.grid.tries, what="the call")
    old = another_case(case)

    hub.grid.at_work.set()

    wait_until(lambda: hub.status_of_run(case, old) is WorkflowExecutionStatus.FAILED, what="its end")
    assert hub.state(case).start.state is ApplicationState.NOT_FILED
    assert hub.lines(case) == [HistoryKind.REGISTERED]


def test_news_of_the_lost_case_is_not_written_into_the_new_one(hub: Hub, another_case: AnotherCase) -> None:
    case = hub.open(point_number=POINT)
    hub.give(case, decisions.decide)
    hub.apply_both(case)
    hub.wait_idle(case)
    news = hub.news(case, NewsKind.MATCHED, ApplicationKind.START)
    old = another_case(case)

    hub.gateway.signal_news(case, [news])

    wait_until(lambda: hub.status_of_run(case, old) is WorkflowExecutionStatus.FAILED, what="its end")
    assert hub.state(case).phase is CasePhase.AWAITING_DECISION


def test_a_workflow_without_a_row_says_so_and_ends(hub: Hub) -> None:
    case = hub.open(point_number=POINT)
    hub.wait_idle(case)
    run = hub.run_of(case)
    hub.lose(case)

    hub.gateway.look_again(case)

    wait_until(lambda: hub.status_of_run(case, run) is WorkflowExecutionStatus.FAILED, what="its end")
    assert "この案件の記録がありません" in hub.why_it_failed(case)
