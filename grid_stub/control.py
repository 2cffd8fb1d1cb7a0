"""How tests and demonstrations tell an area of the stub to behave; kept in its database, so all processes agree."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from grid_stub.tables import ControlRow
from models.database import Cursor
from models.prepared import Line, Prepared
from rules.deadlines import DEADLINE_PROFILES
from schemas.codes import Area, MeterWork


@dataclass(frozen=True, kw_only=True)
class Control:
    """What an area has been told."""

    delay_seconds: float = 0.0
    """Real seconds that each call waits before it is looked at."""
    down: bool = False
    """True: every call's connection is closed without an answer, and nothing is taken."""
    defects_left: int = 0
    """So many of the next applications are found defective (不備), whatever they say."""
    cuts_left: int = 0
    """After so many of the next accepted messages the line is cut: committed, but never answered."""
    deadline_profile: str | None = None
    """Name of the deadlines that decide what comes too late; None for the stub's own setting."""
    step_seconds: float | None = None
    """Seconds of business time each working step takes; None for the stub's own setting."""
    page_size: int | None = None
    """How many statuses a page holds."""
    meter_work: MeterWork | None = None
    """What 受付 says of 計器工事 instead of what was applied for."""
    postponed_days: int = 0
    """By how many days 受付 puts the effective date off."""
    maintenance_until: datetime | None = None
    """Business time until which every call is refused, as in a maintenance window (メンテナンス)."""
    spoilt: dict[str, str | None] = field(default_factory=dict)
    """Texts that stand in elements of all answers instead of what should; for None the element is missing.

    By the element's name, or by ``number/name`` for what is said of one application alone.
    """


class UnknownControl(Exception):
    """A control was asked for that there is not, or with a value it cannot have."""


_NAMES = frozenset(each.name for each in fields(Control))
_CONTROL = TypeAdapter(Control)
_TABLE = ControlRow.__table__
_TOLD = Prepared(select(*(_TABLE.columns[name] for name in sorted(_NAMES))).where(ControlRow.area == bindparam("of")))


def control_of(line: Line, *, area: Area) -> Control:
    """Tell how an area has been told to behave."""
    for row in _TOLD.rows(line, of=area):
        meter_work = None if row.meter_work is None else MeterWork(row.meter_work)
        return Control(**{**row._asdict(), "meter_work": meter_work})
    return Control()


def change_control(session: Session, *, area: Area, changes: Mapping[str, object]) -> Control:
    """Change some of an area's controls and give all of them.

    :raises UnknownControl: when there is no such control, or no such value of it.
    """
    unknown = changes.keys() - _NAMES
    if unknown:
        raise UnknownControl(", ".join(sorted(unknown)))
    try:
        changed = _CONTROL.validate_python({**vars(control_of(session, area=area)), **changes})
    except ValidationError as error:
        raise UnknownControl(str(error)) from error
    if changed.deadline_profile is not None and changed.deadline_profile not in DEADLINE_PROFILES:
        raise UnknownControl(changed.deadline_profile)
    values = vars(changed)
    session.execute(
        insert(ControlRow)
        .values(area=area, **values)
        .on_conflict_do_update(index_elements=[ControlRow.area], set_=dict(values))
    )
    return changed


def reset_control(session: Session, *, area: Area) -> None:
    """Let an area behave as it does when it was told nothing."""
    session.execute(delete(ControlRow).where(ControlRow.area == area))


Counted = Literal["defects_left", "cuts_left"]


def _one_less(column: Any) -> Prepared:
    return Prepared(
        update(ControlRow).where(ControlRow.area == bindparam("of"), column > 0).values({column: column - 1})
    )


_ONE_LESS: dict[Counted, Prepared] = {
    "defects_left": _one_less(ControlRow.defects_left),
    "cuts_left": _one_less(ControlRow.cuts_left),
}


def use_up(cursor: Cursor, *, area: Area, counted: Counted) -> bool:
    """Take one off what was ordered for the next calls; False where nothing is left."""
    return _ONE_LESS[counted].count(cursor, of=area) > 0
