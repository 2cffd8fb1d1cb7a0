"""The newest seal of each day, with the day's figures, for whoever wants to hold the hub to it. Nothing personal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.records.tables import SealRow
from rules.calendar import day_of, start_of


@dataclass(frozen=True)
class DaySeal:
    """The last seal of a day (real time), and how much was sealed that day."""

    day: date
    number: int
    hash: str
    sealed_at: datetime
    reads: int
    changes: int


def day_seals(session: Session, *, days: int) -> list[DaySeal]:
    """List the last days on which something was sealed, the newest first."""
    today = day_of(session.execute(select(func.clock_timestamp())).scalar_one())
    return list(_sealed(session, [today - timedelta(days=back) for back in range(days + 1)]))


def _sealed(session: Session, days: list[date]) -> Iterator[DaySeal]:
    ends = [(day, _last_until(session, start_of(day + timedelta(days=1)))) for day in days]
    for (day, last), (_, before) in pairwise(ends):
        if last is not None and (before is None or last.number > before.number):
            reads, changes = (0, 0) if before is None else (before.reads, before.changes)
            yield DaySeal(day, last.number, last.hash, last.sealed_at, last.reads - reads, last.changes - changes)


@dataclass(frozen=True)
class _Last:
    number: int
    hash: str
    sealed_at: datetime
    reads: int
    changes: int


def _last_until(session: Session, moment: datetime) -> _Last | None:
    row = session.execute(
        select(SealRow.number, SealRow.hash, SealRow.sealed_at, SealRow.reads, SealRow.changes)
        .where(SealRow.sealed_at < moment)
        .order_by(SealRow.sealed_at.desc(), SealRow.number.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else _Last(*row)
