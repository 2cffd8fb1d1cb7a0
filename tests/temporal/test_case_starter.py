"""Starting the workflow of a new case beside the answer to its registration."""

import threading

from temporalio.client import WorkflowExecutionStatus

from temporal.case_starter import CaseStarter
from temporal.handover import OutcomeOpen
from tests.support.database_contents import rows
from tests.support.hub import Hub
from tests.support.processes import wait_until
from tests.support.referrals import open_case


def test_the_workflow_of_a_new_case_is_started(hub: Hub) -> None:
    case_number = open_case(hub.database)

    CaseStarter(hub.hand_over).start(case_number)

    wait_until(
        lambda: rows(hub.database, "SELECT 1 FROM deliveries WHERE started_at_real IS NOT NULL"), what="the start"
    )
    assert hub.description(case_number).status is WorkflowExecutionStatus.RUNNING


def test_nobody_waits_and_a_case_that_cannot_be_started_holds_up_no_other() -> None:
    may_go_on, delivered = threading.Event(), []

    def hand_over(case_number: str) -> None:
        may_go_on.wait(20)
        if case_number == "SW1":
            raise OutcomeOpen
        delivered.append(case_number)

    starter = CaseStarter(hand_over)
    for case_number in ("SW1", "SW2"):
        starter.start(case_number)
    assert delivered == []
    may_go_on.set()

    wait_until(lambda: delivered == ["SW2"], what="the second case")


def test_more_than_can_wait_is_left_to_the_sweeper() -> None:
    may_go_on, delivered = threading.Event(), []

    def hand_over(case_number: str) -> None:
        may_go_on.wait(20)
        delivered.append(case_number)

    starter = CaseStarter(hand_over, most_waiting=2)
    for number in range(20):
        starter.start(f"SW{number}")
    may_go_on.set()

    wait_until(lambda: len(delivered) >= 2, what="those that waited")
    assert len(delivered) <= 3
