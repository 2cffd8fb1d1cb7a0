"""Temporal's store is put back from a backup under a worker that nobody stopped, and that holds what it has seen since.

Most often the case is read anew and goes on. Where the library wrote something before anybody could notice, the case is
named as one in trouble, and goes on once the guide (docs/operations.md) is followed.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from temporalio.client import Client

from schemas.codes import CasePhase
from temporal.questions import ask_temporal
from tests.faults.revival import kept_running
from tests.support.polling import until
from tests.support.retailers import RefusedByHub
from tests.support.world import World


@pytest.mark.timeout(300)
def test_cases_go_on_by_themselves_or_by_the_guide(world: World, tmp_path: Path, tell: Callable[[str], None]) -> None:
    customer = world.customer()
    case_number = world.registered(customer)
    assert _is_answered(lambda: world.current.decide(case_number, message_id="BEFORE-BACKUP"))
    saved = _with_temporal_stopped(
        world, lambda: shutil.copytree(world.stack.folder / "temporal", tmp_path / "temporal")
    )
    until(
        lambda: _is_answered(
            lambda: world.new.file_start(
                case_number, customer, effective=world.today(), message_id="FILED-BEFORE-SET-BACK"
            )
        ),
        within=60,
    )
    by_hand: list[str] = []

    def by_the_guide() -> None:
        if not by_hand and _is_in_trouble(world, case_number):
            _end_workflow(world, case_number)
            world.wake_cases()
            by_hand.append(case_number)

    def end_filed() -> bool:
        by_the_guide()
        return _is_answered(
            lambda: world.current.file_end(
                case_number, customer, effective=world.today(), message_id="FILED-AFTER-SET-BACK"
            )
        )

    def completed() -> bool:
        by_the_guide()
        return world.phase_in_database(case_number) == CasePhase.COMPLETED

    with kept_running(world.stack):
        _with_temporal_stopped(world, lambda: _put_back(saved, world.stack.folder / "temporal"))
        until(end_filed, within=120)
        until(completed, within=120)

    tell(f"\n  記録を戻したあとの案件: {'終了させて始め直した' if by_hand else 'そのまま続いた'}")
    assert world.duplicates_at_grid() == 0


def _put_back(saved: Path, store: Path) -> Path:
    shutil.rmtree(store)
    return shutil.copytree(saved, store)


def _with_temporal_stopped(world: World, work: Callable[[], Path]) -> Path:
    world.stack.stop("temporal")
    done = work()
    world.stack.start("temporal")
    return done


def _is_answered(call: Callable[[], object]) -> bool:
    try:
        call()
    except RefusedByHub as refused:
        assert refused.retryable
        return False
    return True


def _is_in_trouble(world: World, case_number: str) -> bool:
    log = (world.stack.folder / "log" / "sweeper.log").read_text()
    return any('"cases-in-trouble"' in line and case_number in line for line in log.splitlines())


def _end_workflow(world: World, case_number: str) -> None:
    async def end(client: Client) -> None:
        await client.get_workflow_handle(case_number).terminate("履歴が混ざったため")

    ask_temporal(end, within=20, environment=world.stack.environment)
