"""Writes on the people of a retailer as its administrator makes them; who makes one puts it on record."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or
from sqlalchemy.orm import Session

from models.notifications import MAIL_NOTED, telling
from models.users.tables import LoginGuardRow, LoginSessionRow, UserMailRow, UserRow
from rules.user_entries import UserEntry
from rules.user_mails import UserMailKind
from schemas.codes import UserRole

NO_PASSWORD = ""
"""Kept in place of a hash while there is no password that anybody knows: nothing fits it."""


class UserIdTaken(Exception):
    """Somebody has the user id, or had it."""


class People:
    """The people of the hub in a transaction, to be changed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def register(self, entry: UserEntry, *, retailer_code: str) -> None:
        """Register a person, who hears the first password by mail.

        :raises UserIdTaken: where the id is not free.
        """
        values = {
            **_of_entry(entry),
            **_of_role(entry.role, entry.own_role_id),
            "user_id": entry.user_id,
            "retailer_code": retailer_code,
            "password_hash": NO_PASSWORD,
            "must_change_password": True,
        }
        added = self._session.execute(
            insert_or(UserRow)
            .values(values)
            .on_conflict_do_nothing(index_elements=[UserRow.user_id])
            .returning(UserRow.user_id)
        ).scalar_one_or_none()
        if added is None:
            raise UserIdTaken(entry.user_id)
        self._tell(entry.user_id, UserMailKind.REGISTERED)

    def change(self, entry: UserEntry) -> None:
        """Bring what is known of a person up to date, but for id and role; they hear of it by mail."""
        self._set(entry.user_id, _of_entry(entry))
        self._tell(entry.user_id, UserMailKind.CHANGED)

    def set_role(self, user_id: str, *, role: UserRole, own_role_id: int | None) -> None:
        """Give a person another role, which holds from the next request on."""
        self._set(user_id, _of_role(role, own_role_id))
        self._tell(user_id, UserMailKind.CHANGED)

    def remove(self, user_id: str) -> None:
        """Remove a person: they are out at once, and their id is never given anew."""
        self._set(user_id, {"removed_at": func.clock_timestamp(), "password_hash": NO_PASSWORD, "email": ""})
        self._end_sessions(user_id)

    def unlock(self, user_id: str) -> None:
        """Let a person try again at once."""
        self._session.execute(delete(LoginGuardRow).where(LoginGuardRow.user_id == user_id))

    def set_enabled(self, user_id: str, *, enabled: bool) -> None:
        """Let a person in again, or keep them out from now on."""
        values: dict[str, Any] = {"enabled": enabled}
        if enabled:
            values["last_used_at"] = func.clock_timestamp()  # or who was out for long would be out again at once
        else:
            self._end_sessions(user_id)
        self._set(user_id, values)

    def reissue_password(self, user_id: str) -> None:
        """Take a person's password away, and have a new one sent to them."""
        self._set(user_id, {"password_hash": NO_PASSWORD, "must_change_password": True})
        self._end_sessions(user_id)
        self._tell(user_id, UserMailKind.REISSUED)

    def _set(self, user_id: str, values: Mapping[str, Any]) -> None:
        self._session.execute(update(UserRow).where(UserRow.user_id == user_id).values(**values))

    def _end_sessions(self, user_id: str) -> None:
        self._session.execute(delete(LoginSessionRow).where(LoginSessionRow.user_id == user_id))

    def _tell(self, user_id: str, kind: UserMailKind) -> None:
        self._session.execute(insert(UserMailRow).values(id=uuid4(), user_id=user_id, kind=kind.value))
        self._session.execute(select(telling(MAIL_NOTED)))


def _of_entry(entry: UserEntry) -> dict[str, Any]:
    return {
        "name": entry.name,
        "email": entry.email,
        "contractor": entry.contractor,
        "works_until": entry.works_until,
        "device": entry.device,
    }


def _of_role(role: UserRole, own_role_id: int | None) -> dict[str, Any]:
    return {"role": role.value, "own_role_id": own_role_id}
