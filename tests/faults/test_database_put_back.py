"""PostgreSQL is put back to a point in time, alone or with Temporal's store, by the guide (docs/operations.md).

What was registered since is lost from the database and lives on in Temporal and at the grid operators. Nothing of it
gets into a new case, no number is given out twice, and every new case runs to its end.
"""

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import Client

from deploy.stack.supervisor import Stack
from schemas.codes import Area, CasePhase
from temporal.questions import ask_temporal
from temporal.running_workflows import RUNNING
from tests.faults.backups import Backups
from tests.faults.conftest import SETTINGS
from tests.faults.length import LONG
from tests.support.database_contents import rows
from tests.support.polling import until
from tests.support.retailers import Customer, RefusedByHub
from tests.support.whole_system import set_right, whole_system
from tests.support.world import World

CASES = 30 if LONG else 6
_HUB = ("soap", "web", "sweeper", "worker", "mail")
_ids = count(1)


@pytest.fixture
def own_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Run a whole system of this test's own: its database is taken from under it."""
    with whole_system(tmp_path_factory.mktemp("stack"), settings=SETTINGS | {"HUB_KEEP_EVERY": "1"}) as world:
        yield set_right(world)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("temporal_too", [False, True], ids=["alone", "with Temporal"])
def test_lost_cases_touch_no_new_ones_and_all_new_ones_run_to_their_end(
    own_world: World, tmp_path: Path, temporal_too: bool, tell: Callable[[str], None]
) -> None:
    world = own_world
    backups = Backups(world.stack, world.database, tmp_path)
    backups.begin()
    set_right(world)
    stayed = world.customer()
    kept_case = world.registered(stayed)
    ending = world.registered(world.customer())
    moment = backups.moment()
    saved = _copy_of_temporal(world, tmp_path) if temporal_too else None

    answered(lambda key: world.new.withdraw(ending, message_id=key))  # its end is lost
    lost = [_sent_to_the_grid(world, world.customer()) for _ in range(CASES)]
    until(lambda: world.standing_at_grid(Area.TOKYO) >= CASES, within=90)

    for part in _HUB:
        world.stack.stop(part)
    backups.keep_grid()
    backups.put_back(moment)
    backups.put_grid_back()
    if saved is not None:
        _put_temporal_back(world, saved)
    for part in reversed(_HUB):
        world.stack.start(part)
    world.wake_cases()

    customers = [world.customer() for _ in range(CASES)]
    new = {registered(world, customer): customer for customer in customers}
    assert not set(new) & set(lost), "a number was given out twice"
    for case_number, customer in {**new, kept_case: stayed}.items():
        _switched(world, case_number, customer)
    for case_number in [*new, kept_case]:
        world.wait_for(case_number, CasePhase.COMPLETED, within=120)

    for case_number, customer in new.items():
        points = rows(world.database, "SELECT point_number FROM cases WHERE case_number = :n", n=case_number)
        assert points == [(customer.point_number,)]
    assert rows(world.database, "SELECT count(*) FROM cases WHERE case_number = ANY(:n)", n=lost) == [(0,)]
    numbers = "SELECT number FROM applications UNION ALL SELECT case_number FROM cases WHERE application_kind IS NULL"
    case_numbers = [number for (number,) in rows(world.database, numbers)]
    assert len(set(case_numbers)) == len(case_numbers)
    assert world.phase_in_database(ending) == CasePhase.AWAITING_DECISION, "its 取消 is lost, and it goes on"
    until(lambda: _running(world.stack) == [ending], within=90, instead=lambda: _running(world.stack))
    answered(lambda key: world.new.withdraw(ending, message_id=key))
    tell(f"\n  戻した後: 失われた案件 {len(lost)}、新しい案件 {len(new)}、どれも完了し、番号の重複なし")


def registered(world: World, customer: Customer) -> str:
    number: str = answered(
        lambda key: world.new.register(customer, current=world.current, wished=world.today(), message_id=key)
    ).caseNumber
    return number


def answered(send: Callable[[str], Any]) -> Any:
    """Send a message, as a retailer's system, until it is answered for good."""
    key = f"PUT-BACK-{next(_ids)}"
    answers: list[Any] = []

    def is_answered() -> bool:
        try:
            answers.append(send(key))
        except RefusedByHub as refused:
            assert refused.retryable, refused
        return bool(answers)

    until(is_answered, within=90)
    return answers[0]


def _sent_to_the_grid(world: World, customer: Customer) -> str:
    case_number = registered(world, customer)
    answered(lambda key: world.current.decide(case_number, message_id=key))
    effective = world.new.result(case_number).effectiveDate
    answered(lambda key: world.new.file_start(case_number, customer, effective=effective, message_id=key))
    return case_number


def _switched(world: World, case_number: str, customer: Customer) -> None:
    answered(lambda key: world.current.decide(case_number, message_id=key))
    effective = world.new.result(case_number).effectiveDate
    answered(lambda key: world.new.file_start(case_number, customer, effective=effective, message_id=key))
    answered(lambda key: world.current.file_end(case_number, customer, effective=effective, message_id=key))


def _copy_of_temporal(world: World, folder: Path) -> Path:
    world.stack.stop("temporal")
    saved = shutil.copytree(world.stack.folder / "temporal", folder / "temporal")
    world.stack.start("temporal")
    return saved


def _put_temporal_back(world: World, saved: Path) -> None:
    world.stack.stop("temporal")
    shutil.rmtree(world.stack.folder / "temporal")
    shutil.copytree(saved, world.stack.folder / "temporal")
    world.stack.start("temporal")


def _running(stack: Stack) -> list[str]:
    async def ask(client: Client) -> list[str]:
        return sorted([found.id async for found in client.list_workflows(RUNNING)])

    return ask_temporal(ask, within=20, environment=stack.environment)
