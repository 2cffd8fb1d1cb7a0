"""Temporal's store is put back from a backup under a worker that holds what it has seen since."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.codes import CasePhase
from tests.faults.keeping import kept_running
from tests.faults.length import LONG
from tests.support.retailers import RefusedByHub
from tests.support.until import until
from tests.support.world import World


@pytest.mark.skipif(not LONG, reason="make faults")
@pytest.mark.timeout(300)
def test_a_worker_under_which_the_store_was_set_back_ends_and_its_successor_carries_the_cases_on(
    world: World, tmp_path: Path
) -> None:
    customer = world.customer()
    case_number = world.registered(customer)
    assert _answered(lambda: world.current.decide(case_number, message_id="BEFORE-BACKUP"))
    saved = _with_temporal_stopped(
        world, lambda: shutil.copytree(world.stack.folder / "temporal", tmp_path / "temporal")
    )
    until(
        lambda: _answered(
            lambda: world.new.file_start(
                case_number, customer, effective=world.today(), message_id="FILED-BEFORE-SET-BACK"
            )
        ),
        within=60,
    )
    worker = world.stack.parts["worker"].process.pid

    with kept_running(world.stack):
        _with_temporal_stopped(world, lambda: _put_back(saved, world.stack.folder / "temporal"))
        until(
            lambda: _answered(
                lambda: world.current.file_end(
                    case_number, customer, effective=world.today(), message_id="FILED-AFTER-SET-BACK"
                )
            ),
            within=90,
        )
        world.wait_for(case_number, CasePhase.COMPLETED, within=90)

    assert world.stack.parts["worker"].process.pid != worker
    assert "worker-in-disorder" in (world.stack.folder / "log" / "worker.log").read_text()
    assert world.duplicates_at_grid() == 0


def _put_back(saved: Path, store: Path) -> Path:
    shutil.rmtree(store)
    return shutil.copytree(saved, store)


def _with_temporal_stopped(world: World, work: Callable[[], Path]) -> Path:
    world.stack.stop("temporal")
    done = work()
    world.stack.start("temporal")
    return done


def _answered(call: Callable[[], object]) -> bool:
    try:
        call()
    except RefusedByHub as refused:
        assert refused.retryable
        return False
    return True
