"""The roles that a retailer's administrator defines (利用者権限設定): rights by group, segment and access."""

from collections.abc import Collection
from dataclasses import dataclass

from models.database import Session
from models.users.roles import RetailerRole, RoleInUse, RoleNameTaken, define_role, drop_role, roles_of
from rules.access.function_groups import FunctionGroup
from rules.access.standing import Grant
from rules.access.use_cases import UseCase
from usecases.access import retailer_in_any_segment
from usecases.actors import Person
from usecases.hub import Hub
from usecases.recorders import record_change

__all__ = ["RoleInUse", "RoleNameTaken"]

_USE_CASE = UseCase.SET_USER_RIGHTS


class NoSuchRole(Exception):
    """There is no such role, or it is another retailer's."""


class CannotSeeWhatToDecide(Exception):
    """The role may decide in a segment whose inbox it may not read."""


@dataclass(frozen=True, kw_only=True)
class RoleDefinition:
    """A role as its administrator wants it."""

    name: str
    grants: Collection[Grant]
    role_id: int | None = None
    """None for a new one."""


def see_roles(*, actor: Person, session: Session) -> list[RetailerRole]:
    """List the roles of the administrator's retailer."""
    return roles_of(session, retailer_code=retailer_in_any_segment(_USE_CASE, actor=actor).retailer_code)


def save_role(definition: RoleDefinition, *, actor: Person, hub: Hub) -> None:
    """Define a role, or change one: what its people may changes with the next request.

    :raises NoSuchRole: where there is none of that number.
    :raises RoleNameTaken: where another has the name.
    :raises CannotSeeWhatToDecide: where it may decide on what it may not read.
    """
    company = retailer_in_any_segment(_USE_CASE, actor=actor).retailer_code
    decided = {grant.segment for grant in definition.grants if grant.group is FunctionGroup.DECISION}
    if decided - {grant.segment for grant in definition.grants if grant.group is FunctionGroup.INBOX}:
        raise CannotSeeWhatToDecide
    with hub.database.transaction() as session:
        saved = define_role(
            session,
            retailer_code=company,
            name=definition.name,
            grants=definition.grants,
            role_id=definition.role_id,
        )
        if saved is None:
            raise NoSuchRole
        record_change(session, _USE_CASE, actor=actor, subject=f"{company}役割{saved}", what=_words(definition.grants))


def forget_role(role_id: int, *, actor: Person, hub: Hub) -> None:
    """Forget a role that nobody has.

    :raises RoleInUse: where somebody has it.
    """
    company = retailer_in_any_segment(_USE_CASE, actor=actor).retailer_code
    with hub.database.transaction() as session:
        drop_role(session, retailer_code=company, role_id=role_id)
        record_change(session, _USE_CASE, actor=actor, subject=f"{company}役割{role_id}", what="削除")


def _words(grants: Collection[Grant]) -> str:
    """Say what a role may: ``inbox:low_voltage:read decision:low_voltage:act``."""
    return " ".join(sorted(f"{grant.group.value}:{grant.segment.value}:{grant.access.value}" for grant in grants))
