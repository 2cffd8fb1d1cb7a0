"""Areas whose grid operators the hub operator has stopped calling, until it lets the calls go on."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import MOMENT, Base
from models.clock import business_now
from models.prepared import Line, Prepared
from rules.calendar import JST
from schemas.codes import Area


class PausedAreaRow(Base):
    """An area whose grid operator is not called."""

    __tablename__ = "paused_areas"

    area: Mapped[str] = mapped_column(Text, primary_key=True)
    since: Mapped[datetime] = mapped_column(MOMENT)
    reason: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True)
class Pause:
    """Since when the calls of an area are stopped, and why."""

    since: datetime
    """In business time."""
    reason: str


_PAUSES = Prepared(select(PausedAreaRow.area, PausedAreaRow.since, PausedAreaRow.reason))


def paused_areas(line: Line) -> dict[Area, Pause]:
    """List the areas whose grid operators are not to be called."""
    return {Area(row.area): Pause(row.since.astimezone(JST), row.reason) for row in _PAUSES.rows(line)}


def pause_area(session: Session, *, area: Area, reason: str) -> None:
    """Stop the calls of an area; where they are stopped already, since when stays, and why unless it is said anew."""
    statement = insert(PausedAreaRow).values(area=area.value, since=business_now(session), reason=reason)
    reason_or_former = func.coalesce(func.nullif(statement.excluded.reason, ""), PausedAreaRow.reason)
    session.execute(statement.on_conflict_do_update(index_elements=["area"], set_={"reason": reason_or_former}))


def resume_area(session: Session, *, area: Area) -> None:
    """Let the calls of an area go on, where they were stopped."""
    session.execute(delete(PausedAreaRow).where(PausedAreaRow.area == area.value))
