"""Bulk files whose workflows nobody started, woke or kept: the sweeper sees to them."""

from datetime import timedelta

import pytest

from models.bulk.standing import OpenFile
from rules.bulk.progress import FileState, Steering
from sweeper import bulk_files, figures
from sweeper.bulk_files import BulkFileKeeper, Progress
from tests.support.bulk_files import BulkDesk, referral_rows
from tests.support.hub import Hub
from tests.support.processes import wait_until


@pytest.fixture
def keeper(hub: Hub) -> BulkFileKeeper:
    return BulkFileKeeper(database=hub.database, gateway=hub.gateway, rows_kept_for=timedelta(days=90))


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


def test_the_figures_say_how_many_there_are_and_what_is_left_of_them(
    hub: Hub, desk: BulkDesk, keeper: BulkFileKeeper
) -> None:
    desk.checked(referral_rows(hub.database, 5))
    desk.steer(desk.running(referral_rows(hub.database, 3, first=10)), Steering.PAUSE)

    keeper.look()

    shown = {state: figures.FILES.labels(state.value)._value.get() for state in FileState if not state.ended}
    assert shown == {
        FileState.UPLOADED: 0,
        FileState.CHECKING: 0,
        FileState.CHECKED: 1,
        FileState.RUNNING: 0,
        FileState.PAUSED: 1,
    }
    assert figures.FILE_ROWS_LEFT._value.get() == 3


def a_file(retailer: str, *, finished: int, state: FileState = FileState.RUNNING) -> OpenFile:
    return OpenFile(retailer, state, True, 100, finished)


def test_files_stand_still_by_retailer_as_they_go_one_after_the_other() -> None:
    progress = Progress()
    first, waiting = a_file("1001", finished=5), a_file("1001", finished=0)

    assert progress.still_for([first, waiting], now=0.0) == 0.0
    assert progress.still_for([first, waiting], now=30.0) == 30.0
    assert progress.still_for([a_file("1001", finished=6), waiting], now=40.0) == 0.0
    assert progress.still_for([a_file("1001", finished=7), a_file("1002", finished=1)], now=50.0) == 0.0
    assert progress.still_for([a_file("1001", finished=8), a_file("1002", finished=1)], now=65.0) == 15.0
    assert progress.still_for([a_file("1002", finished=1, state=FileState.PAUSED)], now=90.0) == 0.0


def test_rows_whose_time_is_over_are_forgotten(hub: Hub, desk: BulkDesk) -> None:
    number = desk.running(referral_rows(hub.database, 2))
    desk.steer(number, Steering.STOP)
    keeper = BulkFileKeeper(database=hub.database, gateway=hub.gateway, rows_kept_for=timedelta(0))

    keeper.forget()

    assert desk.rows(number) == []
