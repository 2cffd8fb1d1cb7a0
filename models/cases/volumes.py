"""How many cases there were, by what one would rather look at than count: days, results, reasons, times, areas.

All but the time left comes of sums that are kept (:mod:`models.cases.volume_keeping`), whatever the period; the time
left goes on by itself, and is counted of the cases that wait for people. It tells of no customer, and of no other
retailer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    FromClause,
    Interval,
    Select,
    SQLColumnExpression,
    Text,
    cast,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from models.cases.scope import Scope
from models.cases.tables import CaseRow
from models.cases.volume_keeping import MARKET, summed
from models.cases.volume_keys import Book, Figure
from models.cases.volume_tables import VolumeChangeRow, VolumeRow
from models.clock import business_now
from rules.calendar import start_of
from rules.core import PHASES_WITH_DEADLINES
from rules.switching.visibility import Side
from schemas.codes import Area, Segment

LEFT_UNTIL = (0, 24, 48, 72, 120, 240)
"""Hours at which one group of times ends and the next begins."""


@dataclass(frozen=True, kw_only=True)
class VolumeFilter:
    """Which cases of which days of registration."""

    book: Book
    first: date
    last: date
    """The last day, itself included."""
    segment: Segment | None = None
    area: Area | None = None


@dataclass(frozen=True)
class Volumes:
    """Counts by figure, and in each by key and segment."""

    counts: Mapping[Figure, Mapping[tuple[str, str], int]]


def volumes(session: Session, *, scope: Scope, volume_filter: VolumeFilter) -> Volumes:
    """Count the cases of a period that are in a scope."""
    counts: dict[Figure, dict[tuple[str, str], int]] = {figure: {} for figure in Figure}
    for statement in (_summed(scope, volume_filter), _left(scope, volume_filter, now=business_now(session))):
        for figure, key, segment, count in session.execute(statement):
            counts[Figure(figure)][str(key), str(segment)] = int(count)
    return Volumes(counts)


def _summed(scope: Scope, wanted: VolumeFilter) -> Select[Any]:
    """Give each figure of the sums and of the notes; days and areas of the figure that every case has once."""
    notes = select(VolumeChangeRow).where(VolumeChangeRow.day.between(wanted.first, wanted.last)).subquery()
    every = union_all(
        _of_owner(select(VolumeRow), VolumeRow.__table__, scope, wanted),
        _of_owner(select(late := summed(notes).subquery()), late, scope, wanted),
    ).cte("every")
    total, whole = func.sum(every.c.cases), every.c.figure == Figure.RESULT.value
    counted = union_all(
        *(
            select(figure.label("figure"), key.label("key"), every.c.segment, total.label("cases"))
            .where(*conditions)
            .group_by(figure, key, every.c.segment)
            for figure, key, conditions in (
                (every.c.figure, every.c.key, ()),
                (cast(literal(Figure.DAY.value), Text), cast(every.c.day, Text), (whole,)),
                (cast(literal(Figure.AREA.value), Text), every.c.area, (whole,)),
            )
        )
    ).subquery()
    return select(counted).where(counted.c.cases != 0)


def _of_owner(statement: Select[Any], counted: FromClause, scope: Scope, wanted: VolumeFilter) -> Select[Any]:
    row = counted.c
    conditions = [
        row.owner == (scope.retailer_code or MARKET),
        row.book == wanted.book.value,
        row.day.between(wanted.first, wanted.last),
    ]
    return statement.where(*conditions, *_where(row.segment, row.area, wanted))


def _where(
    segment: SQLColumnExpression[str], area: SQLColumnExpression[str], wanted: VolumeFilter
) -> list[ColumnElement[bool]]:
    wishes = ((segment, wanted.segment), (area, wanted.area))
    return [column == wish.value for column, wish in wishes if wish is not None]


def _left(scope: Scope, wanted: VolumeFilter, *, now: datetime) -> Select[Any]:
    """Count by time left the open cases that wait for people, each part of the scope along its index."""
    side = {Book.NEW: Side.NEW, Book.CURRENT: Side.CURRENT}.get(wanted.book)
    alone = CaseRow.application_kind.is_not(None)
    conditions = [
        CaseRow.phase.in_([phase.value for phase in PHASES_WITH_DEADLINES]),
        CaseRow.ended_at.is_(None),
        CaseRow.registered_at >= start_of(wanted.first),
        CaseRow.registered_at < start_of(wanted.last + timedelta(days=1)),
        alone if wanted.book is Book.ALONE else ~alone,
        *_where(CaseRow.segment, CaseRow.area, wanted),
    ]
    parts = (select(CaseRow.due_at, CaseRow.segment).where(part, *conditions) for part in scope.parts(side))
    waiting = union_all(*parts).subquery()
    until = cast([timedelta(hours=hours) for hours in LEFT_UNTIL], ARRAY(Interval))
    group = func.width_bucket(waiting.c.due_at - literal(now), until)
    return select(literal(Figure.LEFT.value), group, waiting.c.segment, func.count()).group_by(group, waiting.c.segment)
