"""The roles that a retailer's administrator may give: the usual ones, and the retailer's own."""

from models.database import Session
from models.users.roles import roles_of
from rules.user_entries import RoleChoice, role_choices
from schemas.codes import UserRole


class RoleNotTheirs(Exception):
    """The role is none that the administrator may give: the administrator's, the hub operator's, another retailer's."""


def choices_to_give(session: Session, *, company: str) -> tuple[RoleChoice, ...]:
    """List them."""
    return role_choices({role.id: role.name for role in roles_of(session, retailer_code=company)})


def check_role(session: Session, role: UserRole, own_role_id: int | None, *, company: str) -> None:
    """Go on only with one of them.

    :raises RoleNotTheirs: where it is none.
    """
    given = {(choice.role, choice.own_role_id) for choice in choices_to_give(session, company=company)}
    if (role, own_role_id) not in given:
        raise RoleNotTheirs(role)
