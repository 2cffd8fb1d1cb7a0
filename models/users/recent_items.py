"""What each person looked at last: numbers alone, a few of them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import MOMENT, Base

MOST_ITEMS = 10
"""That are kept of one person."""


class RecentItemRow(Base):
    """A number whose page a person has opened. Its time is real time."""

    __tablename__ = "recent_items"

    user_id: Mapped[str] = mapped_column(Text, ForeignKey("users.user_id"), primary_key=True)
    number: Mapped[str] = mapped_column(Text, primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(MOMENT, server_default=func.clock_timestamp())


def note_seen(session: Session, *, user_id: str, number: str) -> None:
    """Note that a person has opened the page of a number, and forget the oldest beyond what is kept."""
    session.execute(
        insert(RecentItemRow)
        .values(user_id=user_id, number=number)
        .on_conflict_do_update(
            index_elements=[RecentItemRow.user_id, RecentItemRow.number], set_={"seen_at": func.clock_timestamp()}
        )
    )
    kept = (
        select(RecentItemRow.number)
        .where(RecentItemRow.user_id == user_id)
        .order_by(RecentItemRow.seen_at.desc())
        .limit(MOST_ITEMS)
    )
    session.execute(delete(RecentItemRow).where(RecentItemRow.user_id == user_id, RecentItemRow.number.not_in(kept)))


def recent_items(session: Session, *, user_id: str) -> list[str]:
    """List the numbers a person looked at last, the newest first."""
    return list(
        session.scalars(
            select(RecentItemRow.number).where(RecentItemRow.user_id == user_id).order_by(RecentItemRow.seen_at.desc())
        )
    )
