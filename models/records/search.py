"""Searching the records: who read or changed what, by point, case, person, retailer, days and purpose."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Row, Select, literal, or_, select, union
from sqlalchemy.orm import Session

from models.cases.tables import ApplicationRow, CaseRow
from models.paging import Order, Page, Turn, turn_to
from models.participants.tables import ParticipantRow
from models.reads import DataChange, DataRead
from models.records.rows import TABLES
from models.users.tables import UserRow
from rules.calendar import start_of
from rules.records.seals import RecordKind

PAGE_SIZE = 50


@dataclass(frozen=True, kw_only=True)
class RecordFilter:
    """Which records are wanted; what is None narrows nothing."""

    kind: RecordKind
    first: date | None = None
    last: date | None = None
    """Of business time, itself included."""
    number: str | None = None
    """Of a case, with its applications, of an application, or of a point, with all there is at it."""
    user_id: str | None = None
    retailer_code: str | None = None
    purpose: str | None = None
    """A part of it, or the number of an interface."""


@dataclass(frozen=True)
class RecordLine:
    """One record, as people read it."""

    at: datetime
    retailer_code: str | None
    retailer_name: str | None
    user_id: str | None
    user_name: str | None
    source_address: str
    interface_number: str
    purpose: str | None
    message_id: str
    subject: str
    has_consent: bool
    """True of a read for which the customer's was declared."""
    what: str
    """Of a change."""


def find_records(
    session: Session, *, record_filter: RecordFilter, turn: Turn, limit: int = PAGE_SIZE
) -> Page[RecordLine]:
    """List the records that a filter leaves, the newest first."""
    table = TABLES[record_filter.kind]
    order = Order(table.at, table.id, newest_first=True)
    wanted = _wanted(table, record_filter)
    page = turn_to(
        lambda turn, limit: session.execute(order.next_rows(wanted, turn, limit=limit)).all(),
        turn=turn,
        order=order,
        limit=limit,
    )
    return Page([_line(row) for row in page.items], before=page.before, after=page.after)


def _wanted(table: type[DataRead] | type[DataChange], wanted: RecordFilter) -> Select[Any]:
    """Join what people call those who are named by codes."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.first is not None:
        conditions.append(table.at >= start_of(wanted.first))
    if wanted.last is not None:
        conditions.append(table.at < start_of(wanted.last + timedelta(days=1)))
    if wanted.number is not None:
        conditions.append(table.subject.in_(_subjects(wanted.number)))
    if wanted.user_id is not None:
        conditions.append(table.user_id == wanted.user_id)
    if wanted.retailer_code is not None:
        conditions.append(table.retailer_code == wanted.retailer_code)
    if wanted.purpose is not None:
        said = table.purpose.contains(wanted.purpose, autoescape=True)
        conditions.append(said | (table.interface_number == wanted.purpose))
    return (
        select(
            *table.__table__.c,
            *_own_columns(table),
            ParticipantRow.name.label("retailer_name"),
            UserRow.name.label("user_name"),
        )
        .join(ParticipantRow, ParticipantRow.code == table.retailer_code, isouter=True)
        .join(UserRow, UserRow.user_id == table.user_id, isouter=True)
        .where(*conditions)
    )


def _own_columns(table: type[DataRead] | type[DataChange]) -> tuple[ColumnElement[Any], ...]:
    """Give what the other kind of record has not."""
    if table is DataRead:
        return DataRead.consent.is_not(None).label("has_consent"), literal("").label("what")
    return (literal(False).label("has_consent"),)


def _subjects(number: str) -> CompoundSelect[Any]:
    """List what a number stands for: itself, the cases at the point that it is, and the applications of all these."""
    cases = select(CaseRow.case_number).where(or_(CaseRow.case_number == number, CaseRow.point_number == number))
    applications = select(ApplicationRow.number).where(ApplicationRow.case_number.in_(cases))
    return union(select(literal(number)), cases, applications)


def _line(row: Row[Any]) -> RecordLine:
    return RecordLine(
        at=row.at,
        retailer_code=row.retailer_code,
        retailer_name=row.retailer_name,
        user_id=row.user_id,
        user_name=row.user_name,
        source_address=row.source_address,
        interface_number=row.interface_number,
        purpose=row.purpose,
        message_id=row.message_id,
        subject=row.subject,
        has_consent=row.has_consent,
        what=row.what,
    )
