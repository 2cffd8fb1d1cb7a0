"""Business time (業務日時): real time plus an offset that is zero in production and only grows elsewhere."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, Interval, SmallInteger, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import MOMENT, Base
from models.prepared import Line, Prepared
from rules.calendar import JST


class BusinessClock(Base):
    """One row. A trigger refuses what would set the clock back."""

    __tablename__ = "business_clock"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("ahead >= '0'::interval", name="never_behind"),
    )

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    ahead: Mapped[timedelta] = mapped_column(Interval)


class ClockOnlyGrows(Exception):
    """The business clock was to stand still or go back."""


NOW = select((func.clock_timestamp() + BusinessClock.ahead).cast(MOMENT).label("now"))
"""The business time, as a statement or as a part of one."""


_NOW = Prepared(NOW)


def business_now(line: Line) -> datetime:
    """Tell the business time of this very moment, in Japan time."""
    (row,) = _NOW.rows(line)
    now: datetime = row.now
    return now.astimezone(JST)


def real_now(session: Session) -> datetime:
    """Tell the real time by the database's clock, in Japan time, for what lives by it: certificates, logins."""
    now: datetime = session.execute(select(func.clock_timestamp())).scalar_one()
    return now.astimezone(JST)


def clock_offset(session: Session) -> timedelta:
    """Tell how far business time is ahead of real time."""
    return session.execute(select(BusinessClock.ahead)).scalar_one()


def move_clock(session: Session, *, by: timedelta) -> datetime:
    """Move the business clock forward and give the new business time.

    :raises ClockOnlyGrows: when ``by`` is not positive.
    """
    if by <= timedelta(0):
        raise ClockOnlyGrows(f"by {by}")
    session.execute(update(BusinessClock).values(ahead=BusinessClock.ahead + by))
    return business_now(session)
