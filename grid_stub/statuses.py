"""業務処理状況: where applications stand at the moment of asking, one or page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, false, func, select, tuple_
from sqlalchemy.orm import Session

from grid_stub.progress import IN_WORK, is_complete, state_at
from grid_stub.tables import ApplicationRow
from rules.calendar import JST
from schemas.codes import ApplicationKind, ApplicationState, Area, Segment
from schemas.findings import Refused, Rulebook
from schemas.grid import HUB_ITSELF
from schemas.interfaces.common import GridFinding
from schemas.interfaces.processing_status import ProcessingStatus
from schemas.refusal_codes import RefusalCode

RULES = Rulebook()
KNOWN_CURSOR = RULES.declare(
    "cursor", ("cursor", "続きの位置"), code=RefusalCode.FORM, message="続きの位置が読めません。"
)

_EPOCH = datetime(1970, 1, 1, tzinfo=JST)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who asks where: a retailer sees its own applications, the hub itself all of the area."""

    area: Area
    segment: Segment
    retailer_code: str

    def scope(self) -> ColumnElement[bool]:
        """Give the condition that holds for what the asking one may see."""
        inside = and_(ApplicationRow.area == self.area, ApplicationRow.segment == self.segment)
        if self.retailer_code == HUB_ITSELF:
            return inside
        return and_(inside, ApplicationRow.retailer_code == self.retailer_code)


def find_status(
    session: Session, *, asker: Asker, kind: ApplicationKind, number: str, now: datetime
) -> ProcessingStatus | None:
    """Tell where one application stands; None where the asking one has no such application."""
    row = session.scalars(
        select(ApplicationRow).where(asker.scope(), ApplicationRow.number == number, ApplicationRow.kind == kind)
    ).one_or_none()
    return None if row is None else _status(row, now)


@dataclass(frozen=True, kw_only=True)
class StatusFilter:
    """Which applications of 11110 are asked for; what is None does not count."""

    changed_since: datetime | None = None
    changed_before: datetime | None = None
    kind: ApplicationKind | None = None
    state: ApplicationState | None = None


def page_of_statuses(
    session: Session, *, asker: Asker, status_filter: StatusFilter, cursor: str | None, size: int, now: datetime
) -> tuple[Sequence[ProcessingStatus], str | None]:
    """List applications in the order they changed, with the cursor of the next page.

    :raises Refused: HUB-F001 when the cursor is none of ours.
    """
    complete = and_(ApplicationRow.state.in_(IN_WORK), ApplicationRow.completes_at <= now)
    changed = case((complete, ApplicationRow.completes_at), else_=ApplicationRow.changed_at)
    query = select(ApplicationRow).where(asker.scope()).order_by(changed, ApplicationRow.number).limit(size + 1)
    if status_filter.changed_since is not None:
        query = query.where(changed >= status_filter.changed_since)
    if status_filter.changed_before is not None:
        query = query.where(changed < status_filter.changed_before)
    if status_filter.kind is not None:
        query = query.where(ApplicationRow.kind == status_filter.kind)
    if status_filter.state is ApplicationState.COMPLETED:
        query = query.where(complete)
    elif status_filter.state is not None:
        query = query.where(ApplicationRow.state == status_filter.state, func.coalesce(complete, false()).is_(False))
    if cursor is not None:
        at, number = _place(cursor)
        query = query.where(tuple_(changed, ApplicationRow.number) > tuple_(at, number))
    statuses = [_status(row, now) for row in session.scalars(query)]
    if len(statuses) <= size:
        return statuses, None
    last = statuses[size - 1]
    return statuses[:size], f"{(last.changed_at - _EPOCH) // _MICROSECOND}.{last.application_number}"


def _place(cursor: str) -> tuple[datetime, str]:
    microseconds, _, number = cursor.partition(".")
    try:
        return _EPOCH + int(microseconds) * _MICROSECOND, number
    except (ValueError, OverflowError):
        raise Refused(KNOWN_CURSOR.refusal()) from None


def _status(row: ApplicationRow, now: datetime) -> ProcessingStatus:
    state = state_at(written=row.state, completes_at=row.completes_at, now=now)
    complete = is_complete(written=row.state, completes_at=row.completes_at, now=now)
    completed_at = row.completes_at if complete else None
    return ProcessingStatus(
        application_number=row.number,
        application_kind=row.kind,
        point_number=row.point_number,
        application_state=state,
        application_state_name=state.label,
        effective_date=row.effective_date,
        meter_work=row.meter_work,
        received_at=row.received_at,
        matched_at=row.matched_at,
        completed_at=completed_at,
        findings=tuple(GridFinding(**finding) for finding in row.findings),
        changed_at=completed_at or row.changed_at,
    )
