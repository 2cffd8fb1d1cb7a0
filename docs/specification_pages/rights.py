"""Who may do what at the screens, in words: by the one table of rights."""

from collections.abc import Iterable

from rules.access.rights import is_allowed
from rules.access.standing import EVERY_HUB_ROLE, USUAL
from rules.access.use_cases import UseCase
from schemas.codes import UserRole
from web.shared.access import Permission

ANYBODY, LOGGED_IN = "anybody", "logged_in"
STANDINGS = {**USUAL, UserRole.HUB_OPERATOR: EVERY_HUB_ROLE}
"""Of the roles that there are everywhere: what retailers define themselves, the documents cannot know."""
_WORDS = {ANYBODY: "だれでも（ログイン前も）", LOGGED_IN: "ログインした人すべて"}
_WHOSE = {
    UserRole.RETAILER_STAFF: "小売電気事業者の担当者(照会のみ)",
    UserRole.RETAILER_DECIDER: "小売電気事業者の担当者(取次判断可)",
    UserRole.RETAILER_ADMINISTRATOR: "小売電気事業者の管理者",
    UserRole.HUB_OPERATOR: "広域機関の担当者",
}


def roles_with(use_cases: Iterable[UseCase]) -> frozenset[UserRole]:
    """Give the roles of people who may do any of these."""
    wanted = frozenset(use_cases)
    return frozenset(
        role
        for role, standing in STANDINGS.items()
        if any(is_allowed(use_case, capacity=standing) for use_case in wanted)
    )


def roles_of(permission: str) -> frozenset[UserRole]:
    """Give the roles that may open a screen, by the name of its permission."""
    return frozenset(STANDINGS) if permission in _WORDS else roles_with(Permission[permission].value)


def who_words(permission: str) -> str:
    """Say in Japanese who may open a screen."""
    return _WORDS.get(permission) or role_words(roles_of(permission))


def role_words(roles: frozenset[UserRole]) -> str:
    """List roles in their own words."""
    return "、".join(_WHOSE[role] for role in STANDINGS if role in roles)
