"""Where a person is logged in, and ending it there."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models.users.queries import IDLE_LIMIT, WHOLE_LIMIT, hash_of
from models.users.tables import LoginSessionRow
from rules.calendar import JST

_NAMED_BY = 16
"""Characters of a token's hash that name a session to its own person."""


@dataclass(frozen=True)
class OpenSession:
    """A session of a person."""

    name: str
    source_address: str
    browser: str
    began_at: datetime
    last_seen_at: datetime
    is_this: bool
    """True of the one that asks."""


def sessions_of(session: Session, *, user_id: str, token: str) -> list[OpenSession]:
    """List where a person is logged in, the newest first."""
    now, this = func.clock_timestamp(), hash_of(token)
    rows = session.execute(
        select(
            LoginSessionRow.token_hash,
            LoginSessionRow.source_address,
            LoginSessionRow.browser,
            LoginSessionRow.began_at,
            LoginSessionRow.last_seen_at,
        )
        .where(
            LoginSessionRow.user_id == user_id,
            LoginSessionRow.last_seen_at > now - IDLE_LIMIT,
            LoginSessionRow.began_at > now - WHOLE_LIMIT,
        )
        .order_by(LoginSessionRow.began_at.desc())
    )
    return [
        OpenSession(
            row.token_hash[:_NAMED_BY],
            row.source_address,
            row.browser,
            row.began_at.astimezone(JST),
            row.last_seen_at.astimezone(JST),
            row.token_hash == this,
        )
        for row in rows
    ]


def end_session(session: Session, *, user_id: str, name: str) -> None:
    """End a session of a person; nothing where there is none of that name any more."""
    session.execute(
        delete(LoginSessionRow).where(
            LoginSessionRow.user_id == user_id, func.left(LoginSessionRow.token_hash, _NAMED_BY) == name
        )
    )
