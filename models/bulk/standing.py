"""How bulk files stand for whoever works them off: which run, on whose behalf, and whose turn it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from models.bulk.tables import BulkFileRow
from rules.bulk.kinds import BulkKind
from rules.bulk.progress import FileState
from schemas.codes import Segment


@dataclass(frozen=True)
class ConfirmedFile:
    """A file that runs, and who confirmed it."""

    kind: BulkKind
    segment: Segment
    retailer_code: str
    confirmed_by: str
    source_address: str


def confirmed_file(session: Session, *, number: str) -> ConfirmedFile | None:
    """Give a file whose rows are to be sent; None where it does not run."""
    row = session.execute(
        select(
            BulkFileRow.kind,
            BulkFileRow.segment,
            BulkFileRow.retailer_code,
            BulkFileRow.confirmed_by,
            BulkFileRow.source_address,
        ).where(
            BulkFileRow.number == number,
            BulkFileRow.state == FileState.RUNNING.value,
            BulkFileRow.confirmed_by.is_not(None),
        )
    ).one_or_none()
    if row is None:
        return None
    kind, segment = BulkKind(row.kind), Segment(row.segment)
    return ConfirmedFile(kind, segment, row.retailer_code, row.confirmed_by, row.source_address)


def first_of_retailer(session: Session, *, number: str) -> str | None:
    """Give which running file of the same retailer is worked off before this one; None where it is its turn."""
    earlier = func.row(_OTHER.confirmed_at, _OTHER.number) < func.row(_THIS.confirmed_at, _THIS.number)
    return session.scalar(_first_running_beside(number).where(earlier))


def next_of_retailer(session: Session, *, number: str) -> str | None:
    """Give the running file of the same retailer whose turn it is, where this one does not run."""
    return session.scalar(_first_running_beside(number).where(_OTHER.number != number))


_THIS, _OTHER = aliased(BulkFileRow), aliased(BulkFileRow)


def _first_running_beside(number: str) -> Select[str]:
    """Choose of the running files of a file's retailer the one that was confirmed first."""
    return (
        select(_OTHER.number)
        .join(_THIS, _THIS.retailer_code == _OTHER.retailer_code)
        .where(_THIS.number == number, _OTHER.ended_at.is_(None), _OTHER.state == FileState.RUNNING.value)
        .order_by(_OTHER.confirmed_at, _OTHER.number)
        .limit(1)
    )


@dataclass(frozen=True)
class Standing:
    """How a file stands, as far as its workflow has to know it."""

    kind: BulkKind
    segment: Segment
    state: FileState
    rows: int
    faulty: int
    done: int
    refused: int
    at: datetime
    """Real time."""
    unconfirmed_for: timedelta | None
    """How long it has waited to be confirmed; None where it does not, or has been."""


def standing_of(session: Session, *, number: str) -> Standing | None:
    """Tell how a file stands; None where there is none."""
    row = session.execute(
        select(
            BulkFileRow.kind,
            BulkFileRow.segment,
            BulkFileRow.state,
            BulkFileRow.rows,
            BulkFileRow.faulty,
            BulkFileRow.done,
            BulkFileRow.refused,
            func.clock_timestamp().label("at"),
            (func.clock_timestamp() - BulkFileRow.uploaded_at).label("age"),
        ).where(BulkFileRow.number == number)
    ).one_or_none()
    if row is None:
        return None
    state = FileState(row.state)
    return Standing(
        kind=BulkKind(row.kind),
        segment=Segment(row.segment),
        state=state,
        rows=row.rows,
        faulty=row.faulty,
        done=row.done,
        refused=row.refused,
        at=row.at,
        unconfirmed_for=row.age if state is FileState.CHECKED else None,
    )


@dataclass(frozen=True)
class OpenFile:
    """A file that has not ended."""

    retailer_code: str
    state: FileState
    confirmed: bool
    to_send: int
    finished: int
    """How many of its rows have their answer."""

    @property
    def left(self) -> int:
        """How many rows are to be sent yet, or will be once somebody confirms."""
        return self.to_send - self.finished


def open_files(session: Session) -> dict[str, OpenFile]:
    """List the files that have not ended by their numbers, the oldest first: each has a workflow."""
    rows = session.execute(
        select(
            BulkFileRow.number,
            BulkFileRow.retailer_code,
            BulkFileRow.state,
            BulkFileRow.confirmed_at.is_not(None).label("confirmed"),
            (BulkFileRow.rows - BulkFileRow.faulty).label("to_send"),
            (BulkFileRow.done + BulkFileRow.refused).label("finished"),
        )
        .where(BulkFileRow.ended_at.is_(None))
        .order_by(BulkFileRow.uploaded_at)
    )
    return {
        row.number: OpenFile(row.retailer_code, FileState(row.state), row.confirmed, row.to_send, row.finished)
        for row in rows
    }
