"""How a bulk file can go, from its upload on, each on the real server. Histories of these runs are replayed."""

from collections.abc import Callable

import pytest

from rules.bulk.progress import FileState, Steering
from rules.calendar import day_of
from tests.support.bulk_files import BulkDesk
from tests.support.cast import CURRENT
from tests.support.hub import Hub
from tests.support.moments import soon
from tests.support.processes import wait_until
from tests.support.sent_files import file_of, rows_with

KeepHistory = Callable[[str, str], None]


@pytest.fixture
def desk(hub: Hub) -> BulkDesk:
    return BulkDesk(hub.database)


@pytest.fixture
def data(hub: Hub) -> bytes:
    with hub.database.transaction() as session:
        wished = soon(session)
    cells = {
        "現小売電気事業者コード": CURRENT,
        "異動希望日": wished.isoformat(),
        "同意取得日": day_of(hub.now()).isoformat(),
    }
    return file_of(rows_with(cells, cells, cells))


def upload(hub: Hub, desk: BulkDesk, data: bytes) -> str:
    number = desk.upload(data)
    hub.gateway.wake_bulk_file(number)
    wait_until(lambda: desk.overview(number).checked_at is not None, what="the check")
    hub.wait_idle(number)
    return number


def ask(hub: Hub, desk: BulkDesk, number: str, asked: Steering) -> None:
    desk.steer(number, asked)
    hub.gateway.wake_bulk_file(number)
    hub.wait_idle(number)


def test_a_confirmed_file_is_worked_off_and_ends(
    hub: Hub, desk: BulkDesk, data: bytes, keep_history: KeepHistory
) -> None:
    number = upload(hub, desk, data)
    assert desk.overview(number).state is FileState.CHECKED

    ask(hub, desk, number, Steering.CONFIRM)

    hub.wait_closed(number)
    assert (desk.overview(number).state, desk.overview(number).done) == (FileState.FINISHED, 3)
    keep_history(number, "bulk_finished")


def test_a_file_that_cannot_be_read_ends_with_its_check(hub: Hub, desk: BulkDesk, keep_history: KeepHistory) -> None:
    number = upload(hub, desk, b"PK\x03\x04")

    hub.wait_closed(number)
    assert desk.overview(number).state is FileState.REFUSED
    keep_history(number, "bulk_refused")


def test_a_file_that_is_stopped_before_it_was_confirmed_sends_nothing(
    hub: Hub, desk: BulkDesk, data: bytes, keep_history: KeepHistory
) -> None:
    number = upload(hub, desk, data)

    ask(hub, desk, number, Steering.STOP)

    hub.wait_closed(number)
    assert desk.overview(number).finished == 0
    keep_history(number, "bulk_stopped")


def test_a_file_that_is_paused_waits_until_it_is_resumed(
    hub: Hub, desk: BulkDesk, data: bytes, keep_history: KeepHistory
) -> None:
    number = upload(hub, desk, data)
    desk.steer(number, Steering.CONFIRM)
    ask(hub, desk, number, Steering.PAUSE)
    assert desk.overview(number).finished == 0

    ask(hub, desk, number, Steering.RESUME)

    hub.wait_closed(number)
    assert desk.overview(number).done == 3
    keep_history(number, "bulk_paused_and_resumed")
