"""Bulk files whose workflows nobody started, woke or kept: the sweeper sees to them."""

import pytest

from rules.bulk.progress import FileState, Steering
from sweeper import bulk_files
from sweeper.bulk_files import BulkFileKeeper
from tests.support.bulk_files import BulkDesk, referral_rows
from tests.support.hub import Hub
from tests.support.processes import wait_until


@pytest.fixture
def keeper(hub: Hub) -> BulkFileKeeper:
    return BulkFileKeeper(database=hub.database, gateway=hub.gateway)


@pytest.fixture
def desk(hub: Hub) -> BulkDesk:
    return BulkDesk(hub.database)


def wait_finished(desk: BulkDesk, number: str) -> None:
    wait_until(lambda: desk.overview(number).state is FileState.FINISHED, what=f"the end of {desk.overview(number)}")


def test_a_file_that_temporal_never_heard_of_is_started(hub: Hub, desk: BulkDesk, keeper: BulkFileKeeper) -> None:
    number = desk.running(referral_rows(hub.database, 2))

    keeper.look()

    wait_finished(desk, number)


def test_what_was_asked_while_temporal_was_away_reaches_the_workflow(
    hub: Hub, desk: BulkDesk, keeper: BulkFileKeeper
) -> None:
    number = desk.checked(referral_rows(hub.database, 2))
    keeper.look()
    hub.wait_idle(number)

    desk.steer(number, Steering.CONFIRM)
    keeper.look()

    wait_finished(desk, number)


def test_a_workflow_that_was_ended_by_hand_is_started_again(
    hub: Hub, desk: BulkDesk, keeper: BulkFileKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_files, "_WORKFLOWS_EVERY", 2)
    number = desk.checked(referral_rows(hub.database, 2))
    keeper.look()
    hub.wait_idle(number)
    hub.terminate(number)

    keeper.look()

    hub.wait_idle(number)
    desk.steer(number, Steering.STOP)
    hub.gateway.wake_bulk_file(number)
    hub.wait_closed(number)


def test_files_that_stand_as_before_are_left_alone(hub: Hub, desk: BulkDesk, keeper: BulkFileKeeper) -> None:
    number = desk.checked(referral_rows(hub.database, 2))
    keeper.look()
    hub.wait_idle(number)
    length = len(list(hub.history(number).events))

    keeper.look()

    assert len(list(hub.history(number).events)) == length
