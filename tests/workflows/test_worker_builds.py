"""Workers of two builds beside each other: cases under way go on with the one that is current."""

from collections.abc import Iterator

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.api.workflowservice.v1 import SetWorkerDeploymentCurrentVersionRequest
from temporalio.client import Client
from temporalio.service import RPCError
from temporalio.worker import Worker

from models.database import Database
from runtime.settings.processes import WorkerSettings
from schemas.codes import CasePhase
from tests.support import decisions, referrals
from tests.support.hub import Hub
from tests.support.processes import wait_until
from tests.support.temporal import TestedWorker
from worker import case_worker, deployment

DEPLOYMENT = "hub-of-the-test"


def build(hub: Hub, database: Database, name: str) -> TestedWorker:
    """Make a worker of cases that names its build, as the setting has it do."""
    configured = WorkerSettings.model_construct(worker_deployment=DEPLOYMENT, worker_build=name)

    def make(client: Client) -> list[Worker]:
        return [case_worker(client, database, cached_cases=100, version=deployment(configured))]

    return TestedWorker(hub.loop, make)


def make_current(hub: Hub, name: str) -> None:
    """Do as ``temporal worker deployment set-current-version`` does; an empty name takes all builds off again."""
    request = SetWorkerDeploymentCurrentVersionRequest(
        namespace="default", deployment_name=DEPLOYMENT, build_id=name, ignore_missing_task_queues=True
    )

    def is_known() -> bool:
        try:
            hub.loop.ask(lambda client: client.workflow_service.set_worker_deployment_current_version(request))
        except RPCError:  # the server has not heard of the build yet
            return False
        return True

    wait_until(is_known, what=f"build {name!r} is current")


@pytest.fixture
def builds(hub: Hub, worker_database: Database) -> Iterator[dict[str, TestedWorker]]:
    """Run workers of two builds; the hub's usual one, which names none, does not work meanwhile."""
    hub.worker.stop()
    workers = {name: build(hub, worker_database, name) for name in ("1", "2")}
    yield workers
    for worker in workers.values():
        worker.stop()
    make_current(hub, "")
    hub.worker.start()


def builds_of(hub: Hub, case_number: str) -> list[str]:
    """Tell which build did each piece of the workflow's work."""
    return [
        event.workflow_task_completed_event_attributes.deployment_version.build_id
        for event in hub.history(case_number).events
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
    ]


def test_a_case_under_way_goes_on_with_the_current_build(hub: Hub, builds: dict[str, TestedWorker]) -> None:
    builds["1"].start()
    make_current(hub, "1")
    case = hub.open()
    assert hub.give(case, decisions.decide).phase is CasePhase.AWAITING_APPLICATIONS

    builds["2"].start()
    make_current(hub, "2")
    builds["1"].stop()

    assert hub.give(case, referrals.withdraw).phase is CasePhase.WITHDRAWN
    done_by = builds_of(hub, case)
    assert (done_by[0], done_by[-1]) == ("1", "2")


def test_a_worker_that_names_no_build_takes_part_in_no_deployment() -> None:
    assert deployment(WorkerSettings.model_construct(worker_build="")) is None
