"""Who may do what at the screens, in words: by the one table of rights."""

from collections.abc import Iterable

from rules.access.rights import CAPACITY_OF, RIGHTS
from rules.access.use_cases import UseCase
from schemas.codes import UserRole
from web.shared.access import Permission

ANYBODY, LOGGED_IN = "anybody", "logged_in"
_WORDS = {ANYBODY: "だれでも（ログイン前も）", LOGGED_IN: "ログインした人すべて"}


def roles_with(use_cases: Iterable[UseCase]) -> frozenset[UserRole]:
    """Give the roles of people who may do any of these."""
    whose = {capacity for use_case in use_cases for capacity in RIGHTS[use_case].whose}
    return frozenset(role for role, capacity in CAPACITY_OF.items() if capacity in whose)


def roles_of(permission: str) -> frozenset[UserRole]:
    """Give the roles that may open a screen, by the name of its permission."""
    return frozenset(UserRole) if permission in _WORDS else roles_with(Permission[permission].value)


def who_words(permission: str) -> str:
    """Say in Japanese who may open a screen."""
    return _WORDS.get(permission) or role_words(roles_of(permission))


def role_words(roles: frozenset[UserRole]) -> str:
    """List roles in their own words."""
    return "、".join(CAPACITY_OF[role].label for role in UserRole if role in roles)
