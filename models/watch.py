"""How far the status watch has heard each area: one process at a time polls an area and segment."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from models.base import MOMENT, Base
from models.clock import NOW
from models.database import Cursor, Database
from models.prepared import Line, Prepared
from rules.calendar import JST
from schemas.codes import Area, Segment


class WatchCursorRow(Base):
    """Up to when an area's applications of a segment have been heard."""

    __tablename__ = "watch_cursors"

    area: Mapped[str] = mapped_column(Text, primary_key=True)
    segment: Mapped[str] = mapped_column(Text, primary_key=True)
    heard_until: Mapped[datetime | None] = mapped_column(MOMENT)
    caught_up_at: Mapped[datetime | None] = mapped_column(MOMENT)
    """When a window last reached far back; None where what it or one since has brought could not all be read."""


@dataclass(frozen=True)
class WatchCursor:
    """Up to when an area was heard; None where it never was."""

    area: Area
    segment: Segment
    heard_until: datetime | None
    caught_up_at: datetime | None
    at: datetime
    """Business time at which it was claimed."""


_PLACE = (WatchCursorRow.area == bindparam("of_area"), WatchCursorRow.segment == bindparam("of_segment"))
_CLAIM = Prepared(
    select(WatchCursorRow.heard_until, WatchCursorRow.caught_up_at, NOW.scalar_subquery().label("at"))
    .where(*_PLACE)
    .with_for_update(skip_locked=True, of=WatchCursorRow)
)
_MAKE = Prepared(
    insert(WatchCursorRow).values(area=bindparam("of_area"), segment=bindparam("of_segment")).on_conflict_do_nothing()
)
_MOVE = Prepared(
    update(WatchCursorRow).where(*_PLACE).values(heard_until=bindparam("until"), caught_up_at=bindparam("caught_up"))
)


def polling(database: Database, *, area: Area, segment: Segment) -> AbstractContextManager[Cursor | None]:
    """Keep other processes from polling an area and segment for a block; None where another does."""
    return database.lock(f"watch {area.value} {segment.value}")


def claim_cursor(line: Line, *, area: Area, segment: Segment) -> WatchCursor | None:
    """Claim an area and segment until the transaction ends; None where another process has it."""
    place = {"of_area": area.value, "of_segment": segment.value}
    rows = _CLAIM.rows(line, **place)
    if not rows:
        _MAKE.run(line, **place)
        rows = _CLAIM.rows(line, **place)
    for row in rows:
        return WatchCursor(area, segment, row.heard_until, row.caught_up_at, row.at.astimezone(JST))
    return None


def move_cursor(
    line: Line, *, area: Area, segment: Segment, heard_until: datetime, caught_up_at: datetime | None = None
) -> None:
    """Move a claimed cursor, once all that moved have been told."""
    _MOVE.run(line, of_area=area.value, of_segment=segment.value, until=heard_until, caught_up=caught_up_at)
