"""The records as rows of whatever kind: in the order in which they are sealed, each with its hash."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, tuple_, type_coerce
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from models.reads import DataChange, DataRead
from models.records.tables import SealRow
from rules.records.proof import Place
from rules.records.seals import RecordKind, leaf_of

TABLES: Mapping[RecordKind, type[DataRead] | type[DataChange]] = {
    RecordKind.READ: DataRead,
    RecordKind.CHANGE: DataChange,
}
BEFORE_ALL: Place = (-1, 0)
_LAST_ID = 2**63 - 1


def end_of(batch: int) -> Place:
    """Give a place that no record of a batch or of any before lies after."""
    return batch, _LAST_ID


@dataclass(frozen=True)
class HashedRow:
    """A record by its place, with what it is known by."""

    place: Place
    at_real: datetime
    leaf: bytes


def rows_after(session: Session, *, kind: RecordKind, after: Place, upto: Place, limit: int) -> list[HashedRow]:
    """Give the next records of a kind, up to a place."""
    table = TABLES[kind].__table__
    columns = [type_coerce(each, JSONB) if each.name == "consent" else each for each in table.c]
    place = tuple_(table.c.batch, table.c.id)
    found = session.execute(
        select(*columns)
        .where(place > tuple_(*after), place <= tuple_(*upto))
        .order_by(table.c.batch, table.c.id)
        .limit(limit)
    ).mappings()
    return [HashedRow((row["batch"], row["id"]), row["at_real"], leaf_of(kind, dict(row))) for row in found]


def all_rows(session: Session, *, kind: RecordKind, upto: Place, at_once: int) -> Iterator[HashedRow]:
    """Go through all records of a kind up to a place, some at a time."""
    place = BEFORE_ALL
    while rows := rows_after(session, kind=kind, after=place, upto=upto, limit=at_once):
        yield from rows
        place = rows[-1].place


def last_sealed_place(session: Session, kind: RecordKind) -> Place:
    """Give the place up to which all records of a kind are sealed, and nothing is to come."""
    last = session.execute(
        select(SealRow.batch, SealRow.ends_batch, SealRow.row_ids[func.cardinality(SealRow.row_ids)])
        .where(SealRow.kind == kind.value)
        .order_by(SealRow.number.desc())
        .limit(1)
    ).one_or_none()
    if last is None:
        return BEFORE_ALL
    batch, ends_batch, row_id = last
    return end_of(batch) if ends_batch else (batch, row_id)
