"""The sweeper seals what is on record, and waits for nobody but whoever may still be recording."""

from prometheus_client import REGISTRY

from models.database import Database
from models.records.proving import misfits
from sweeper.sealing import Sealer
from tests.support.anonymous_reader import RECORDER


def read(database: Database, *subjects: str) -> None:
    with database.transaction() as session:
        RECORDER.record(session, subjects)


def shown(name: str) -> float | None:
    return REGISTRY.get_sample_value(name)


def test_it_seals_what_there_is_and_nothing_where_there_is_nothing(database: Database) -> None:
    sealer = Sealer(database=database)
    assert sealer.seal() is None
    read(database, "SW1", "SW2")

    newest = sealer.seal()

    assert newest is not None
    assert (newest.number, newest.reads) == (1, 2)
    assert sealer.seal() is None


def test_a_batch_in_which_somebody_still_records_is_sealed_the_next_time_with_no_other_before(
    database: Database,
) -> None:
    sealer = Sealer(database=database)
    with database.transaction() as late:
        RECORDER.record(late, ["SW-LATE"])
        read(database, "SW1")
        assert sealer.seal() is None
        read(database, "SW2")
        assert sealer.seal() is None

    first = sealer.seal()
    second = sealer.seal()

    assert first is not None
    assert second is not None
    assert (first.reads, second.reads) == (2, 3)
    with database.transaction() as session:
        assert list(misfits(session)) == []


def test_a_sealer_that_was_started_anew_seals_what_another_had_closed(database: Database) -> None:
    with database.transaction() as late:
        RECORDER.record(late, ["SW-LATE"])
        assert Sealer(database=database).seal() is None

    newest = Sealer(database=database).seal()

    assert newest is not None
    assert newest.reads == 1


def test_of_several_one_seals_at_a_time(database: Database) -> None:
    read(database, "SW1")

    with database.lock("record-sealing"):
        assert Sealer(database=database).seal() is None
    assert Sealer(database=database).seal() is not None


def test_the_figures_tell_how_much_waits_and_how_long(database: Database) -> None:
    sealer = Sealer(database=database)
    read(database, "SW1", "SW2")
    sealer.show()
    assert shown("hub_records_unsealed") == 2
    assert (shown("hub_records_unsealed_oldest_seconds") or 0) > 0

    sealer.seal()
    sealer.show()

    assert (shown("hub_records_unsealed"), shown("hub_records_unsealed_oldest_seconds")) == (0, 0)
