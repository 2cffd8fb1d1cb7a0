"""Passwords: only their hashes are kept (Argon2id)."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""About 20 MiB for each attempt, so that several at once do not exhaust the web server."""


def hash_password(password: str) -> str:
    """Give what is kept of a password."""
    return _HASHER.hash(password)


def password_fits(password: str, *, password_hash: str | None) -> bool:
    """Tell whether a password is the one that was hashed; without one that could be known, in the same time, no."""
    try:
        _HASHER.verify(password_hash or _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(password_hash)


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash("nobody has this password")


def needs_rehash(password_hash: str) -> bool:
    """Tell whether a hash is weaker than those that are made today."""
    return _HASHER.check_needs_rehash(password_hash)
