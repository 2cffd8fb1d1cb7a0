"""Writes on bulk files. Each holds the file's row, so that web and worker follow each other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from models.bulk.numbering import new_file_number
from models.bulk.tables import BulkFileRow, BulkPieceRow, BulkRowRow
from models.clock import business_now
from models.participants.tables import ParticipantRow
from rules.bulk.kinds import BulkKind
from rules.bulk.problems import Problem
from rules.bulk.progress import BECOMES, POSSIBLE, UNFINISHED, FileState, RowOutcome, Steering
from rules.bulk.reading import RowRead
from rules.bulk.summary import FileSummary
from schemas.codes import Segment

MOST_OPEN = 20
"""How many files of a retailer may be on their way at the same time."""
_PIECE = 1024 * 1024
"""Bytes that go to PostgreSQL at once: a statement is held several times over on its way."""
_NOW = func.clock_timestamp()


class TooManyFiles(Exception):
    """The retailer has as many files on their way as it may have."""


class NotInThisState(Exception):
    """The file stands where nobody can ask that of it: it has gone on, or another person was faster."""

    def __init__(self, state: FileState) -> None:
        super().__init__(state.value)
        self.state = state


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as it came in."""

    name: str
    data: bytes = field(repr=False)
    digest: str
    kind: BulkKind
    segment: Segment
    retailer_code: str
    user_id: str
    source_address: str


def store_upload(session: Session, upload: Upload) -> str:
    """Store a file that is to be checked, and give its number.

    :raises TooManyFiles: when the retailer has :data:`MOST_OPEN` on their way.
    """
    # one upload of a retailer after the other, so that each counts those before it
    session.execute(
        select(ParticipantRow.code).where(ParticipantRow.code == upload.retailer_code).with_for_update(key_share=True)
    )
    of_retailer = (BulkFileRow.retailer_code == upload.retailer_code, BulkFileRow.ended_at.is_(None))
    if session.scalars(select(func.count()).select_from(BulkFileRow).where(*of_retailer)).one() >= MOST_OPEN:
        raise TooManyFiles
    number = new_file_number(business_now(session))
    session.execute(
        insert(BulkFileRow).values(
            number=number,
            kind=upload.kind.value,
            segment=upload.segment.value,
            retailer_code=upload.retailer_code,
            name=upload.name,
            size=len(upload.data),
            digest=upload.digest,
            state=FileState.UPLOADED.value,
            uploaded_by=upload.user_id,
            source_address=upload.source_address,
        )
    )
    for place, start in enumerate(range(0, len(upload.data), _PIECE)):
        piece = upload.data[start : start + _PIECE]
        session.execute(insert(BulkPieceRow).values(number=number, place=place, data=piece))
    return number


def steer(
    session: Session, *, number: str, asked: Steering, user_id: str | None, source_address: str = "", why: str = ""
) -> None:
    """Confirm, pause, resume or stop a file.

    :param user_id: who asks it; None for the hub itself, which says ``why``.
    :raises NotInThisState: when it stands where that cannot be asked; nothing is changed.
    """
    row = session.execute(
        select(BulkFileRow.state, BulkFileRow.done, BulkFileRow.refused)
        .where(BulkFileRow.number == number)
        .with_for_update()
    ).one()
    state = FileState(row.state)
    if state not in POSSIBLE[asked]:
        raise NotInThisState(state)
    becomes = BECOMES[asked]
    values: dict[str, object] = {"state": becomes.value}
    if becomes is FileState.RUNNING:
        values |= {"running_since": _NOW, "finished_before": row.done + row.refused}
    if asked is Steering.CONFIRM:
        values |= {"confirmed_by": user_id, "confirmed_at": _NOW, "source_address": source_address}
    if becomes is FileState.STOPPED:
        values |= {"ended_at": _NOW, "stopped_by": user_id, "stopped_why": why or None}
        session.execute(delete(BulkPieceRow).where(BulkPieceRow.number == number))
    _change(session, number, **values)


@dataclass(frozen=True)
class Check:
    """A try to check a file."""

    number: str
    key: UUID
    kind: BulkKind
    segment: Segment
    retailer_code: str
    data: bytes = field(repr=False)


class CheckOvertaken(Exception):
    """Another try checks the file, or it was stopped meanwhile: this one has nothing to write."""


def begin_check(session: Session, *, number: str) -> Check | None:
    """Begin to check a file; None where there is nothing to check any more.

    What an earlier try has stored goes away.
    """
    row = session.execute(
        select(BulkFileRow).where(BulkFileRow.number == number).with_for_update()
    ).scalar_one_or_none()
    if row is None or row.state not in (FileState.UPLOADED, FileState.CHECKING):
        return None
    key = uuid4()
    session.execute(delete(BulkRowRow).where(BulkRowRow.number == number))
    _change(session, number, state=FileState.CHECKING.value, check_key=key, rows=0, faulty=0)
    pieces = select(BulkPieceRow.data).where(BulkPieceRow.number == number).order_by(BulkPieceRow.place)
    return Check(
        number=number,
        key=key,
        kind=BulkKind(row.kind),
        segment=Segment(row.segment),
        retailer_code=row.retailer_code,
        data=b"".join(session.scalars(pieces)),
    )


def store_rows(session: Session, *, check: Check, rows: Sequence[RowRead]) -> None:
    """Store what the check found of some rows.

    :raises CheckOvertaken: when another try checks the file, or it was stopped.
    """
    _hold(session, check)
    faulty = sum(bool(row.problems) for row in rows)
    session.execute(
        insert(BulkRowRow),
        [
            {
                "number": check.number,
                "line": row.line,
                "values": row.values,
                "problems": list(row.problems),
                "outcome": (RowOutcome.FAULTY if row.problems else RowOutcome.WAITING).value,
            }
            for row in rows
        ],
    )
    _change(session, check.number, rows=BulkFileRow.rows + len(rows), faulty=BulkFileRow.faulty + faulty)


def end_check(
    session: Session, *, check: Check, problems: Sequence[Problem] = (), summary: FileSummary | None = None
) -> FileState:
    """Note what the check came to, and forget the bytes: whatever is needed of them stands in the rows.

    A file without a row that could be sent is refused.

    :raises CheckOvertaken: when another try checks the file, or it was stopped.
    """
    row = _hold(session, check)
    state = FileState.REFUSED if problems or row.rows == row.faulty else FileState.CHECKED
    session.execute(delete(BulkPieceRow).where(BulkPieceRow.number == check.number))
    _change(
        session,
        check.number,
        state=state.value,
        ended_at=_NOW if state.ended else None,
        check_key=None,
        checked_at=_NOW,
        problems=list(problems),
        summary=summary,
    )
    return state


def _hold(session: Session, check: Check) -> BulkFileRow:
    row = session.execute(select(BulkFileRow).where(BulkFileRow.number == check.number).with_for_update()).scalar_one()
    if row.check_key != check.key or row.state != FileState.CHECKING:
        raise CheckOvertaken
    return row


def _change(session: Session, number: str, **values: object) -> None:
    session.execute(
        update(BulkFileRow)
        .where(BulkFileRow.number == number)
        .values(values)
        .execution_options(synchronize_session=False)
    )


def finish(session: Session, *, number: str) -> bool:
    """End a running file none of whose rows is left, and tell whether it has ended."""
    state = session.scalar(select(BulkFileRow.state).where(BulkFileRow.number == number).with_for_update())
    if state != FileState.RUNNING:
        return FileState(state or FileState.STOPPED).ended
    unfinished = [outcome.value for outcome in UNFINISHED]
    left = select(BulkRowRow.line).where(BulkRowRow.number == number, BulkRowRow.outcome.in_(unfinished)).limit(1)
    if session.scalar(left) is not None:
        return False
    _change(session, number, state=FileState.FINISHED.value, ended_at=_NOW)
    return True
