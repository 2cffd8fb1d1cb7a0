"""What is read of bulk files: how they stand, what they are about, and their rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from models.bulk.standing import first_of_retailer
from models.bulk.tables import BulkFileRow, BulkRowRow
from models.bulk.waiting import that_are
from models.paging import Order, Page, Turn, turn_to
from models.participants.tables import ParticipantRow
from models.reads import ReadRecorder
from models.users.tables import UserRow
from rules.bulk.kinds import BulkKind
from rules.bulk.problems import Problem
from rules.bulk.progress import FileConcern, FileState, RowOutcome
from rules.bulk.summary import FileSummary
from schemas.codes import Segment
from schemas.findings import Refusal
from schemas.reading import RawMessage

_PAGE = 50
_ORDER = Order(BulkFileRow.uploaded_at, BulkFileRow.number, newest_first=True)


@dataclass(frozen=True)
class EarlierFile:
    """A file with the same bytes that the retailer has sent before."""

    number: str
    uploaded_at: datetime
    state: FileState


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """A file in a list, with its progress."""

    number: str
    kind: BulkKind
    segment: Segment
    retailer_code: str
    retailer_name: str
    name: str
    size: int
    state: FileState
    uploaded_at: datetime
    uploaded_by: str
    """Name of the person."""
    confirmed_at: datetime | None
    confirmed_by: str | None
    ended_at: datetime | None
    rows_forgotten_at: datetime | None
    """When what its rows say was forgotten."""
    rows: int
    """While it is being checked, those that were looked at so far."""
    faulty: int
    done: int
    refused: int

    @property
    def to_send(self) -> int:
        """How many rows are sent in all."""
        return self.rows - self.faulty

    @property
    def finished(self) -> int:
        """How many of them have their answer."""
        return self.done + self.refused

    @property
    def left(self) -> int:
        return self.to_send - self.finished


@dataclass(frozen=True, kw_only=True)
class FileOverview(FileLine):
    """All that is known of a file but its rows."""

    digest: str
    checked_at: datetime | None
    problems: Sequence[Problem]
    """Why nothing of it can be sent."""
    summary: FileSummary | None
    counterpart_names: dict[str, str]
    """By code, as far as the list of participants has them."""
    earlier: EarlierFile | None
    """The newest of those with the same bytes that came in before, or whose rows were sent before, whenever it came."""
    waits_for: str | None
    """Number of the file of the same retailer that is worked off before it."""
    open: int
    """How many rows were sent and have no answer yet."""
    stopped_by: str | None
    """Name of the person."""
    stopped_why: str | None
    """Where the hub stopped it."""
    rate: float | None
    """Rows a second since it was confirmed or resumed; None while it does not run."""

    @property
    def time_left(self) -> timedelta | None:
        """How long the rest takes at this rate; None where that is not known."""
        return timedelta(seconds=self.left / self.rate) if self.rate else None


def files_of(
    session: Session,
    *,
    retailer_code: str | None,
    kind: BulkKind | None = None,
    segment: Segment | None = None,
    concern: FileConcern | None = None,
    turn: Turn,
    limit: int = _PAGE,
) -> Page[FileLine]:
    """List files, the newest first.

    :param retailer_code: whose; None for all.
    :raises Refused: HUB-F001 when the cursor is none of ours.
    """
    statement = _lines().where(*_own(retailer_code))
    if kind is not None:
        statement = statement.where(BulkFileRow.kind == kind.value)
    if segment is not None:
        statement = statement.where(BulkFileRow.segment == segment.value)
    if concern is not None:
        statement = statement.where(that_are(concern))

    def fetch(turn: Turn, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
        return session.execute(_ORDER.next_rows(statement, turn, limit=limit)).all()

    page = turn_to(fetch, turn=turn, order=_ORDER, limit=limit)
    return Page([FileLine(**_of_line(row)) for row in page.items], before=page.before, after=page.after)


def open_files_of(session: Session, *, retailer_code: str | None) -> list[FileLine]:
    """List the files that have not ended, the newest first: each retailer has a few at most.

    :param retailer_code: whose; None for all.
    """
    statement = _lines().where(*_own(retailer_code), BulkFileRow.ended_at.is_(None))
    newest_first = statement.order_by(BulkFileRow.uploaded_at.desc(), BulkFileRow.number.desc())
    return [FileLine(**_of_line(row)) for row in session.execute(newest_first)]


def file_overview(session: Session, *, number: str, retailer_code: str | None) -> FileOverview | None:
    """Give how a file stands; None where the retailer has none of the number.

    :param retailer_code: whose it must be; None for anybody's.
    """
    stopper = aliased(UserRow)
    columns = (
        BulkFileRow.digest,
        BulkFileRow.checked_at,
        BulkFileRow.problems,
        BulkFileRow.summary,
        BulkFileRow.stopped_why,
        func.coalesce(stopper.name, BulkFileRow.stopped_by).label("stopped_by"),
        BulkFileRow.finished_before,
        (func.clock_timestamp() - BulkFileRow.running_since).label("running_for"),
    )
    statement = (
        _lines()
        .add_columns(*columns)
        .outerjoin(stopper, stopper.user_id == BulkFileRow.stopped_by)
        .where(BulkFileRow.number == number, *_own(retailer_code))
    )
    row = session.execute(statement).one_or_none()
    if row is None:
        return None
    line = _of_line(row)
    codes = [] if row.summary is None else [counted.value for counted in row.summary.counterparts]
    named = select(ParticipantRow.code, ParticipantRow.name).where(ParticipantRow.code.in_(codes))
    running = row.state == FileState.RUNNING and row.running_for is not None
    return FileOverview(
        **line,
        digest=row.digest,
        checked_at=row.checked_at,
        problems=row.problems,
        summary=row.summary,
        counterpart_names={row.code: row.name for row in session.execute(named)} if codes else {},
        earlier=_earlier(session, row),
        waits_for=first_of_retailer(session, number=number) if running else None,
        open=_open(session, number) if row.confirmed_at is not None else 0,
        stopped_by=row.stopped_by,
        stopped_why=row.stopped_why,
        rate=_rate(row) if running else None,
    )


@dataclass(frozen=True)
class FileRowLine:
    """A row of a file, personal data included."""

    line: int
    values: RawMessage = field(repr=False)
    problems: Sequence[Problem] = field(repr=False)
    outcome: RowOutcome
    given_number: str | None
    refusal: Refusal | None
    tried_at: datetime | None


def rows_of(
    session: Session,
    *,
    number: str,
    outcomes: Sequence[RowOutcome] = (),
    after: int = 0,
    limit: int = _PAGE,
    recorder: ReadRecorder,
) -> list[FileRowLine]:
    """List the rows of a file after a line, in their order; the file stands on record as read.

    :param outcomes: only rows of these; empty for all.
    """
    recorder.record(session, [number])
    statement = (
        select(
            BulkRowRow.line,
            BulkRowRow.values,
            BulkRowRow.problems,
            BulkRowRow.outcome,
            BulkRowRow.given_number,
            BulkRowRow.refusal,
            BulkRowRow.tried_at,
        )
        .where(BulkRowRow.number == number, BulkRowRow.line > after)
        .order_by(BulkRowRow.line)
        .limit(limit)
    )
    if outcomes:
        statement = statement.where(BulkRowRow.outcome.in_([outcome.value for outcome in outcomes]))
    return [
        FileRowLine(
            row.line,
            row.values,
            row.problems,
            RowOutcome(row.outcome),
            row.given_number,
            row.refusal,
            row.tried_at,
        )
        for row in session.execute(statement)
    ]


@dataclass(frozen=True)
class KindOfFile:
    """What decides who may have a file run."""

    kind: BulkKind
    segment: Segment


def kind_of_file(session: Session, *, number: str, retailer_code: str | None) -> KindOfFile | None:
    """Tell of which kind a file is; None where the retailer has none of the number.

    :param retailer_code: whose it must be; None for anybody's.
    """
    row = session.execute(
        select(BulkFileRow.kind, BulkFileRow.segment).where(BulkFileRow.number == number, *_own(retailer_code))
    ).one_or_none()
    return None if row is None else KindOfFile(BulkKind(row.kind), Segment(row.segment))


def _own(retailer_code: str | None) -> tuple[ColumnElement[bool], ...]:
    return (true(),) if retailer_code is None else (BulkFileRow.retailer_code == retailer_code,)


def _lines() -> Select[*tuple[Any, ...]]:
    uploader, confirmer = aliased(UserRow), aliased(UserRow)
    return (
        select(
            BulkFileRow.number,
            BulkFileRow.kind,
            BulkFileRow.segment,
            BulkFileRow.retailer_code,
            ParticipantRow.name.label("retailer_name"),
            BulkFileRow.name,
            BulkFileRow.size,
            BulkFileRow.state,
            BulkFileRow.uploaded_at,
            uploader.name.label("uploaded_by"),
            BulkFileRow.confirmed_at,
            confirmer.name.label("confirmed_by"),
            BulkFileRow.ended_at,
            BulkFileRow.rows_forgotten_at,
            BulkFileRow.rows,
            BulkFileRow.faulty,
            BulkFileRow.done,
            BulkFileRow.refused,
        )
        .join(ParticipantRow, ParticipantRow.code == BulkFileRow.retailer_code)
        .join(uploader, uploader.user_id == BulkFileRow.uploaded_by)
        .outerjoin(confirmer, confirmer.user_id == BulkFileRow.confirmed_by)
    )


_CODES = {"kind": BulkKind, "segment": Segment, "state": FileState}
_LINE = tuple(FileLine.__dataclass_fields__)


def _of_line(row: Any) -> dict[str, Any]:
    columns = row._asdict()
    return {name: _CODES[name](columns[name]) if name in _CODES else columns[name] for name in _LINE}


def _earlier(session: Session, row: Any) -> EarlierFile | None:
    """Find the newest of the same bytes, before all others one whose rows were sent: that is what matters."""
    found = session.execute(
        select(BulkFileRow.number, BulkFileRow.uploaded_at, BulkFileRow.state)
        .where(
            BulkFileRow.retailer_code == row.retailer_code,
            BulkFileRow.digest == row.digest,
            BulkFileRow.number != row.number,
            or_(BulkFileRow.uploaded_at < row.uploaded_at, BulkFileRow.confirmed_at.is_not(None)),
        )
        .order_by(BulkFileRow.confirmed_at.is_(None), BulkFileRow.uploaded_at.desc())
        .limit(1)
    ).one_or_none()
    return None if found is None else EarlierFile(found.number, found.uploaded_at, FileState(found.state))


def _open(session: Session, number: str) -> int:
    return session.scalars(
        select(func.count())
        .select_from(BulkRowRow)
        .where(BulkRowRow.number == number, BulkRowRow.outcome == RowOutcome.OPEN.value)
    ).one()


def _rate(row: Any) -> float:
    seconds: float = row.running_for.total_seconds()
    return float(row.done + row.refused - row.finished_before) / max(seconds, 0.001)
