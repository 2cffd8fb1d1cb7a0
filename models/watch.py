"""How far the status watch has heard each area: one process at a time polls an area and segment."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import MOMENT, Base
from models.database import Database
from schemas.codes import Area, Segment


class WatchCursorRow(Base):
    """Up to when an area's applications of a segment have been heard."""

    __tablename__ = "watch_cursors"

    area: Mapped[str] = mapped_column(Text, primary_key=True)
    segment: Mapped[str] = mapped_column(Text, primary_key=True)
    heard_until: Mapped[datetime | None] = mapped_column(MOMENT)


@dataclass(frozen=True)
class WatchCursor:
    """Up to when an area was heard; None where it never was."""

    area: Area
    segment: Segment
    heard_until: datetime | None


def polling(database: Database, *, area: Area, segment: Segment) -> AbstractContextManager[bool]:
    """Keep other processes from polling an area and segment for a block; False where another does."""
    return database.lock(f"watch {area.value} {segment.value}")


def claim_cursor(session: Session, *, area: Area, segment: Segment) -> WatchCursor | None:
    """Claim an area and segment until the transaction ends; None where another process has it."""
    session.execute(insert(WatchCursorRow).values(area=area.value, segment=segment.value).on_conflict_do_nothing())
    row = session.execute(
        select(WatchCursorRow.heard_until)
        .where(WatchCursorRow.area == area.value, WatchCursorRow.segment == segment.value)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    return None if row is None else WatchCursor(area, segment, row.heard_until)


def move_cursor(session: Session, *, area: Area, segment: Segment, heard_until: datetime) -> None:
    """Move a claimed cursor, once all that moved have been told."""
    session.execute(
        update(WatchCursorRow)
        .where(WatchCursorRow.area == area.value, WatchCursorRow.segment == segment.value)
        .values(heard_until=heard_until)
    )
