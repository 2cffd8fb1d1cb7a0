"""Sealing records batch by batch. Who records takes no lock and waits for nothing; only the sealer waits.

Ids and times are given before a transaction ends, so neither tells what is still to come. A batch does: each row tells
which one was open, and tells it only once its transaction has its number. Closing a batch is taking the next number;
once all transactions have ended that had theirs by then, every row of the closed batches can be seen, whoever wrote it,
in whatever order, with whatever gaps between its ids.
"""

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from sqlalchemy import func, insert, select, text, tuple_
from sqlalchemy.orm import Session

from models.database import Database
from models.reads import RECORD_BATCH
from models.records.rows import TABLES, HashedRow, end_of, last_sealed_place, rows_after
from models.records.tables import BatchRow, SealRow
from rules.records.seals import FIRST, RecordKind, Seal, root_of

MOST_ROWS = 10_000
"""As many rows has one seal at most: a database that was there before any seal takes many."""

_RUNNING_FROM = text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::numeric")
_OWN_NUMBER = text("SELECT pg_current_xact_id()::text::numeric")


@dataclass(frozen=True)
class ClosedBatch:
    """The newest batch that is closed, with what has to end before it and all before can be sealed."""

    number: int
    settled_with: int
    """Number of a transaction that began after it was closed: all that can be of it have smaller ones."""


@dataclass(frozen=True)
class Waiting:
    """What is recorded and not sealed."""

    rows: int
    age: timedelta
    """Of the oldest."""


def close_batch(database: Database) -> ClosedBatch:
    """Close the batch that is open: what is recorded from now on is of the next.

    The number that it is settled with comes from a transaction of its own, as that which opens the next batch may have
    had its number before. What a snapshot tells of the newest number leaves out those that are under way.
    """
    opened = database.run(_open_batch)
    return ClosedBatch(opened - 1, database.run(lambda session: int(session.execute(_OWN_NUMBER).scalar_one())))


def _open_batch(session: Session) -> int:
    opened: int = session.execute(RECORD_BATCH.next_value()).scalar_one()
    session.execute(insert(BatchRow).values(number=opened))
    return opened


def is_settled(session: Session, batch: ClosedBatch) -> bool:
    """Tell whether nothing of a closed batch is under way any more."""
    return int(session.execute(_RUNNING_FROM).scalar_one()) >= batch.settled_with


def seal_some(session: Session, batch: ClosedBatch, *, most: int = MOST_ROWS) -> list[Seal]:
    """Seal the next rows of the closed batches; none where all are sealed. The batch must be settled."""
    for kind in RecordKind:
        after, upto = last_sealed_place(session, kind), end_of(batch.number)
        rows = rows_after(session, kind=kind, after=after, upto=upto, limit=most + 1)
        if rows:
            to_come = {row.place[0] for row in rows[most:]}
            return [
                _seal(session, kind, number, list(part), ends_batch=number not in to_come)
                for number, part in groupby(rows[:most], key=lambda row: row.place[0])
            ]
    return []


def waiting(session: Session) -> Waiting:
    """Count what is not sealed, and tell how long the oldest of it has waited."""
    count, ages = 0, [timedelta(0)]
    for kind, table in TABLES.items():
        after = tuple_(*last_sealed_place(session, kind))
        age = func.clock_timestamp() - func.min(table.at_real)
        found = session.execute(select(func.count(), age).where(tuple_(table.batch, table.id) > after)).one()
        count += found[0]
        ages += [found[1]] if found[0] else []
    return Waiting(count, max(ages))


def _seal(session: Session, kind: RecordKind, batch: int, rows: list[HashedRow], *, ends_batch: bool) -> Seal:
    last = session.execute(select(SealRow).order_by(SealRow.number.desc()).limit(1)).scalar_one_or_none()
    leaves = [row.leaf for row in rows]
    seal = Seal(
        number=1 if last is None else last.number + 1,
        kind=kind,
        batch=batch,
        ends_batch=ends_batch,
        root=root_of(leaves),
        reads=(0 if last is None else last.reads) + (len(rows) if kind is RecordKind.READ else 0),
        changes=(0 if last is None else last.changes) + (len(rows) if kind is RecordKind.CHANGE else 0),
        opened_at=session.scalar(select(func.max(BatchRow.opened_at)).where(BatchRow.number <= batch)),
        sealed_at=session.execute(select(func.clock_timestamp())).scalar_one(),
        previous=FIRST if last is None else last.hash,
    )
    row = SealRow(row_ids=[row.place[1] for row in rows], leaves=b"".join(leaves), hash=seal.hash, **vars(seal))
    session.add(row)
    session.flush()
    return seal
