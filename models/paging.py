"""Pages of long lists: a cursor names the last row of a page by its sort key, so that rows that come or go
between two pages neither hide nor repeat others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, Protocol, TypeVar, TypeVarTuple

from sqlalchemy import Integer, Select, bindparam, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from rules.calendar import JST
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
_EPOCH = datetime(1970, 1, 1, tzinfo=JST)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Place:
    """Where a page ends: a moment, and a number that tells rows of the same moment apart."""

    at: datetime
    number: str

    def cursor(self) -> str:
        """Write the place as callers carry it."""
        return f"{(self.at - _EPOCH) // _MICROSECOND}.{self.number}"


def place_of(cursor: str) -> Place:
    """Read a cursor back.

    :raises Refused: HUB-F001 when it is none of ours.
    """
    microseconds, dot, number = cursor.partition(".")
    try:
        if dot and number:
            return Place(_EPOCH + int(microseconds) * _MICROSECOND, number)
    except (ValueError, OverflowError):
        pass
    raise Refused(KNOWN_CURSOR.refusal())


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
    number: InstrumentedAttribute[str]
    newest_first: bool = False

    def next_rows(self, statement: Select[*Columns], turn: Turn, *, limit: int) -> Select[*Columns]:
        """Leave the rows nearest to where a turn begins, the nearest first.

        :raises Refused: HUB-F001 when its cursor is none of ours.
        """
        falling = self.newest_first is not turn.backwards
        if turn.cursor is not None:
            key, place = tuple_(self.at, self.number), place_of(turn.cursor)
            statement = statement.where(key < (place.at, place.number) if falling else key > (place.at, place.number))
        keys = (self.at, self.number)
        return statement.order_by(*(key.desc() if falling else key.asc() for key in keys)).limit(limit)

    def prepared(self, statement: Select[*Columns], *, first_page: bool) -> Select[*Columns]:
        """Do the same for a statement that is written down once, and whose pages are only leafed on.

        Place and limit come with each request: :meth:`Turn.values`.
        """
        if not first_page:
            place = tuple_(bindparam("after"), bindparam("after_number"))
            statement = statement.where(tuple_(self.at, self.number) > place)
        return statement.order_by(self.at, self.number).limit(bindparam("rows", type_=Integer))

    def place(self, row: Named) -> Place:
        """Give the place of a row that has both keys among its columns."""
        columns = row._asdict()
        return Place(columns[self.at.key], columns[self.number.key])


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
