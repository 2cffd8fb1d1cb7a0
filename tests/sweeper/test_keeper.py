"""Open cases and running workflows fit each other again, whatever was done to one: in two looks, with an alarm."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest, ResetWorkflowExecutionRequest
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from rules.procedure.calls import ApplicationCall
from rules.procedure.events import NewsKind
from rules.procedure.outcomes import HistoryKind
from runtime.monitoring import Unwell
from schemas.codes import ApplicationKind, CasePhase
from sweeper.keeper import Difference, Keeper, Wrong
from temporal.gateway import NO_RUN
from temporal.running_workflows import list_running
from tests.support import case_applications, case_steps, decisions, referrals
from tests.support.cast import SECOND_POINT
from tests.support.hub import Hub
from tests.support.processes import wait_until

Situation = Callable[[Hub], str]


def awaiting_decision(hub: Hub) -> str:
    return hub.open()


def with_a_call_on_its_way(hub: Hub) -> str:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.grid.down = True
    hub.give(case, case_applications.file_start)
    wait_until(lambda: hub.grid.tries, what="the call")
    return case


def matched(hub: Hub) -> str:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.apply_both(case)
    hub.tell(case, NewsKind.MATCHED, ApplicationKind.START)
    hub.wait_for(case, CasePhase.MATCHED)
    return case


def terminated(hub: Hub, case: str) -> str:
    hub.terminate(case)
    return "terminated"


def deleted(hub: Hub, case: str) -> str:
    async def delete(client: Client) -> None:
        await client.workflow_service.delete_workflow_execution(
            DeleteWorkflowExecutionRequest(
                namespace=client.namespace, workflow_execution=WorkflowExecution(workflow_id=case)
            )
        )

    hub.loop.ask(delete)
    wait_until(lambda: hub.gateway.how_it_stands(case) == NO_RUN, what="the deletion")
    return NO_RUN


@pytest.fixture
def keeper(hub: Hub) -> Keeper:
    """Make a keeper as the sweeper's process has it; nothing of the tests before runs."""
    settle(hub)
    return Keeper(database=hub.database, gateway=hub.gateway)


def listing(hub: Hub) -> set[str]:
    """List what Temporal's visibility knows as running."""
    return set(hub.loop.ask(list_running))


def settle(hub: Hub) -> None:
    """Wait until what earlier tests left is ended, and visibility has heard it."""

    async def end(client: Client) -> None:
        for number in await list_running(client):
            try:
                await client.get_workflow_handle(number).terminate("the test is over")
            except RPCError as error:
                if error.status is not RPCStatusCode.NOT_FOUND:  # it has ended by itself since it was listed
                    raise

    hub.loop.ask(end)
    wait_until(lambda: not listing(hub), what="an empty list")


def look(keeper: Keeper) -> list[Difference]:
    """Look from a thread without a loop, as the keeper's own is."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(keeper.look).result()


@pytest.mark.parametrize("end", [terminated, deleted])
@pytest.mark.parametrize("situation", [awaiting_decision, with_a_call_on_its_way, matched])
def test_an_open_case_whose_workflow_was_ended_is_started_again_with_an_alarm_and_goes_on(
    hub: Hub, keeper: Keeper, situation: Situation, end: Callable[[Hub, str], str]
) -> None:
    case = situation(hub)
    wait_until(lambda: case in listing(hub), what="the list")
    before = figure("hub_workflows_started_again_total", ended_as="terminated" if end is terminated else NO_RUN)
    ended_as = end(hub, case)
    wait_until(lambda: case not in listing(hub), what="the list")

    with capture_logs() as logs:
        assert look(keeper) == []  # it may have been just about to end
        assert look(keeper) == [Difference(case, Wrong.NO_WORKFLOW, None)]

    (alarm,) = [line for line in logs if line["event"] == "workflow-started-again"]
    assert (alarm["log_level"], alarm["case_number"], alarm["ended_as"]) == ("error", case, ended_as)
    assert figure("hub_workflows_started_again_total", ended_as=ended_as) == before + 1
    assert hub.description(case).status is WorkflowExecutionStatus.RUNNING
    goes_on(hub, case, situation)


def goes_on(hub: Hub, case: str, situation: Situation) -> None:
    if situation is awaiting_decision:  # its deadline rings
        hub.wait_idle(case)
        hub.move_in_step(case, hub.state(case).remind_at)
        hub.wait_for_line(case, HistoryKind.REMINDED)
    elif situation is with_a_call_on_its_way:
        hub.grid.down = False
        hub.wait_for_line(case, HistoryKind.RECEIVED)
        assert len({call.application_number for call in hub.grid.calls if isinstance(call, ApplicationCall)}) == 1
    else:
        hub.tell(case, NewsKind.COMPLETED, ApplicationKind.START)
        hub.tell(case, NewsKind.COMPLETED, ApplicationKind.END)
        hub.wait_for(case, CasePhase.COMPLETED)


def test_a_workflow_that_completed_while_its_row_is_open_is_followed_by_another(hub: Hub, keeper: Keeper) -> None:
    # As after a database was put back to before the end of a case.
    case = hub.open()
    as_open = hub.row(case)
    hub.give(case, referrals.withdraw)
    hub.wait_closed(case)
    wait_until(lambda: case not in listing(hub), what="the list")
    hub.put_row_back(case, as_open)

    assert look(keeper) == []
    assert look(keeper) == [Difference(case, Wrong.NO_WORKFLOW, None)]

    assert hub.give(case, decisions.decide).phase is CasePhase.AWAITING_APPLICATIONS


def test_a_workflow_of_a_case_that_has_ended_ends(hub: Hub, keeper: Keeper) -> None:
    # As after Temporal's store was put back to before the end of a case.
    case = hub.open()
    hub.wait_idle(case)
    end_row_behind_the_workflow(hub, case)
    wait_until(lambda: case in listing(hub), what="the list")

    look(keeper)
    (difference,) = look(keeper)

    assert (difference.case_number, difference.wrong) == (case, Wrong.NO_OPEN_CASE)
    hub.wait_closed(case)
    wait_until(lambda: case not in listing(hub), what="the list")
    assert look(keeper) == []
    assert figure("hub_workflows_without_case") == 0


def test_a_workflow_whose_case_the_database_lost_ends(hub: Hub, keeper: Keeper) -> None:
    case = hub.open()
    hub.wait_idle(case)
    wait_until(lambda: case in listing(hub), what="the list")
    hub.lose(case)

    look(keeper)
    (difference,) = look(keeper)

    assert (difference.case_number, difference.wrong) == (case, Wrong.NO_OPEN_CASE)
    wait_until(lambda: hub.description(case).status is WorkflowExecutionStatus.FAILED, what="its end")


def test_a_workflow_that_stands_behind_its_row_looks_at_it(hub: Hub, keeper: Keeper) -> None:
    # As after Temporal's store was put back: what the row says is followed without anything happening to the case.
    case = hub.open()
    hub.wait_idle(case)
    wait_until(lambda: case in listing(hub), what="the list")
    with hub.database.transaction() as session:
        decisions.decide(session, case)
        case_steps.obey_all(session, case)

    look(keeper)
    (difference,) = look(keeper)

    assert (difference.case_number, difference.wrong) == (case, Wrong.OTHER_PHASE)
    wait_until(lambda: CasePhase.AWAITING_APPLICATIONS.label in hub.current_details(case), what="the details")


def test_a_workflow_that_was_reset_looks_at_its_row(hub: Hub, keeper: Keeper) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.wait_idle(case)

    async def reset(client: Client) -> str:
        execution = WorkflowExecution(workflow_id=case)
        reset = await client.workflow_service.reset_workflow_execution(
            ResetWorkflowExecutionRequest(
                namespace=client.namespace,
                workflow_execution=execution,
                reason="test",
                workflow_task_finish_event_id=4,
                request_id="reset-once",
            )
        )
        return reset.run_id

    run = hub.loop.ask(reset)
    # while one run follows the other, the list may have neither
    wait_until(lambda: run in {each.run_id for each in hub.loop.ask(list_running).values()}, what="the list")

    look(keeper)
    assert look(keeper) == [Difference(case, Wrong.OTHER_RUN, run)]

    assert look(keeper) == []
    wait_until(lambda: CasePhase.AWAITING_APPLICATIONS.label in hub.current_details(case), what="the details")
    assert hub.give(case, case_applications.file_start).refusal is None


def test_a_case_that_cannot_be_started_again_is_named_and_holds_up_no_other(hub: Hub, keeper: Keeper) -> None:
    broken, whole = hub.open(), hub.open(point_number=SECOND_POINT)
    for case in (broken, whole):
        hub.terminate(case)
    wait_until(lambda: not listing(hub), what="the list")
    readable = hub.row(broken)
    spoil_row(hub, broken)

    with capture_logs() as logs:
        look(keeper)
        look(keeper)

    assert hub.description(whole).status is WorkflowExecutionStatus.RUNNING
    assert figure("hub_cases_without_workflow") == 1
    with pytest.raises(Unwell, match=broken):
        keeper.check()
    (alarm,) = [line for line in logs if line["event"] == "cases-without-workflow"]
    assert alarm["cases"] == [broken]

    hub.put_row_back(broken, readable)
    look(keeper)
    assert figure("hub_cases_without_workflow") == 0
    keeper.check()
    assert hub.description(broken).status is WorkflowExecutionStatus.RUNNING


def test_cases_in_step_are_left_alone(hub: Hub, keeper: Keeper) -> None:
    case = matched(hub)
    wait_until(lambda: ask_phase(hub, case) == CasePhase.MATCHED, what="the list")

    assert [look(keeper) for _ in range(3)] == [[], [], []]


@pytest.fixture(autouse=True)
def nothing_is_left(hub: Hub) -> Iterator[None]:
    """End workflows without a row, which the hub's fixture does not."""
    yield
    settle(hub)


def ask_phase(hub: Hub, case: str) -> str | None:
    running = hub.loop.ask(list_running).get(case)
    return running.phase if running else None


def figure(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def spoil_row(hub: Hub, case: str) -> None:
    hub.sql("UPDATE cases SET state = '{}' WHERE case_number = :n", n=case)


def end_row_behind_the_workflow(hub: Hub, case: str) -> None:
    with hub.database.transaction() as session:
        referrals.withdraw(session, case)
        case_steps.obey_all(session, case)
