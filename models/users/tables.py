"""Tables of the people who use the screens. Their times are real time, not business time."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Identity,
    Index,
    Text,
    UniqueConstraint,
    false,
    func,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import MOMENT, Base


class RetailerRoleRow(Base):
    """A role that a retailer's administrator has defined: rights by a name."""

    __tablename__ = "retailer_roles"
    __table_args__ = (UniqueConstraint("retailer_code", "name"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    retailer_code: Mapped[str] = mapped_column(Text, ForeignKey("participants.code"))
    name: Mapped[str] = mapped_column(Text)
    grants: Mapped[list[str]] = mapped_column(ARRAY(Text))
    """Each as group, segment and access (:func:`models.users.roles.written`)."""


class UserRow(Base):
    """A person. A row stays when its person is removed (削除): records name it, and an id is never given anew."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("(role = 'hub_operator') = (retailer_code IS NULL)", name="company_by_role"),
        CheckConstraint("user_id ~ '^[0-9A-Za-z]{10}$'", name="id_of_ten"),
        CheckConstraint("starts_with(user_id, retailer_code)", name="id_begins_with_company"),
        CheckConstraint("(role = 'retailer_own') = (own_role_id IS NOT NULL)", name="own_role_by_role"),
        CheckConstraint("role = 'hub_operator' OR hub_roles = '{}'", name="hub_roles_by_role"),
        CheckConstraint("(contractor IS NULL) = (works_until IS NULL)", name="contractor_until_a_day"),
        Index(
            "ix_users_one_administrator",
            "retailer_code",
            unique=True,
            postgresql_where=text("role = 'retailer_administrator' AND removed_at IS NULL"),
        ),
    )

    user_id: Mapped[str] = mapped_column(Text, primary_key=True)
    """The company's 4 characters and 6 of its own choosing (terms §6.1)."""
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    retailer_code: Mapped[str | None] = mapped_column(Text, ForeignKey("participants.code"), index=True)
    password_hash: Mapped[str] = mapped_column(Text)
    own_role_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("retailer_roles.id"), index=True)
    hub_roles: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    """Of the hub operator's people (:class:`schemas.codes.HubRole`)."""
    email: Mapped[str] = mapped_column(Text, server_default="")
    contractor: Mapped[str | None] = mapped_column(Text)
    """The company of a contractor's person (terms §4.8); they are in until the end of the day that is named."""
    works_until: Mapped[date | None] = mapped_column(Date)
    device: Mapped[str] = mapped_column(Text, server_default="")
    """Where the person works, so that it is known at once (terms §10.8)."""
    enabled: Mapped[bool] = mapped_column(server_default=true())
    removed_at: Mapped[datetime | None] = mapped_column(MOMENT)
    registered_at: Mapped[datetime] = mapped_column(MOMENT, server_default=func.clock_timestamp())
    last_used_at: Mapped[datetime | None] = mapped_column(MOMENT)
    """When the person came in last."""
    must_change_password: Mapped[bool] = mapped_column(server_default=false())
    """Whether somebody else knows the password: the first one, and one that was issued anew."""
    dense_lists: Mapped[bool] = mapped_column(server_default=true())
    """Whether lists show as many rows at once as can be, or rows that stand apart."""
    shortcuts: Mapped[bool] = mapped_column(server_default=true())
    """Whether single keys do something (WCAG 2.1.4)."""


class UserMailRow(Base):
    """A mail to a person's own address. No password is in it: it is made when the mail goes out."""

    __tablename__ = "user_mails"
    __table_args__ = (
        Index("ix_user_mails_waiting", "next_try_at", postgresql_where=text("sent_at IS NULL AND given_up_at IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """Its Message-ID follows from this."""
    user_id: Mapped[str] = mapped_column(Text, ForeignKey("users.user_id"), index=True)
    kind: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(MOMENT, server_default=func.clock_timestamp())
    next_try_at: Mapped[datetime] = mapped_column(MOMENT, server_default=func.clock_timestamp())
    sent_at: Mapped[datetime | None] = mapped_column(MOMENT)
    given_up_at: Mapped[datetime | None] = mapped_column(MOMENT)
    """Set where it is not to go out any more: the person was removed, or a later mail has the password."""
    attempts: Mapped[int] = mapped_column(server_default="0")
    last_error: Mapped[str | None] = mapped_column(Text)


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
    source_address: Mapped[str] = mapped_column(Text, server_default="")
    browser: Mapped[str] = mapped_column(Text, server_default="")
    """As it names itself."""
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
