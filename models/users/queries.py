"""Reads on the people who use the screens."""

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from models.clock import business_now
from models.participants.queries import is_active_retailer
from models.participants.tables import ParticipantRow
from models.users.roles import standing_by
from models.users.tables import LoginSessionRow, RetailerRoleRow, UserRow
from rules.access.rights import is_allowed
from rules.access.standing import Standing
from rules.access.use_cases import UseCase
from rules.calendar import day_of
from schemas.codes import UserRole

IDLE_LIMIT = timedelta(minutes=30)
"""Without a request for as long, a session has ended."""
WHOLE_LIMIT = timedelta(hours=12)
"""After as long, a session ends in any case."""
_REMEMBERED = timedelta(days=1)
HUB_NAME = "広域機関"


@dataclass(frozen=True)
class Viewer:
    """The person who looks at a screen."""

    user_id: str
    name: str
    role: UserRole
    retailer_code: str | None
    """None for the hub operator, who sees all cases."""
    company: str = ""
    """Name of the retailer, or of the hub operator."""
    dense_lists: bool = True
    shortcuts: bool = True
    """How the person wants lists, and whether single keys do something."""
    standing: Standing = field(default=Standing(), repr=False)
    """What the person may."""
    role_name: str = ""
    """What the role is called, where the retailer has defined it itself."""
    must_change_password: bool = False
    """Whether somebody else knows the password: nothing can be done before it is changed."""

    @property
    def role_words(self) -> str:
        """Name the role as people read it."""
        return self.role_name or self.role.label

    @property
    def may_decide(self) -> bool:
        """True where this person may answer a referral (廃止取次判断)."""
        return is_allowed(UseCase.DECIDE_REFERRAL, capacity=self.standing)


def password_hash_of(session: Session, *, user_id: str) -> str | None:
    """Give what is kept of a user's password; None where there is no such user."""
    return session.execute(select(UserRow.password_hash).where(UserRow.user_id == user_id)).scalar_one_or_none()


def find_viewer(session: Session, *, user_id: str) -> Viewer | None:
    """Find a user who is in, and whose company takes part today.

    None too for who is disabled or removed, and for a contractor's person whose last day is over.
    """
    row = session.execute(
        select(
            UserRow.name,
            UserRow.role,
            UserRow.retailer_code,
            UserRow.dense_lists,
            UserRow.shortcuts,
            UserRow.works_until,
            UserRow.must_change_password,
            UserRow.hub_roles,
            RetailerRoleRow.name.label("role_name"),
            RetailerRoleRow.grants,
            ParticipantRow.name.label("company"),
        )
        .join(ParticipantRow, ParticipantRow.code == UserRow.retailer_code, isouter=True)
        .join(RetailerRoleRow, RetailerRoleRow.id == UserRow.own_role_id, isouter=True)
        .where(UserRow.user_id == user_id, UserRow.enabled, UserRow.removed_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    today = day_of(business_now(session))
    if row.works_until is not None and row.works_until < today:
        return None
    if row.retailer_code is not None and not is_active_retailer(session, code=row.retailer_code, on=today):
        return None
    role = UserRole(row.role)
    return Viewer(
        user_id,
        row.name,
        role,
        row.retailer_code,
        row.company or HUB_NAME,
        row.dense_lists,
        row.shortcuts,
        standing_by(role, hub_roles=row.hub_roles, own_grants=row.grants),
        row.role_name or "",
        row.must_change_password,
    )


def colleagues_of(session: Session, *, retailer_code: str) -> list[Viewer]:
    """List the people of a company who are in, by their names."""
    rows = session.execute(
        select(UserRow.user_id, UserRow.name, UserRow.role, RetailerRoleRow.grants)
        .join(RetailerRoleRow, RetailerRoleRow.id == UserRow.own_role_id, isouter=True)
        .where(UserRow.retailer_code == retailer_code, UserRow.enabled, UserRow.removed_at.is_(None))
        .order_by(UserRow.name, UserRow.user_id)
    )
    return [
        Viewer(
            row.user_id, row.name, role, retailer_code, standing=standing_by(role, hub_roles=(), own_grants=row.grants)
        )
        for row in rows
        for role in [UserRole(row.role)]
    ]


def viewer_of_session(session: Session, *, token: str) -> Viewer | None:
    """Give whose session a token belongs to, and note that it is in use.

    None where there is no such session, or its time is over.
    """
    now = func.clock_timestamp()
    user_id = session.execute(
        update(LoginSessionRow)
        .where(
            LoginSessionRow.token_hash == hash_of(token),
            LoginSessionRow.last_seen_at > now - IDLE_LIMIT,
            LoginSessionRow.began_at > now - WHOLE_LIMIT,
        )
        .values(last_seen_at=now)
        .returning(LoginSessionRow.user_id)
    ).scalar_one_or_none()
    return None if user_id is None else find_viewer(session, user_id=user_id)


def user_of_ended_session(session: Session, *, token: str) -> str | None:
    """Tell whose a session was that has run out of time within the last day."""
    now = func.clock_timestamp()
    return session.scalar(
        select(LoginSessionRow.user_id).where(
            LoginSessionRow.token_hash == hash_of(token),
            LoginSessionRow.last_seen_at > now - _REMEMBERED,
            or_(LoginSessionRow.last_seen_at <= now - IDLE_LIMIT, LoginSessionRow.began_at <= now - WHOLE_LIMIT),
        )
    )


def hash_of(token: str) -> str:
    """Give what is kept of a session's token, which is random and needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
