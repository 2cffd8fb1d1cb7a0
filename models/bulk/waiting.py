"""Which files want something of people, for the page they begin on and for the list that each count leads to."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session

from models.bulk.tables import BulkFileRow
from rules.bulk.progress import FileConcern, FileState

_TODAY = func.timezone("Asia/Tokyo", func.date_trunc("day", func.timezone("Asia/Tokyo", func.now())))
"""Times of files are real time. The moment of the transaction, which an index can be asked for."""
_OPEN = {
    FileConcern.TO_CONFIRM: FileState.CHECKED,
    FileConcern.RUNNING: FileState.RUNNING,
    FileConcern.PAUSED: FileState.PAUSED,
}


def that_are(concern: FileConcern) -> ColumnElement[bool]:
    """Say which files want something of the kind."""
    if concern is FileConcern.REFUSED_TODAY:
        return and_(BulkFileRow.ended_at >= _TODAY, BulkFileRow.refused > 0)
    return and_(BulkFileRow.ended_at.is_(None), BulkFileRow.state == _OPEN[concern].value)


def count_files(session: Session, *, retailer_code: str | None) -> Mapping[FileConcern, int]:
    """Count the files of each concern.

    :param retailer_code: whose; None for all.
    """
    counts = {concern: func.count().filter(that_are(concern)).label(concern.name) for concern in FileConcern}
    own = true() if retailer_code is None else BulkFileRow.retailer_code == retailer_code
    statement = select(*counts.values()).where(own, or_(*map(that_are, FileConcern)))
    return dict(zip(FileConcern, session.execute(statement).one(), strict=True))
