"""業務処理状況: where applications stand at the moment of asking, one or page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, case, literal, or_, select, tuple_

from grid_stub.applications import COLUMNS, IS_IN_WORK, Application, application_of
from grid_stub.progress import is_complete, state_at
from grid_stub.tables import ApplicationRow
from models.database import Cursor
from models.prepared import Prepared
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


def _if_given(name: str, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Hold to a condition on a value that may be left out."""
    return or_(bindparam(name).is_(None), condition)


_SEEN = select(*COLUMNS).where(
    ApplicationRow.area == bindparam("area"),
    ApplicationRow.segment == bindparam("segment"),
    _if_given("owner", ApplicationRow.retailer_code == bindparam("owner")),
)
_ONE = Prepared(_SEEN.where(ApplicationRow.number == bindparam("number"), ApplicationRow.kind == bindparam("kind")))


def _page() -> Prepared:
    number = ApplicationRow.number
    complete = and_(IS_IN_WORK, ApplicationRow.completes_at <= bindparam("now"))
    changed = case((complete, ApplicationRow.completes_at), else_=ApplicationRow.changed_at)
    state = case((complete, literal(ApplicationState.COMPLETED.value)), else_=ApplicationRow.state)
    return Prepared(
        _SEEN.where(
            _if_given("changed_since", changed >= bindparam("changed_since")),
            _if_given("changed_before", changed < bindparam("changed_before")),
            _if_given("kind", ApplicationRow.kind == bindparam("kind")),
            _if_given("state", state == bindparam("state")),
            _if_given("last_changed", tuple_(changed, number) > tuple_(bindparam("last_changed"), bindparam("last"))),
        )
        .order_by(changed, number)
        .limit(bindparam("most"))
    )


_PAGE = _page()


def _seen_by(asker: Asker) -> dict[str, object]:
    owner = None if asker.retailer_code == HUB_ITSELF else asker.retailer_code
    return {"area": asker.area, "segment": asker.segment, "owner": owner}


def find_status(
    cursor: Cursor, *, asker: Asker, kind: ApplicationKind, number: str, now: datetime
) -> ProcessingStatus | None:
    """Tell where one application stands; None where the asking one has no such application."""
    for row in _ONE.rows(cursor, **_seen_by(asker), kind=kind, number=number):
        return _status(application_of(row), now)
    return None


@dataclass(frozen=True, kw_only=True)
class StatusFilter:
    """Which applications of 11110 are asked for; what is None does not count."""

    changed_since: datetime | None = None
    changed_before: datetime | None = None
    kind: ApplicationKind | None = None
    state: ApplicationState | None = None


def page_of_statuses(
    cursor: Cursor, *, asker: Asker, status_filter: StatusFilter, after: str | None, size: int, now: datetime
) -> tuple[Sequence[ProcessingStatus], str | None]:
    """List applications in the order they changed, with the cursor of the next page.

    :param after: the cursor that the page before named.
    :raises Refused: HUB-F001 when the cursor is none of ours.
    """
    changed, number = (None, None) if after is None else _place(after)
    rows = _PAGE.rows(
        cursor,
        **_seen_by(asker),
        now=now,
        changed_since=status_filter.changed_since,
        changed_before=status_filter.changed_before,
        kind=status_filter.kind,
        state=status_filter.state,
        last_changed=changed,
        last=number,
        most=size + 1,
    )
    statuses = [_status(application_of(row), now) for row in rows]
    if len(statuses) <= size:
        return statuses, None
    last = statuses[size - 1]
    return statuses[:size], f"{(last.changed_at - _EPOCH) // _MICROSECOND}.{last.application_number}"


def _place(after: str) -> tuple[datetime, str]:
    microseconds, _, number = after.partition(".")
    try:
        return _EPOCH + int(microseconds) * _MICROSECOND, number
    except (ValueError, OverflowError):
        raise Refused(KNOWN_CURSOR.refusal()) from None


def _status(application: Application, now: datetime) -> ProcessingStatus:
    state = state_at(written=application.state, completes_at=application.completes_at, now=now)
    complete = is_complete(written=application.state, completes_at=application.completes_at, now=now)
    completed_at = application.completes_at if complete else None
    return ProcessingStatus(
        application_number=application.number,
        application_kind=application.kind,
        point_number=application.point_number,
        application_state=state,
        application_state_name=state.label,
        effective_date=application.effective_date,
        meter_work=application.meter_work,
        received_at=application.received_at,
        matched_at=application.matched_at,
        completed_at=completed_at,
        findings=tuple(GridFinding(**finding) for finding in application.findings),
        changed_at=completed_at or application.changed_at,
    )
