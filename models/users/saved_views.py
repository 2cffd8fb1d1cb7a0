"""Lists that people look at again and again: what they filtered, sorted and chose, by a name of their own."""

from sqlalchemy import ForeignKey, Text, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from models.users.tables import UserRow

MOST_VIEWS = 20
"""That one person can keep."""


class TooManyViews(Exception):
    """A person keeps as many as anybody can, and wants one more."""


class SavedViewRow(Base):
    """A list as a person keeps it. It names no customer."""

    __tablename__ = "saved_views"

    user_id: Mapped[str] = mapped_column(Text, ForeignKey("users.user_id"), primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    query: Mapped[str] = mapped_column(Text)
    """What stands in the address of the list."""


def save_view(session: Session, *, user_id: str, name: str, query: str) -> None:
    """Keep a list by a name, in place of what had that name.

    :raises TooManyViews: when it is one more than anybody can keep.
    """
    session.execute(select(UserRow.user_id).where(UserRow.user_id == user_id).with_for_update(key_share=True))
    others = select(func.count()).where(SavedViewRow.user_id == user_id, SavedViewRow.name != name)
    if session.execute(others).scalar_one() >= MOST_VIEWS:
        raise TooManyViews
    session.execute(
        insert(SavedViewRow)
        .values(user_id=user_id, name=name, query=query)
        .on_conflict_do_update(index_elements=[SavedViewRow.user_id, SavedViewRow.name], set_={"query": query})
    )


def drop_view(session: Session, *, user_id: str, name: str) -> None:
    """Forget a list."""
    session.execute(delete(SavedViewRow).where(SavedViewRow.user_id == user_id, SavedViewRow.name == name))


def saved_views(session: Session, *, user_id: str) -> dict[str, str]:
    """Give the addresses' queries of a person's lists by their names."""
    rows = session.execute(
        select(SavedViewRow.name, SavedViewRow.query).where(SavedViewRow.user_id == user_id).order_by(SavedViewRow.name)
    )
    return {row.name: row.query for row in rows}
