"""How many cases there were, by what one would rather look at than count: days, results, reasons, times, areas.

All comes of one look at the cases of a period, the newest of them and no more than a fixed number, along an index. It
tells of no customer, and of no other retailer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ARRAY,
    CTE,
    ColumnElement,
    Date,
    Interval,
    Select,
    Subquery,
    Text,
    case,
    cast,
    func,
    literal,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session

from models.cases.scope import Scope
from models.cases.tables import CaseRow
from models.clock import business_now
from rules.calendar import start_of
from rules.core import PHASES_WITH_DEADLINES
from rules.switching.visibility import Side
from schemas.codes import Area, Segment

MOST_CASES = 50_000
"""As many are counted at one look, the newest of the period: of a retailer a year of 200 a day, of the market days."""
DECIDED_WITHIN = (4, 8, 24, 48, 72, 120)
LEFT_UNTIL = (0, 24, 48, 72, 120, 240)
"""Hours at which one group of times ends and the next begins."""


class Book(StrEnum):
    """Which cases are counted."""

    NEW = "new"
    """The referrals that a retailer registered."""
    CURRENT = "current"
    """Those that came in to it."""
    ALL = "all"
    """Of the whole market."""
    ALONE = "alone"
    """Applications on their own (単独申請)."""


class Figure(StrEnum):
    """What is counted by."""

    DAY = "day"
    RESULT = "result"
    REASON = "reason"
    DECIDED_IN = "decided-in"
    """By the group of :data:`DECIDED_WITHIN` in which the time to the decision lies."""
    LEFT = "left"
    """By the group of :data:`LEFT_UNTIL` in which the time left to the next deadline lies, of what waits for people."""
    AREA = "area"
    KIND = "kind"
    """Of applications on their own."""


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
    is_partial: bool
    """True where the period has more than are counted."""


def volumes(session: Session, *, scope: Scope, volume_filter: VolumeFilter, most: int = MOST_CASES) -> Volumes:
    """Count the cases of a period that are in a scope."""
    picked = _picked(scope, volume_filter, most=most).subquery()
    alike = _alike(picked, now=business_now(session)).cte("alike")
    counts: dict[Figure, dict[tuple[str, str], int]] = {figure: {} for figure in Figure}
    for figure, key, segment, count in session.execute(union_all(_counted(alike), _counted_reasons(alike))):
        if key is not None:
            counts[Figure(figure)][str(key), str(segment)] = int(count)
    return Volumes(counts, is_partial=sum(counts[Figure.DAY].values()) >= most)


def _picked(scope: Scope, wanted: VolumeFilter, *, most: int) -> Select[Any]:
    """Choose the newest cases of the period, each part of the scope along its index."""
    side = {Book.NEW: Side.NEW, Book.CURRENT: Side.CURRENT}.get(wanted.book)
    alone = CaseRow.application_kind.is_not(None)
    conditions = [
        CaseRow.registered_at >= start_of(wanted.first),
        CaseRow.registered_at < start_of(wanted.last + timedelta(days=1)),
        alone if wanted.book is Book.ALONE else ~alone,
    ]
    if wanted.segment is not None:
        conditions.append(CaseRow.segment == wanted.segment.value)
    if wanted.area is not None:
        conditions.append(CaseRow.area == wanted.area.value)
    columns = (
        CaseRow.registered_at,
        CaseRow.segment,
        CaseRow.area,
        CaseRow.phase,
        CaseRow.rejection_reasons,
        CaseRow.decided_at,
        CaseRow.due_at,
        CaseRow.ended_at,
        CaseRow.application_kind,
    )
    newest = CaseRow.registered_at.desc()
    parts = (select(*columns).where(part, *conditions).order_by(newest).limit(most) for part in scope.parts(side))
    together = union_all(*(select(part.subquery()) for part in parts)).subquery()
    return select(together).order_by(together.c.registered_at.desc()).limit(most)


def _alike(picked: Subquery, *, now: datetime) -> Select[Any]:
    """Put cases together that every figure counts by the same key, of which one may have none: the one look at all."""
    row = picked.c
    waiting = row.phase.in_([phase.value for phase in PHASES_WITH_DEADLINES]) & row.ended_at.is_(None)
    keys: dict[Figure, ColumnElement[Any]] = {
        Figure.DAY: cast(func.timezone("Asia/Tokyo", row.registered_at), Date),
        Figure.RESULT: row.phase,
        Figure.DECIDED_IN: _group_of(row.decided_at - row.registered_at, DECIDED_WITHIN),
        Figure.LEFT: case((waiting, _group_of(row.due_at - literal(now), LEFT_UNTIL))),
        Figure.AREA: row.area,
        Figure.KIND: row.application_kind,
    }
    columns = [row.segment, row.rejection_reasons, *(key.label(figure.value) for figure, key in keys.items())]
    return select(*columns, func.count().label("cases")).group_by(*columns)


def _group_of(time: ColumnElement[Any], hours: tuple[int, ...]) -> ColumnElement[Any]:
    """Give the number of the group that a time lies in: 0 below the first hour, one more from each hour on."""
    return func.width_bucket(time, cast([timedelta(hours=each) for each in hours], ARRAY(Interval)))


def _counted(alike: CTE) -> Select[Any]:
    """Count by the keys of each figure and by segment."""
    keys = [alike.c[figure.value] for figure in Figure if figure is not Figure.REASON]
    figure = case(*((func.grouping(key) == 0, key.name) for key in keys))
    word = func.coalesce(*(cast(key, Text) for key in keys))
    sets = func.grouping_sets(*(tuple_(key, alike.c.segment) for key in keys))
    return select(figure, word, alike.c.segment, func.sum(alike.c.cases)).group_by(sets)


def _counted_reasons(alike: CTE) -> Select[Any]:
    reason = func.unnest(alike.c.rejection_reasons).label("reason")
    reasons = select(reason, alike.c.segment, alike.c.cases).subquery()
    counted = select(literal(Figure.REASON.value), reasons.c.reason, reasons.c.segment, func.sum(reasons.c.cases))
    return counted.group_by(reasons.c.reason, reasons.c.segment)
