"""The people of a retailer as its administrator sees them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVarTuple

from sqlalchemy import Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from models.paging import FIRST_PAGE, Order, Page, Turn, turn_to
from models.users.queries import IDLE_LIMIT, WHOLE_LIMIT
from models.users.tables import LoginGuardRow, LoginSessionRow, RetailerRoleRow, UserRow
from schemas.codes import Code, UserRole

Columns = TypeVarTuple("Columns")
_LISTED = Order(UserRow.registered_at, UserRow.user_id)


class UserState(Code):
    """Whether somebody can come in."""

    ENABLED = "enabled", "有効"
    LOCKED = "locked", "ロック中"
    DISABLED = "disabled", "無効"


@dataclass(frozen=True, kw_only=True)
class UserFilter:
    """Which people are wanted; what is empty does not count."""

    text: str = ""
    """In the id, the name, the contractor's company or the device."""
    state: UserState | None = None
    role: UserRole | None = None
    contractors: bool | None = None


@dataclass(frozen=True, kw_only=True)
class UserLine:
    """A person."""

    user_id: str
    name: str = field(repr=False)
    email: str = field(repr=False)
    role: UserRole
    own_role_id: int | None
    role_name: str | None
    retailer_code: str | None
    contractor: str | None
    works_until: date | None
    device: str
    enabled: bool
    is_locked: bool
    must_change_password: bool
    registered_at: datetime
    last_used_at: datetime | None
    sessions: int
    """At how many browsers they are logged in: several may be several people."""

    @property
    def state(self) -> UserState:
        """Tell whether they can come in."""
        if not self.enabled:
            return UserState.DISABLED
        return UserState.LOCKED if self.is_locked else UserState.ENABLED

    @property
    def role_words(self) -> str:
        """Name the role as people read it."""
        return self.role_name or self.role.label


_LOCKED = func.coalesce(LoginGuardRow.locked_until > func.clock_timestamp(), False)
_SESSIONS = (
    select(func.count())
    .where(
        LoginSessionRow.user_id == UserRow.user_id,
        LoginSessionRow.last_seen_at > func.clock_timestamp() - IDLE_LIMIT,
        LoginSessionRow.began_at > func.clock_timestamp() - WHOLE_LIMIT,
    )
    .scalar_subquery()
)
_PEOPLE = (
    select(
        UserRow.user_id,
        UserRow.name,
        UserRow.email,
        UserRow.role,
        UserRow.own_role_id,
        RetailerRoleRow.name.label("role_name"),
        UserRow.retailer_code,
        UserRow.contractor,
        UserRow.works_until,
        UserRow.device,
        UserRow.enabled,
        _LOCKED.label("is_locked"),
        UserRow.must_change_password,
        UserRow.registered_at,
        UserRow.last_used_at,
        _SESSIONS.label("sessions"),
    )
    .outerjoin(LoginGuardRow, LoginGuardRow.user_id == UserRow.user_id)
    .outerjoin(RetailerRoleRow, RetailerRoleRow.id == UserRow.own_role_id)
    .where(UserRow.removed_at.is_(None))
)


def list_users(
    session: Session, *, retailer_code: str, user_filter: UserFilter, turn: Turn = FIRST_PAGE, limit: int = 50
) -> Page[UserLine]:
    """List a page of the people that are wanted, in the order in which they were registered.

    :raises Refused: HUB-F001 when the cursor is none of ours.
    """
    wanted = _narrowed(_PEOPLE.where(UserRow.retailer_code == retailer_code), user_filter)

    def fetch(turn: Turn, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
        return session.execute(_LISTED.next_rows(wanted, turn, limit=limit)).all()

    page = turn_to(fetch, turn=turn, order=_LISTED, limit=limit)
    return Page([_line(row) for row in page.items], before=page.before, after=page.after)


def find_user(session: Session, *, user_id: str) -> UserLine | None:
    """Find a person who is not removed."""
    row = session.execute(_PEOPLE.where(UserRow.user_id == user_id)).one_or_none()
    return None if row is None else _line(row)


def ids_of(session: Session, *, retailer_code: str) -> set[str]:
    """List all user ids that a retailer has ever given."""
    return set(session.scalars(select(UserRow.user_id).where(UserRow.retailer_code == retailer_code)))


def unused_since(session: Session, *, unused_for: timedelta) -> list[str]:
    """List who is enabled and has not come in for as long, but for administrators and the hub operator's people."""
    last = func.coalesce(UserRow.last_used_at, UserRow.registered_at)
    kept_in = [UserRole.RETAILER_ADMINISTRATOR.value, UserRole.HUB_OPERATOR.value]
    return list(
        session.scalars(
            select(UserRow.user_id)
            .where(
                UserRow.enabled,
                UserRow.removed_at.is_(None),
                UserRow.role.not_in(kept_in),
                last < func.clock_timestamp() - unused_for,
            )
            .order_by(UserRow.user_id)
            .with_for_update(skip_locked=True)
        )
    )


def _narrowed(statement: Select[*Columns], wanted: UserFilter) -> Select[*Columns]:
    if wanted.text:
        columns = (UserRow.user_id, UserRow.name, UserRow.contractor, UserRow.device)
        statement = statement.where(or_(*(column.icontains(wanted.text, autoescape=True) for column in columns)))
    if wanted.role is not None:
        statement = statement.where(UserRow.role == wanted.role.value)
    if wanted.contractors is not None:
        has = UserRow.contractor.is_not(None)
        statement = statement.where(has if wanted.contractors else ~has)
    match wanted.state:
        case UserState.DISABLED:
            return statement.where(~UserRow.enabled)
        case UserState.LOCKED:
            return statement.where(and_(UserRow.enabled, _LOCKED))
        case UserState.ENABLED:
            return statement.where(and_(UserRow.enabled, ~_LOCKED))
        case None:
            return statement


def _line(row: Any) -> UserLine:
    return UserLine(**row._asdict() | {"role": UserRole(row.role)})
