"""The mails that go to people's own addresses, and the password that goes with some of them."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from models.backoff import LONGEST_ERROR, pause_after
from models.mail.operations import LONGEST_BACKOFF
from models.users.tables import LoginSessionRow, UserMailRow, UserRow
from rules.calendar import JST
from rules.user_mails import UserMailKind


@dataclass(frozen=True)
class UserMail:
    """A mail that is to be sent to a person."""

    id: UUID
    kind: UserMailKind
    user_id: str
    name: str = field(repr=False)
    address: str = field(repr=False)
    created_at: datetime


def claim_user_mail(session: Session) -> UserMail | None:
    """Find a mail that is due and that no other sender has in hand, and keep others off it until the transaction ends.

    What is for a person who was removed is given up.
    """
    row = session.execute(
        select(
            UserMailRow.id, UserMailRow.kind, UserMailRow.user_id, UserMailRow.created_at, UserRow.name, UserRow.email
        )
        .join(UserRow, UserRow.user_id == UserMailRow.user_id)
        .where(
            UserMailRow.sent_at.is_(None),
            UserMailRow.given_up_at.is_(None),
            UserMailRow.next_try_at <= func.clock_timestamp(),
            UserRow.removed_at.is_(None),
        )
        .order_by(UserMailRow.next_try_at)
        .limit(1)
        .with_for_update(of=UserMailRow, skip_locked=True)
    ).one_or_none()
    if row is None:
        return None
    kind = UserMailKind(row.kind)
    return UserMail(row.id, kind, row.user_id, row.name, row.email, row.created_at.astimezone(JST))


def set_password_of_mail(session: Session, *, user_id: str, password_hash: str) -> None:
    """Let in by the password that is about to go out, and by no other; whoever is in has to come in anew."""
    session.execute(
        update(UserRow).where(UserRow.user_id == user_id).values(password_hash=password_hash, must_change_password=True)
    )
    session.execute(delete(LoginSessionRow).where(LoginSessionRow.user_id == user_id))


def note_user_mail_sent(session: Session, mail: UserMail) -> None:
    """Note that the mail server has taken it; with a password in it, earlier ones that wait have none to tell."""
    mine = UserMailRow.id == mail.id
    session.execute(
        update(UserMailRow)
        .where(mine)
        .values(sent_at=func.clock_timestamp(), attempts=UserMailRow.attempts + 1, last_error=None)
    )
    if mail.kind.has_password:
        with_password = [kind.value for kind in UserMailKind if kind.has_password]
        session.execute(
            update(UserMailRow)
            .where(
                UserMailRow.user_id == mail.user_id,
                UserMailRow.sent_at.is_(None),
                UserMailRow.created_at <= mail.created_at,
                UserMailRow.kind.in_(with_password),
                ~mine,
            )
            .values(given_up_at=func.clock_timestamp())
        )


def note_user_mail_not_sent(session: Session, mail: UserMail, *, error: str) -> int:
    """Put it off, each time twice as long, and give how often it was tried."""
    return session.execute(
        update(UserMailRow)
        .where(UserMailRow.id == mail.id)
        .values(
            attempts=UserMailRow.attempts + 1,
            next_try_at=func.clock_timestamp() + pause_after(UserMailRow.attempts, longest=LONGEST_BACKOFF),
            last_error=error[:LONGEST_ERROR],
        )
        .returning(UserMailRow.attempts)
    ).scalar_one()
