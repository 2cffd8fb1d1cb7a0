"""Grid operators that do not answer, by area: noted by whoever calls one, and forgotten once it answers."""

from datetime import datetime
from typing import Any

from sqlalchemy import Text, case, delete, false, func, null, select, true, union_all
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import MOMENT, Base
from models.clock import NOW, business_now
from models.pauses import PausedAreaRow
from models.prepared import Line, Prepared
from rules.calendar import JST
from rules.holdups import FRESH_FOR, Absence, HoldUp, believed_end, hold_up
from rules.maintenance import MaintenanceWindows
from schemas.codes import Area


class AbsentAreaRow(Base):
    """An area whose grid operator did not answer when it was called last."""

    __tablename__ = "absent_areas"

    area: Mapped[str] = mapped_column(Text, primary_key=True)
    since: Mapped[datetime] = mapped_column(MOMENT)
    noted_at: Mapped[datetime] = mapped_column(MOMENT)
    reason: Mapped[str] = mapped_column(Text)
    until: Mapped[datetime | None] = mapped_column(MOMENT)


_ABSENCES = Prepared(
    select(
        AbsentAreaRow.area,
        AbsentAreaRow.since,
        AbsentAreaRow.noted_at,
        AbsentAreaRow.reason,
        AbsentAreaRow.until,
    )
)


def absences(line: Line) -> dict[Area, Absence]:
    """List the areas whose grid operators did not answer when they were called last."""
    return {Area(row.area): _absence(row) for row in _ABSENCES.rows(line)}


def _absence(row: Any) -> Absence:
    return Absence(
        since=row.since.astimezone(JST),
        noted_at=row.noted_at.astimezone(JST),
        reason=row.reason,
        until=None if row.until is None else row.until.astimezone(JST),
    )


def note_absence(session: Session, *, area: Area, reason: str, until: datetime | None = None) -> Absence:
    """Note that a grid operator did not answer, and give what is known of that.

    Where it did not before, since when stays; what was noted long ago is another absence.

    :param until: the end that it names for its maintenance.
    """
    now = business_now(session)
    end = believed_end(until, at=now)
    values = {"noted_at": now, "reason": reason, "until": end}
    lately = func.greatest(AbsentAreaRow.noted_at, AbsentAreaRow.until) > now - FRESH_FOR
    statement = insert(AbsentAreaRow).values(area=area.value, since=now, **values)
    row = session.execute(
        statement.on_conflict_do_update(
            index_elements=[AbsentAreaRow.area],
            set_=values | {"since": case((lately, AbsentAreaRow.since), else_=now)},
        ).returning(AbsentAreaRow.since)
    ).one()
    return Absence(since=row.since.astimezone(JST), noted_at=now, reason=reason, until=end)


def note_answer(session: Session, *, area: Area) -> bool:
    """Forget that a grid operator did not answer: it has. Tell whether there was something to forget."""
    forgotten = delete(AbsentAreaRow).where(AbsentAreaRow.area == area.value).returning(AbsentAreaRow.area)
    return session.execute(forgotten).one_or_none() is not None


_ABSENT = select(
    AbsentAreaRow.area,
    false().label("is_paused"),
    AbsentAreaRow.since,
    AbsentAreaRow.noted_at,
    AbsentAreaRow.reason,
    AbsentAreaRow.until,
)
_PAUSED = select(
    PausedAreaRow.area, true(), PausedAreaRow.since, null().cast(MOMENT), null().cast(Text), null().cast(MOMENT)
)
_HELD = union_all(_ABSENT, _PAUSED).subquery()
_HOLD_UPS = Prepared(NOW.add_columns(*_HELD.columns).outerjoin(_HELD, true()))


def hold_ups(line: Line, *, windows: MaintenanceWindows) -> dict[Area, HoldUp]:
    """List the areas whose calls are held up now, with why."""
    rows = _HOLD_UPS.rows(line)
    now = rows[0].now.astimezone(JST)
    since = {Area(row.area): row.since.astimezone(JST) for row in rows if row.is_paused}
    away = {Area(row.area): _absence(row) for row in rows if row.is_paused is False}
    by_area = {area: hold_up(area, at=now, windows=windows, paused_since=since, absences=away) for area in Area}
    return {area: reason for area, reason in by_area.items() if reason is not None}
