"""Applications as the grid operator holds them: found, listed and saved by statements that are made once a process."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, or_, select
from sqlalchemy.dialects.postgresql import insert

from grid_stub.progress import IN_WORK
from grid_stub.tables import ApplicationRow
from models.database import Cursor
from models.prepared import Prepared
from schemas.codes import ApplicationKind, ApplicationState, Area, MeterWork, Segment


@dataclass(kw_only=True)
class Application:
    """One of them; what changes in it is kept once it is saved."""

    number: str
    area: Area
    segment: Segment
    kind: ApplicationKind
    retailer_code: str
    case_number: str | None
    point_number: str
    effective_date: date | None = None
    meter_work: MeterWork | None = None
    state: ApplicationState
    findings: list[dict[str, Any]]
    received_at: datetime | None = None
    matched_at: datetime | None = None
    completes_at: datetime | None = None
    changed_at: datetime


COLUMNS = (
    ApplicationRow.number,
    ApplicationRow.area,
    ApplicationRow.segment,
    ApplicationRow.kind,
    ApplicationRow.retailer_code,
    ApplicationRow.case_number,
    ApplicationRow.point_number,
    ApplicationRow.effective_date,
    ApplicationRow.meter_work,
    ApplicationRow.state,
    ApplicationRow.findings,
    ApplicationRow.received_at,
    ApplicationRow.matched_at,
    ApplicationRow.completes_at,
    ApplicationRow.changed_at,
)
"""Of their table, what an application is read from."""
IS_IN_WORK: ColumnElement[bool] = or_(*(ApplicationRow.state == state for state in IN_WORK))

_LASTING = frozenset({"number", "area", "segment", "kind", "retailer_code", "case_number", "point_number"})

_FIND = Prepared(select(*COLUMNS).where(ApplicationRow.number == bindparam("wanted")))
_STANDING = Prepared(
    select(*COLUMNS)
    .where(
        ApplicationRow.segment == bindparam("segment"),
        ApplicationRow.point_number == bindparam("point_number"),
        ApplicationRow.number != bindparam("number"),
        IS_IN_WORK,
        or_(ApplicationRow.completes_at.is_(None), ApplicationRow.completes_at > bindparam("now")),
    )
    .order_by(ApplicationRow.received_at)
)
_NEW = insert(ApplicationRow).values({column.name: bindparam(column.name) for column in COLUMNS})
_SAVE = Prepared(
    _NEW.on_conflict_do_update(
        index_elements=[ApplicationRow.number],
        set_={column.name: _NEW.excluded[column.name] for column in COLUMNS if column.name not in _LASTING},
    )
)


def find(cursor: Cursor, number: str) -> Application | None:
    """Find an application as it was saved last."""
    return next((application_of(row) for row in _FIND.rows(cursor, wanted=number)), None)


def others_standing(cursor: Cursor, application: Application, *, now: datetime) -> Sequence[Application]:
    """List those that stand at the same point, the first received first: 受付, or matched and not complete yet."""
    rows = _STANDING.rows(
        cursor,
        segment=application.segment,
        point_number=application.point_number,
        number=application.number,
        now=now,
    )
    return [application_of(row) for row in rows]


def save(cursor: Cursor, application: Application) -> None:
    """Keep an application as it is, whether it was there before or not; the caller holds the lock on its point."""
    _SAVE.run(cursor, **vars(application))


def application_of(row: Any) -> Application:
    """Read a row of :data:`COLUMNS`."""
    values = row._asdict()
    return Application(
        **values
        | {
            "area": Area(row.area),
            "segment": Segment(row.segment),
            "kind": ApplicationKind(row.kind),
            "meter_work": None if row.meter_work is None else MeterWork(row.meter_work),
            "state": ApplicationState(row.state),
        }
    )
