"""The applications (申請) by the hub's own record: the fallback of 10620, 10720 and 11110, and what the watch needs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, Text, bindparam, func, literal_column, select, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from models.cases.tables import ApplicationRow, GridFindingRow
from models.paging import Order, Turn, turn_to
from models.prepared import Line, Prepared
from schemas.checks import is_in_range
from schemas.codes import ApplicationKind, ApplicationState, Area, MeterWork, Segment
from schemas.interfaces.common import GridFinding
from schemas.interfaces.processing_status import ProcessingStatus

PAGE = 1000
_AS_CHANGED = Order(ApplicationRow.changed_at, ApplicationRow.number)


@dataclass(frozen=True)
class ApplicationRecord:
    """One application by the hub's record, with what is needed to ask the grid operator for it."""

    number: str
    case_number: str
    kind: ApplicationKind
    filed_under: str
    """Code that the grid operator knows it under."""
    area: Area
    segment: Segment
    status: ProcessingStatus

    @property
    def as_of(self) -> datetime:
        """Business time at which the record last changed."""
        return self.status.changed_at


class ApplicationPlace(NamedTuple):
    """Where an application belongs, and what the hub knows of it."""

    case_number: str
    kind: ApplicationKind
    state: ApplicationState
    effective_date: date | None
    meter_work: MeterWork | None
    findings: tuple[GridFinding, ...]
    """What the grid operator found wrong, as it was noted last; empty where it is not 不備."""


_LAST_FINDINGS = (
    select(GridFindingRow.findings)
    .where(
        GridFindingRow.application_number == ApplicationRow.number,
        ApplicationRow.state == ApplicationState.DEFECTIVE.value,
    )
    .order_by(GridFindingRow.id.desc())
    .limit(1)
    .lateral("last_findings")
)
_RECORDS = select(
    ApplicationRow.number,
    ApplicationRow.case_number,
    ApplicationRow.kind,
    func.coalesce(ApplicationRow.filed_under, ApplicationRow.retailer_code).label("filed_under"),
    ApplicationRow.area,
    ApplicationRow.segment,
    ApplicationRow.point_number,
    ApplicationRow.state,
    ApplicationRow.effective_date,
    ApplicationRow.meter_work,
    ApplicationRow.received_at,
    ApplicationRow.matched_at,
    ApplicationRow.completed_at,
    ApplicationRow.changed_at,
    _LAST_FINDINGS.c.findings,
).outerjoin(_LAST_FINDINGS, true())


def application_of(
    session: Session, *, application_number: str, retailer: str, kind: ApplicationKind
) -> ApplicationRecord | None:
    """Find a retailer's own application; a foreign one does not exist."""
    row = session.execute(
        _RECORDS.where(
            ApplicationRow.number == application_number,
            ApplicationRow.retailer_code == retailer,
            ApplicationRow.kind == kind.value,
        )
    ).one_or_none()
    if row is None:
        return None
    return ApplicationRecord(
        number=row.number,
        case_number=row.case_number,
        kind=ApplicationKind(row.kind),
        filed_under=row.filed_under,
        area=Area(row.area),
        segment=Segment(row.segment),
        status=_status(row),
    )


def application_statuses(
    session: Session,
    *,
    retailer: str,
    area: Area,
    segment: Segment | None = None,
    changed_since: datetime | None = None,
    changed_before: datetime | None = None,
    kind: ApplicationKind | None = None,
    state: ApplicationState | None = None,
    cursor: str | None = None,
    limit: int = PAGE,
) -> tuple[list[ProcessingStatus], str | None, int]:
    """List a retailer's applications of an area as they last changed, and the next cursor.

    Those whose record cannot be told are left out, and counted.

    :raises Refused: HUB-F001 when the cursor is none of ours.
    """
    statement = _RECORDS.where(ApplicationRow.retailer_code == retailer, ApplicationRow.area == area.value)
    if segment is not None:
        statement = statement.where(ApplicationRow.segment == segment.value)
    if changed_since is not None:
        statement = statement.where(ApplicationRow.changed_at >= changed_since)
    if changed_before is not None:
        statement = statement.where(ApplicationRow.changed_at < changed_before)
    if kind is not None:
        statement = statement.where(ApplicationRow.kind == kind.value)
    if state is not None:
        statement = statement.where(ApplicationRow.state == state.value)

    def fetch(turn: Turn, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
        return session.execute(_AS_CHANGED.next_rows(statement, turn, limit=limit)).all()

    page = turn_to(fetch, turn=Turn(after=cursor), order=_AS_CHANGED, limit=limit)
    statuses = [status for row in page.items if (status := _status_if_any(row)) is not None]
    return statuses, page.after, len(page.items) - len(statuses)


def codes_filed_under(session: Session, *, retailer: str, area: Area, segment: Segment) -> list[str]:
    """List the codes of other retailers that applications of this one were filed under, which it succeeded since."""
    return list(
        session.scalars(
            select(ApplicationRow.filed_under)
            .where(
                ApplicationRow.retailer_code == retailer,
                ApplicationRow.area == area.value,
                ApplicationRow.segment == segment.value,
                ApplicationRow.filed_under != ApplicationRow.retailer_code,
            )
            .distinct()
            .order_by(ApplicationRow.filed_under)
        )
    )


def retailers_of(session: Session, *, numbers: Iterable[str]) -> dict[str, str]:
    """Tell whose applications these are, by their numbers; unknown ones are absent."""
    rows = session.execute(
        select(ApplicationRow.number, ApplicationRow.retailer_code).where(ApplicationRow.number.in_(list(numbers)))
    )
    return {row.number: row.retailer_code for row in rows}


_AREAS_IN_FLIGHT = Prepared(
    select(ApplicationRow.area, ApplicationRow.segment)
    .where(literal_column("in_flight"))
    .distinct()
    .order_by(ApplicationRow.area, ApplicationRow.segment)
)


def areas_in_flight(line: Line) -> list[tuple[Area, Segment]]:
    """List where a grid operator may still have news of an application."""
    return [(Area(row.area), Segment(row.segment)) for row in _AREAS_IN_FLIGHT.rows(line)]


def numbers_in_flight(session: Session, *, area: Area, segment: Segment) -> list[str]:
    """List the applications of which a grid operator may still have news."""
    return list(
        session.scalars(
            select(ApplicationRow.number)
            .where(
                literal_column("in_flight"),
                ApplicationRow.area == area.value,
                ApplicationRow.segment == segment.value,
            )
            .order_by(ApplicationRow.number)
        )
    )


_BY_NUMBER = Prepared(
    select(
        ApplicationRow.number,
        ApplicationRow.case_number,
        ApplicationRow.kind,
        ApplicationRow.state,
        ApplicationRow.effective_date,
        ApplicationRow.meter_work,
        _LAST_FINDINGS.c.findings,
    )
    .outerjoin(_LAST_FINDINGS, true())
    .where(ApplicationRow.number == func.any(bindparam("numbers", type_=ARRAY(Text))))
)


def applications_by_number(line: Line, *, numbers: Iterable[str]) -> dict[str, ApplicationPlace]:
    """Find applications by their numbers; unknown ones are absent."""
    return {
        row.number: ApplicationPlace(
            row.case_number,
            ApplicationKind(row.kind),
            ApplicationState(row.state),
            row.effective_date,
            _meter_work(row),
            _findings(row),
        )
        for row in _BY_NUMBER.rows(line, numbers=list(numbers))
    }


def _status_if_any(row: Row[*tuple[Any, ...]]) -> ProcessingStatus | None:
    moments = (row.effective_date, row.received_at, row.matched_at, row.completed_at, row.changed_at)
    try:
        return _status(row) if all(map(is_in_range, moments)) else None
    except ValueError:
        return None


def _status(row: Row[*tuple[Any, ...]]) -> ProcessingStatus:
    state = ApplicationState(row.state)
    return ProcessingStatus(
        application_number=row.number,
        application_kind=ApplicationKind(row.kind),
        point_number=row.point_number,
        application_state=state,
        application_state_name=state.label,
        effective_date=row.effective_date,
        meter_work=_meter_work(row),
        received_at=row.received_at,
        matched_at=row.matched_at,
        completed_at=row.completed_at,
        findings=_findings(row),
        changed_at=row.changed_at,
    )


def _meter_work(row: Any) -> MeterWork | None:
    return None if row.meter_work is None else MeterWork(row.meter_work)


def _findings(row: Any) -> tuple[GridFinding, ...]:
    return tuple(GridFinding(**finding) for finding in row.findings or ())
