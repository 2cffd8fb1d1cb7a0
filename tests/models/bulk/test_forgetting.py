"""What rows say is forgotten when its time is over; the file and its counts stay."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from models.bulk import forgetting
from models.bulk.forgetting import forget_old_rows
from models.database import Database
from rules.bulk.progress import FileState, Steering
from tests.support.bulk_files import BulkDesk, referral_rows

KEPT = timedelta(days=90)


@pytest.fixture
def desk(database: Database) -> BulkDesk:
    return BulkDesk(database)


def ended(desk: BulkDesk, *, days_ago: int, rows: int = 3) -> str:
    number = desk.running(referral_rows(desk.database, rows))
    desk.steer(number, Steering.STOP)
    with desk.database.transaction() as session:
        session.execute(
            text("UPDATE bulk_files SET ended_at = clock_timestamp() - :ago WHERE number = :number"),
            {"ago": timedelta(days=days_ago), "number": number},
        )
    return number


def forget(desk: BulkDesk) -> str | None:
    return desk.database.run(lambda session: forget_old_rows(session, kept_for=KEPT))


def test_rows_of_a_file_that_ended_long_ago_are_forgotten_and_its_counts_stay(desk: BulkDesk) -> None:
    number = ended(desk, days_ago=91)

    assert forget(desk) == number

    overview = desk.overview(number)
    assert desk.rows(number) == []
    assert overview.rows_forgotten_at is not None
    assert (overview.rows, overview.state) == (3, FileState.STOPPED)
    assert forget(desk) is None


def test_rows_are_kept_until_then_and_of_files_on_their_way_for_good(desk: BulkDesk) -> None:
    lately, running = ended(desk, days_ago=89), desk.running(referral_rows(desk.database, 2))

    assert forget(desk) is None

    assert len(desk.rows(lately)) == 3
    assert len(desk.rows(running)) == 2


def test_many_rows_go_by_portions_and_the_file_is_named_with_its_last(
    desk: BulkDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "AT_ONCE", 2)
    number = ended(desk, days_ago=100, rows=5)

    assert [forget(desk), forget(desk)] == [None, None]
    assert len(desk.rows(number)) == 1
    assert desk.overview(number).rows_forgotten_at is None
    assert forget(desk) == number


def test_the_file_that_ended_first_goes_first(desk: BulkDesk) -> None:
    later, earlier = ended(desk, days_ago=100), ended(desk, days_ago=200)

    assert [forget(desk), forget(desk)] == [earlier, later]
