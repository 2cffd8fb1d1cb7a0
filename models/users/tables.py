"""Tables of the people who use the screens. Their times are real time, not business time."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, Text, func, true
from sqlalchemy.orm import Mapped, mapped_column

from models.base import MOMENT, Base


class UserRow(Base):
    """A person."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("(role = 'hub_operator') = (retailer_code IS NULL)", name="company_by_role"),
        CheckConstraint("user_id ~ '^[0-9A-Za-z]{10}$'", name="id_of_ten"),
        CheckConstraint("starts_with(user_id, retailer_code)", name="id_begins_with_company"),
    )

    user_id: Mapped[str] = mapped_column(Text, primary_key=True)
    """The company's 4 characters and 6 of its own choosing (terms §6.1)."""
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    retailer_code: Mapped[str | None] = mapped_column(Text, ForeignKey("participants.code"), index=True)
    password_hash: Mapped[str] = mapped_column(Text)
    dense_lists: Mapped[bool] = mapped_column(server_default=true())
    """Whether lists show as many rows at once as can be, or rows that stand apart."""
    shortcuts: Mapped[bool] = mapped_column(server_default=true())
    """Whether single keys do something (WCAG 2.1.4)."""


class LoginGuardRow(Base):
    """Failures in a row for a user id, whether or not there is such a user: a lock must not tell that."""

    __tablename__ = "login_guards"

    user_id: Mapped[str] = mapped_column(Text, primary_key=True)
    failures: Mapped[int]
    locked_until: Mapped[datetime | None] = mapped_column(MOMENT)


class LoginSessionRow(Base):
    """A person at a browser, from logging in to logging out or running out of time."""

    __tablename__ = "login_sessions"

    token_hash: Mapped[str] = mapped_column(Text, primary_key=True)
    """SHA-256 of the token in the browser's cookie: who reads this table cannot come in with it."""
    user_id: Mapped[str] = mapped_column(Text, ForeignKey("users.user_id"), index=True)
    began_at: Mapped[datetime] = mapped_column(MOMENT, server_default=func.clock_timestamp())
    last_seen_at: Mapped[datetime] = mapped_column(MOMENT, server_default=func.clock_timestamp())


class LoginEventRow(Base):
    """One attempt to log in, or a logout. The user id is as it was given: there may be no such user."""

    __tablename__ = "login_events"
    __table_args__ = (Index(None, "user_id", "at"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    user_id: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text)
    source_address: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(MOMENT, server_default=func.clock_timestamp())
