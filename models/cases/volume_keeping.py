"""Keeping count of cases (集計): steps note what they change, and sums are made of it behind them.

A step only adds rows, so that no two wait for each other. Who reads adds the notes to the sums: it is right at any
moment, and quick because the notes are few.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    CompoundSelect,
    Date,
    FromClause,
    Interval,
    Select,
    SQLColumnExpression,
    Text,
    cast,
    delete,
    func,
    literal,
    select,
    text,
    union_all,
)
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.cases.tables import CaseRow
from models.cases.volume_keys import DECIDED_WITHIN, Book, Figure
from models.cases.volume_tables import VolumeChangeRow, VolumeRow

MARKET = ""
"""The owner of what the whole market has."""
_AT_ONCE = 20_000
"""Notes that one transaction takes."""
_LOCK = func.hashtextextended("case-volumes", 0)
_KEY = [column.name for column in VolumeRow.__table__.primary_key]
_NOTED = [column for column in VolumeChangeRow.__table__.columns if column.name != "id"]


def fold_changes(session: Session, *, at_once: int = _AT_ONCE) -> int:
    """Put the oldest notes of steps into the sums, and tell how many. Where somebody else does that: none."""
    if not session.scalar(select(func.pg_try_advisory_xact_lock(_LOCK))):
        return 0
    oldest = select(VolumeChangeRow.id).order_by(VolumeChangeRow.id).limit(at_once)
    taken = delete(VolumeChangeRow).where(VolumeChangeRow.id.in_(oldest)).returning(*_NOTED).cte("taken")
    written = insert(VolumeRow).from_select([*_KEY, "cases"], summed(taken))
    more = {"cases": VolumeRow.cases + written.excluded.cases}
    folded = written.on_conflict_do_update(index_elements=_KEY, set_=more).returning(VolumeRow.owner).cte("folded")
    count = session.execute(select(func.count()).select_from(taken).add_cte(folded)).scalar_one()
    session.execute(delete(VolumeRow).where(VolumeRow.cases == 0))
    return count


def count_anew(session: Session) -> None:
    """Note every case there is, instead of all that was counted; the sums are made of it as of other notes.

    Steps that are written meanwhile wait.
    """
    session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    session.execute(text("LOCK TABLE cases IN SHARE ROW EXCLUSIVE MODE"))
    session.execute(delete(VolumeRow))
    session.execute(delete(VolumeChangeRow))
    note_rows(session, more=1)


def note_rows(session: Session, *conditions: ColumnElement[bool], more: int) -> None:
    """Note cases as their rows stand.

    :param more: 1 for cases that are to be counted, -1 for such as are counted no longer.
    """
    limits = cast([timedelta(hours=hours) for hours in DECIDED_WITHIN], ARRAY(Interval))
    values: dict[str, SQLColumnExpression[Any]] = {
        "day": cast(func.timezone("Asia/Tokyo", CaseRow.registered_at), Date),
        "segment": CaseRow.segment,
        "area": CaseRow.area,
        "application_kind": CaseRow.application_kind,
        "new_retailer": CaseRow.new_retailer,
        "current_retailer": CaseRow.current_retailer,
        "phase": CaseRow.phase,
        "decided_in": func.width_bucket(CaseRow.decided_at - CaseRow.registered_at, limits),
        "rejection_reasons": CaseRow.rejection_reasons,
        "cases": literal(more),
    }
    session.execute(
        plain_insert(VolumeChangeRow).from_select(list(values), select(*values.values()).where(*conditions))
    )


def summed(notes: FromClause) -> Select[Any]:
    """Sum notes by owner, book, day, figure, key, segment and area."""
    each = _by_owner(_by_figure(notes).subquery()).subquery()
    columns = [each.c[name] for name in _KEY]
    total = func.sum(each.c.cases)
    return select(*columns, total.label("cases")).group_by(*columns).having(total != 0)


def _by_figure(notes: FromClause) -> CompoundSelect[Any]:
    """Give a row for each figure that a case is counted in; of one it always has exactly one, its state."""
    keys: dict[Figure, ColumnElement[Any]] = {
        Figure.RESULT: notes.c.phase,
        Figure.KIND: notes.c.application_kind,
        Figure.DECIDED_IN: cast(notes.c.decided_in, Text),
        Figure.REASON: func.unnest(notes.c.rejection_reasons),
    }
    kept = [column for column in notes.c if column.name not in ("phase", "decided_in", "rejection_reasons", "id")]
    return union_all(*(select(*kept, _word(figure).label("figure"), key.label("key")) for figure, key in keys.items()))


def _by_owner(figures: FromClause) -> CompoundSelect[Any]:
    """Give a row for each who counts a case as their own."""
    row = figures.c
    alone = row.application_kind.is_not(None)
    applicant = func.coalesce(row.new_retailer, row.current_retailer)
    owners = (
        (Book.NEW, row.new_retailer, ~alone),
        (Book.CURRENT, row.current_retailer, ~alone),
        (Book.ALL, _word(MARKET), ~alone),
        (Book.ALONE, applicant, alone),
        (Book.ALONE, _word(MARKET), alone),
    )
    kept = [row[name] for name in ("day", "figure", "key", "segment", "area", "cases")]
    return union_all(
        *(
            select(owner.label("owner"), _word(book).label("book"), *kept).where(condition, row.key.is_not(None))
            for book, owner, condition in owners
        )
    )


def _word(value: str) -> ColumnElement[str]:
    return cast(literal(str(value)), Text)
