"""Reading what proves the records: the chain of seals, and the rows beside what was sealed of them."""

from collections.abc import Iterator

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models.records.rows import all_rows, last_sealed_place
from models.records.tables import SealRow
from rules.records.proof import Breach, Row, Sealed, check_root, compare, follow
from rules.records.seals import LEAF_SIZE, RecordKind, Seal

_MAY_CHANGE = text(
    "SELECT has_table_privilege('data_reads', 'UPDATE'), has_table_privilege('data_changes', 'UPDATE'),"
    " has_table_privilege('record_seals', 'UPDATE')"
)
_SEALS_AT_ONCE = 100
_ROWS_AT_ONCE = 10_000


def misfits(session: Session, *, published: tuple[int, str] | None = None) -> Iterator[Breach]:
    """Prove the chain and all that it seals; say, the first first, what does not fit.

    It must come first in its transaction: all is read as of one moment, whatever is sealed meanwhile.

    :param published: number and hash of a seal as somebody has noted them elsewhere.
    """
    session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
    yield from follow(((seal_of(row), row.hash) for row in _seals(session)), published=published)
    for kind in RecordKind:
        yield from _misfits_of(session, kind)


def may_change_records(session: Session) -> bool:
    """Tell whether the role of this connection could change what is on record: no role of the hub's processes may."""
    return any(session.execute(_MAY_CHANGE).one())


def newest_seal(session: Session) -> Seal | None:
    """Give the seal that stands for all; None before the first."""
    row = session.execute(select(SealRow).order_by(SealRow.number.desc()).limit(1)).scalar_one_or_none()
    return None if row is None else seal_of(row)


def seal_of(row: SealRow) -> Seal:
    """Give a seal as rules know it."""
    return Seal(
        number=row.number,
        kind=RecordKind(row.kind),
        batch=row.batch,
        ends_batch=row.ends_batch,
        root=row.root,
        reads=row.reads,
        changes=row.changes,
        opened_at=row.opened_at,
        sealed_at=row.sealed_at,
        previous=row.previous,
    )


def _misfits_of(session: Session, kind: RecordKind) -> Iterator[Breach]:
    for row in _seals(session, kind):
        yield from check_root(seal_of(row), _leaves(row))
    sealed = (
        Sealed((row.batch, row_id), leaf, seal=row.number, not_before=row.opened_at)
        for row in _seals(session, kind)
        for row_id, leaf in zip(row.row_ids, _leaves(row), strict=False)
    )
    upto = last_sealed_place(session, kind)
    rows = all_rows(session, kind=kind, upto=upto, at_once=_ROWS_AT_ONCE)
    yield from compare(kind, sealed, (Row(row.place, row.leaf, row.at_real) for row in rows))


def _leaves(row: SealRow) -> list[bytes]:
    return [row.leaves[start : start + LEAF_SIZE] for start in range(0, len(row.leaves), LEAF_SIZE)]


def _seals(session: Session, kind: RecordKind | None = None) -> Iterator[SealRow]:
    number = 0
    while True:
        wanted = select(SealRow).where(SealRow.number > number).order_by(SealRow.number).limit(_SEALS_AT_ONCE)
        if kind is not None:
            wanted = wanted.where(SealRow.kind == kind.value)
        found = session.scalars(wanted).all()
        if not found:
            return
        yield from found
        number = found[-1].number
        session.expunge_all()
