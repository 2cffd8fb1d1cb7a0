"""Records are sealed whatever runs beside, and what is done to a row afterwards is found."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from models.database import Database, Session
from models.reads import note_change
from models.records import proving
from models.records.sealing import close_batch, is_settled, seal_some, waiting
from rules.records.proof import Breach, Misfit
from rules.records.seals import RecordKind, Seal
from tests.support.anonymous_reader import RECORDER
from tests.support.cast import NEW
from tests.support.database_contents import rows


def record(session: Session, subjects: list[str]) -> None:
    RECORDER.record(session, subjects)


def seal_all(database: Database) -> list[Seal]:
    closed, seals = close_batch(database), []
    with database.transaction() as session:
        assert is_settled(session, closed)
    while sealed := database.run(lambda session: seal_some(session, closed, most=2)):
        seals += sealed
    return seals


def misfits(database: Database, *, published: tuple[int, str] | None = None) -> list[Breach]:
    with database.transaction() as session:
        return list(proving.misfits(session, published=published))


def by_owner(database: Database, statement: str) -> None:
    """Do what only somebody can who owns the tables, and turns off what guards them."""
    with database.transaction() as session:
        session.execute(text("SET LOCAL session_replication_role = replica"))
        session.execute(text(statement))


@pytest.fixture
def sealed(database: Database) -> list[Seal]:
    for number in range(3):
        database.run(partial(record, subjects=[f"SW{number}", "SW9"]))
    with database.transaction() as session:
        note_change(
            session, retailer_code=NEW, source_address="", user_id=None, purpose="試し", subject="06", what="停止"
        )
    return seal_all(database)


def test_all_that_is_recorded_is_sealed_and_fits(database: Database, sealed: list[Seal]) -> None:
    assert [(seal.number, seal.kind, seal.reads, seal.changes) for seal in sealed] == [
        (1, RecordKind.READ, 2, 0),
        (2, RecordKind.READ, 4, 0),
        (3, RecordKind.READ, 6, 0),
        (4, RecordKind.CHANGE, 6, 1),
    ]
    assert misfits(database, published=(4, sealed[-1].hash)) == []
    assert seal_all(database) == []
    with database.transaction() as session:
        assert waiting(session).rows == 0


def test_rows_of_several_batches_are_sealed_batch_by_batch(database: Database) -> None:
    database.run(partial(record, subjects=["SW1"]))
    close_batch(database)
    database.run(partial(record, subjects=["SW2"]))

    first, second = seal_all(database)

    assert second.batch == first.batch + 1
    assert misfits(database) == []


@pytest.mark.parametrize("rollback", [False, True], ids=["committed late", "never committed"])
def test_what_is_under_way_when_a_batch_closes_is_waited_for(database: Database, rollback: bool) -> None:
    with database.transaction() as late:
        record(late, ["SW-LATE"])
        closed = close_batch(database)
        with database.transaction() as session:
            assert not is_settled(session, closed)
        if rollback:
            late.rollback()

    with database.transaction() as session:
        assert is_settled(session, closed)
    assert len(database.run(partial(seal_some, batch=closed))) == (0 if rollback else 1)
    assert misfits(database) == []


@pytest.mark.parametrize("rollback", [False, True], ids=["committed late", "never committed"])
def test_others_that_come_and_go_meanwhile_change_nothing(database: Database, rollback: bool) -> None:
    with database.transaction() as late:
        record(late, ["SW-LATE"])
        database.run(partial(record, subjects=["SW-SOON"]))
        closed = close_batch(database)
        database.run(partial(record, subjects=["SW-NEXT"]))
        with database.transaction() as session:
            assert not is_settled(session, closed)
        if rollback:
            late.rollback()

    with database.transaction() as session:
        assert is_settled(session, closed)
    (seal,) = database.run(lambda session: seal_some(session, closed))
    assert seal.reads == (1 if rollback else 2)
    assert [seal.reads for seal in seal_all(database)] == [seal.reads + 1]
    assert misfits(database) == []


def test_a_transaction_that_began_before_and_records_after_is_of_the_next_batch(database: Database) -> None:
    with database.transaction() as early:
        early.execute(text("SELECT 1"))
        closed = close_batch(database)
        record(early, ["SW-EARLY"])
        with database.transaction() as session:
            assert is_settled(session, closed)
            assert seal_some(session, closed) == []

    assert [seal.reads for seal in seal_all(database)] == [1]


def test_many_that_record_at_once_leave_no_row_unsealed(database: Database) -> None:
    def write(worker: int) -> None:
        for number in range(40):
            with database.transaction() as session:
                record(session, [f"SW-{worker}-{number}"])
                if number % 7 == 0:
                    session.rollback()

    with ThreadPoolExecutor(6) as pool:
        writing = [pool.submit(write, worker) for worker in range(6)]
        while not all(each.done() for each in writing):
            closed = close_batch(database)
            while True:
                with database.transaction() as session:
                    if is_settled(session, closed):
                        break
            while database.run(partial(seal_some, batch=closed)):
                pass
        for each in writing:
            each.result()
    seal_all(database)

    (count,) = rows(database, "SELECT count(*) FROM data_reads")
    assert rows(database, "SELECT max(reads) FROM record_seals") == [count]
    assert misfits(database) == []


ID = "(SELECT id FROM data_reads WHERE subject = 'SW1')"
COPIED = "retailer_code, interface_number, subject, message_id, source_address"


def inserted(batch: str, at_real: str) -> str:
    return (
        f"INSERT INTO data_reads (at, at_real, batch, {COPIED}) "
        f"SELECT at, {at_real}, {batch}, {COPIED} FROM data_reads WHERE id = {ID}"
    )


@pytest.mark.parametrize(
    ("tampering", "misfit"),
    [
        (f"UPDATE data_reads SET user_id = 'another' WHERE id = {ID}", Misfit.CHANGED),
        (f"UPDATE data_reads SET at = at - interval '1 day' WHERE id = {ID}", Misfit.CHANGED),
        (f"DELETE FROM data_reads WHERE id = {ID}", Misfit.DELETED),
        (inserted("batch", "at_real"), Misfit.INSERTED),
        (inserted("open_record_batch()", "at_real - interval '1 day'"), Misfit.BACKDATED),
        (inserted("0", "at_real"), Misfit.INSERTED),
    ],
    ids=["changed", "moved in time", "deleted", "inserted", "inserted later", "inserted before all"],
)
def test_the_first_row_that_does_not_fit_is_named(
    database: Database, sealed: list[Seal], tampering: str, misfit: Misfit
) -> None:
    (row,) = rows(database, f"SELECT {ID}, max(id) FROM data_reads")
    by_owner(database, tampering)
    database.run(partial(record, subjects=["SW-LATER"]))
    seal_all(database)

    (finding,) = misfits(database)

    is_new = misfit in (Misfit.INSERTED, Misfit.BACKDATED)
    assert (finding.misfit, finding.kind, finding.row_id) == (misfit, RecordKind.READ, row[1] + 1 if is_new else row[0])


@pytest.mark.parametrize(
    ("tampering", "misfit", "seal"),
    [
        ("UPDATE record_seals SET leaves = overlay(leaves PLACING '\\x00' FROM 1) WHERE number = 2", "root", 2),
        ("UPDATE record_seals SET reads = reads + 1 WHERE number = 2", "chain", 2),
        ("DELETE FROM record_seals WHERE number = 1", "missing", 1),
    ],
    ids=["leaves", "seal", "seal deleted"],
)
@pytest.mark.usefixtures("sealed")
def test_a_seal_that_does_not_fit_is_named(database: Database, tampering: str, misfit: str, seal: int) -> None:
    by_owner(database, tampering)

    first = misfits(database)[0]

    assert (first.seal, misfit in first.misfit.value) == (seal, True)


def test_the_last_seals_cannot_be_taken_away_from_who_knows_them(database: Database, sealed: list[Seal]) -> None:
    by_owner(database, "DELETE FROM record_seals WHERE number = 4")

    assert misfits(database) == []
    assert misfits(database, published=(4, sealed[3].hash)) == [Breach(misfit=Misfit.SEAL_MISSING, seal=4)]


@pytest.mark.parametrize("table", ["data_reads", "data_changes", "record_batches", "record_seals"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.usefixtures("sealed")
def test_nobody_deletes_by_mistake(database: Database, table: str, statement: str) -> None:
    def delete(session: Session) -> None:
        session.execute(text(statement.format(table)))

    refuse(database, delete)


@pytest.mark.usefixtures("sealed")
def test_nobody_changes_by_mistake(database: Database) -> None:
    refuse(database, lambda session: session.execute(text("UPDATE data_reads SET subject = ''")))


def refuse(database: Database, work: Callable[[Session], object]) -> None:
    with pytest.raises(DBAPIError, match="append-only"), database.transaction() as session:
        work(session)
