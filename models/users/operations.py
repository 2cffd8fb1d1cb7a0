"""Writes on the people who use the screens: registering them, letting them in, letting them out."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.users.queries import IDLE_LIMIT, WHOLE_LIMIT, Viewer, find_viewer, hash_of
from models.users.tables import LoginEventRow, LoginGuardRow, LoginSessionRow, UserRow
from rules.calendar import JST
from schemas.codes import HubRole, LoginOutcome, UserRole

FAILURES_BEFORE_LOCK = 5
LOCKED_FOR = timedelta(minutes=30)
MOST_SESSIONS = 5
"""That one person may have at the same time, where no other number is set: one more ends the oldest."""
_LONGEST_NAME = 200
"""Characters that are kept of what a browser calls itself."""


@dataclass(frozen=True)
class LoginResult:
    """What came of an attempt to log in."""

    outcome: LoginOutcome
    viewer: Viewer | None = None
    token: str | None = None
    """For the browser's cookie; kept nowhere else."""
    locked_until: datetime | None = None
    """Real time, in Japan; set also by the failure that led to the lock."""


@dataclass(frozen=True)
class Contract:
    """By what somebody works for a retailer that does not employ them (受託者, terms §4.8)."""

    company: str
    until: date
    """The last day on which they come in."""


class UserOutOfPlace(Exception):
    """A user id does not begin with its company's code, or a role does not belong to such a company."""


def register_user(
    session: Session,
    *,
    user_id: str,
    name: str,
    role: UserRole,
    retailer_code: str | None,
    password_hash: str,
    hub_roles: Iterable[HubRole] = (),
    contract: Contract | None = None,
    email: str = "",
) -> None:
    """Register a user, or bring what is known of them up to date.

    :param contract: of a contractor's person.
    :raises UserOutOfPlace: when id, role and company do not go together.
    """
    if (role is UserRole.HUB_OPERATOR) != (retailer_code is None) or not user_id.startswith(retailer_code or ""):
        raise UserOutOfPlace(user_id)
    values = {
        "name": name,
        "role": role.value,
        "retailer_code": retailer_code,
        "password_hash": password_hash,
        "hub_roles": [hub_role.value for hub_role in hub_roles],
        "contractor": contract and contract.company,
        "works_until": contract and contract.until,
        "email": email,
    }
    session.execute(
        insert(UserRow)
        .values(user_id=user_id, **values)
        .on_conflict_do_update(index_elements=[UserRow.user_id], set_=values)
    )


def log_in(
    session: Session,
    *,
    user_id: str,
    password_fits: bool,
    source_address: str,
    browser: str = "",
    most_sessions: int = MOST_SESSIONS,
) -> LoginResult:
    """Let a user in, or count a failure; five in a row lock the user id for half an hour.

    The password is looked at before, outside the transaction, because that takes long. Attempts side by side are
    counted one after the other here: what was right all the same is refused once the id is locked.
    """
    guard, now = _guard_of(session, user_id)
    if guard is not None and guard > now:
        _note(session, user_id, LoginOutcome.LOCKED, source_address)
        return LoginResult(LoginOutcome.LOCKED, locked_until=guard.astimezone(JST))
    viewer = find_viewer(session, user_id=user_id) if password_fits else None
    if viewer is None:
        _note(session, user_id, LoginOutcome.FAILED, source_address)
        return LoginResult(LoginOutcome.FAILED, locked_until=_count_failure(session, user_id, now))
    session.execute(delete(LoginGuardRow).where(LoginGuardRow.user_id == user_id))
    session.execute(update(UserRow).where(UserRow.user_id == user_id).values(last_used_at=now))
    _note(session, user_id, LoginOutcome.SUCCEEDED, source_address)
    _end_sessions(session, user_id, now, leave=most_sessions - 1)
    token = _begin_session(session, user_id, source_address=source_address, browser=browser)
    return LoginResult(LoginOutcome.SUCCEEDED, viewer, token)


def change_password(
    session: Session, *, user_id: str, password_fits: bool, new_hash: str, source_address: str, browser: str = ""
) -> LoginResult:
    """Take a new password of somebody who knows the one of before, and end all sessions but a new one.

    Whoever does not know it is counted as at a login: a session that was left open is no way to guess it.
    """
    result = log_in(
        session, user_id=user_id, password_fits=password_fits, source_address=source_address, browser=browser
    )
    if result.token is None:
        return result
    session.execute(
        update(UserRow).where(UserRow.user_id == user_id).values(password_hash=new_hash, must_change_password=False)
    )
    session.execute(
        delete(LoginSessionRow).where(
            LoginSessionRow.user_id == user_id, LoginSessionRow.token_hash != hash_of(result.token)
        )
    )
    return result


def keep_hash(session: Session, *, user_id: str, old_hash: str, new_hash: str) -> None:
    """Keep the same password by a hash of today's strength, unless it was changed meanwhile."""
    session.execute(
        update(UserRow)
        .where(UserRow.user_id == user_id, UserRow.password_hash == old_hash)
        .values(password_hash=new_hash)
    )


def log_out(session: Session, *, token: str, source_address: str) -> None:
    """End a session; nothing where there is none any more."""
    user_id = session.execute(
        delete(LoginSessionRow).where(LoginSessionRow.token_hash == hash_of(token)).returning(LoginSessionRow.user_id)
    ).scalar_one_or_none()
    if user_id is not None:
        _note(session, user_id, LoginOutcome.LOGGED_OUT, source_address)


def _guard_of(session: Session, user_id: str) -> tuple[datetime | None, datetime]:
    """Take the lock under which attempts are counted; give until when the id is locked, and the time."""
    session.execute(insert(LoginGuardRow).values(user_id=user_id, failures=0).on_conflict_do_nothing())
    locked_until = session.execute(
        select(LoginGuardRow.locked_until).where(LoginGuardRow.user_id == user_id).with_for_update()
    ).scalar_one()
    return locked_until, session.execute(select(func.clock_timestamp())).scalar_one()


def _count_failure(session: Session, user_id: str, now: datetime) -> datetime | None:
    """Count a failure, and give until when it locks the id; a lock that is over took the failures before it with it."""
    mine = LoginGuardRow.user_id == user_id
    failures = session.execute(
        update(LoginGuardRow)
        .where(mine)
        .values(failures=LoginGuardRow.failures + 1, locked_until=None)
        .returning(LoginGuardRow.failures)
    ).scalar_one()
    if failures < FAILURES_BEFORE_LOCK:
        return None
    until = now + LOCKED_FOR
    session.execute(update(LoginGuardRow).where(mine).values(failures=0, locked_until=until))
    return until.astimezone(JST)


def _end_sessions(session: Session, user_id: str, now: datetime, *, leave: int) -> None:
    """End the user's sessions but for the newest, and those whose time is over."""
    mine = LoginSessionRow.user_id == user_id
    session.execute(
        delete(LoginSessionRow).where(
            mine, or_(LoginSessionRow.last_seen_at <= now - IDLE_LIMIT, LoginSessionRow.began_at <= now - WHOLE_LIMIT)
        )
    )
    newest = select(LoginSessionRow.token_hash).where(mine).order_by(LoginSessionRow.began_at.desc()).limit(leave)
    session.execute(delete(LoginSessionRow).where(mine, LoginSessionRow.token_hash.not_in(newest)))


def _begin_session(session: Session, user_id: str, *, source_address: str, browser: str) -> str:
    token = secrets.token_urlsafe(32)
    session.execute(
        plain_insert(LoginSessionRow).values(
            token_hash=hash_of(token), user_id=user_id, source_address=source_address, browser=browser[:_LONGEST_NAME]
        )
    )
    return token


def _note(session: Session, user_id: str, outcome: LoginOutcome, source_address: str) -> None:
    session.execute(
        plain_insert(LoginEventRow).values(user_id=user_id, outcome=outcome.value, source_address=source_address)
    )


def set_preferences(session: Session, *, user_id: str, dense_lists: bool, shortcuts: bool) -> None:
    """Note how a person wants lists, and whether single keys do something."""
    session.execute(
        update(UserRow).where(UserRow.user_id == user_id).values(dense_lists=dense_lists, shortcuts=shortcuts)
    )
