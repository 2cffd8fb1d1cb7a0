"""Pages of long lists: a cursor names the last row of a page by its sort key, so that rows that come or go
between two pages neither hide nor repeat others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Generic, Protocol, TypeVar, TypeVarTuple

from sqlalchemy import ColumnElement, Integer, Select, bindparam, func, literal_column, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from rules.calendar import JST, day_of, start_of
from schemas.findings import Refused, Rulebook
from schemas.refusal_codes import RefusalCode

RULES = Rulebook()
KNOWN_CURSOR = RULES.declare(
    "cursor",
    ("cursor", "続きの位置"),
    code=RefusalCode.FORM,
    message="続きの位置が読み取れません。",
    action="前の応答にあった値をそのまま指定してください。",
)


class Named(Protocol):
    """A row whose columns have names: of a session, or of a prepared statement."""

    def _asdict(self) -> dict[str, Any]: ...


Item = TypeVar("Item")
Columns = TypeVarTuple("Columns")
AnyRow = TypeVar("AnyRow", bound=Named)
LAST_DAY = date(9999, 12, 31)
"""Stands for the day of what has none, in a list that goes by days."""
NO_DAY: ColumnElement[date] = literal_column(f"'{LAST_DAY.isoformat()}'::date")
"""The same in the words of the indexes."""
_EPOCH = datetime(1970, 1, 1, tzinfo=JST)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Place:
    """Where a page ends: a moment, and a number that tells rows of the same moment apart."""

    at: datetime
    number: str
    then: datetime | None = None
    """A second moment, where a list goes by two."""

    def cursor(self) -> str:
        """Write the place as callers carry it."""
        moments = [self.at] if self.then is None else [self.at, self.then]
        return ".".join((*(str((moment - _EPOCH) // _MICROSECOND) for moment in moments), self.number))


def place_of(cursor: str) -> Place:
    """Read a cursor back.

    :raises Refused: HUB-F001 when it is none of ours.
    """
    *moments, number = cursor.split(".")
    try:
        if len(moments) in (1, 2) and number:
            return Place(_moment(moments[0]), number, *map(_moment, moments[1:]))
    except (ValueError, OverflowError):
        pass
    raise Refused(KNOWN_CURSOR.refusal())


def _moment(microseconds: str) -> datetime:
    return _EPOCH + int(microseconds) * _MICROSECOND


@dataclass(frozen=True)
class Turn:
    """Which page of a list is wanted: the one after a place, the one before it, or the first."""

    after: str | None = None
    before: str | None = None

    @property
    def backwards(self) -> bool:
        """True where the page before a place is wanted."""
        return self.before is not None

    @property
    def cursor(self) -> str | None:
        """The place, as callers carry it; None for the first page."""
        return self.after if self.before is None else self.before

    def values(self, *, limit: int) -> dict[str, object]:
        """Give what :meth:`Order.prepared` leaves open.

        :raises Refused: HUB-F001 when the cursor is none of ours.
        """
        if self.after is None:
            return {"rows": limit}
        place = place_of(self.after)
        return {"rows": limit, "after": place.at, "after_number": place.number}


FIRST_PAGE = Turn()


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of a list, with the cursors that lead on from it."""

    items: list[Item]
    before: str | None
    """Where the page before this one ends; None on the first."""
    after: str | None
    """Where the page after this one begins; None on the last."""


@dataclass(frozen=True)
class Order:
    """The sort key of a list: a moment, and a number that tells rows of the same moment apart."""

    at: InstrumentedAttribute[datetime]
    number: InstrumentedAttribute[str] | InstrumentedAttribute[int]
    newest_first: bool = False
    then: tuple[InstrumentedAttribute[datetime], ...] = ()
    """What decides before the number between rows of the same moment: one more moment, or nothing."""

    def next_rows(self, statement: Select[*Columns], turn: Turn, *, limit: int) -> Select[*Columns]:
        """Leave the rows nearest to where a turn begins, the nearest first.

        :raises Refused: HUB-F001 when its cursor is none of ours.
        """
        falling, keys = self.newest_first is not turn.backwards, self._keys
        if turn.cursor is not None:
            key, values = tuple_(*keys), self._values(place_of(turn.cursor))
            statement = statement.where(key < values if falling else key > values)
        return statement.order_by(*(key.desc() if falling else key.asc() for key in keys)).limit(limit)

    def prepared(self, statement: Select[*Columns], *, first_page: bool) -> Select[*Columns]:
        """Do the same for a statement that is written down once, and whose pages are only leafed on.

        Place and limit come with each request: :meth:`Turn.values`.
        """
        if not first_page:
            place = tuple_(bindparam("after"), bindparam("after_number"))
            statement = statement.where(tuple_(self.at, self.number) > place)
        return statement.order_by(self.at, self.number).limit(bindparam("rows", type_=Integer))

    def keys_of(self, condition: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
        """Ask for what :meth:`place` takes of the rows that fulfil a condition."""
        return select(self.at, *self.then, self.number).where(condition)

    @property
    def _keys(self) -> tuple[InstrumentedAttribute[Any], ...]:
        return (self.at, *self.then, self.number)

    def place(self, row: Named) -> Place:
        """Give the place of a row that has both keys among its columns."""
        columns = row._asdict()
        at = self._moment(columns[self.at.key])
        return Place(at, str(columns[self.number.key]), *(columns[key.key] for key in self.then))

    def _moment(self, value: Any) -> datetime:
        """Give the moment that stands in a cursor for a row's key."""
        moment: datetime = value
        return moment

    def _values(self, place: Place) -> tuple[datetime | str, ...]:
        """Give a place as the keys have it; one without the second moment stands before all rows of the first."""
        return (place.at, *(place.then or _EPOCH for _ in self.then), place.number)


@dataclass(frozen=True)
class DayOrder(Order):
    """The same by a day that a row need not have: one without stands behind all days."""

    at: InstrumentedAttribute[Any]

    @property
    def _keys(self) -> tuple[Any, ...]:
        return (func.coalesce(self.at, NO_DAY), self.number)

    def _moment(self, value: Any) -> datetime:
        return start_of(value or LAST_DAY)

    def _values(self, place: Place) -> tuple[Any, ...]:
        return (day_of(place.at), place.number)


def turn_to(fetch: Callable[[Turn, int], Sequence[AnyRow]], *, turn: Turn, order: Order, limit: int) -> Page[AnyRow]:
    """Give the page that a turn leads to.

    Going back to fewer rows than a page holds gives the first page instead, whole.

    :param fetch: gives up to so many rows from where a turn begins, the nearest first.
    :raises Refused: HUB-F001 when the cursor is none of ours.
    """
    rows = fetch(turn, limit + 1)
    if turn.backwards and len(rows) <= limit:
        turn, rows = FIRST_PAGE, fetch(FIRST_PAGE, limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    if turn.backwards:
        rows = rows[::-1]
    if not rows:
        return Page([], before=None, after=None)
    return Page(
        list(rows),
        before=order.place(rows[0]).cursor() if turn.cursor is not None else None,
        after=order.place(rows[-1]).cursor() if more or turn.backwards else None,
    )
