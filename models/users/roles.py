"""The roles that retailers define themselves, and the rights that a person has by a role."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.users.tables import RetailerRoleRow, UserRow
from rules.access.function_groups import Access, FunctionGroup
from rules.access.standing import USUAL, Grant, Standing, hub_standing
from schemas.codes import HubRole, Segment, UserRole


class RoleNameTaken(Exception):
    """The retailer has another role of that name."""


class RoleInUse(Exception):
    """Somebody still has the role that is to go."""


@dataclass(frozen=True)
class RetailerRole:
    """A role of a retailer's own."""

    id: int
    name: str
    grants: frozenset[Grant]
    people: int
    """How many have it."""


def written(grants: Iterable[Grant]) -> list[str]:
    """Write rights as the database keeps them."""
    return sorted(f"{grant.group}:{grant.segment}:{grant.access}" for grant in grants)


def read_grants(texts: Iterable[str]) -> frozenset[Grant]:
    """Read rights as the database keeps them."""
    parts = (text.split(":") for text in texts)
    return frozenset(Grant(FunctionGroup(group), Segment(segment), Access(access)) for group, segment, access in parts)


def standing_by(role: UserRole, *, hub_roles: Iterable[str], own_grants: Iterable[str] | None) -> Standing:
    """Give what a person comes as, by the columns of their row."""
    match role:
        case UserRole.HUB_OPERATOR:
            return hub_standing(frozenset(map(HubRole, hub_roles)))
        case UserRole.RETAILER_OWN:
            return Standing(grants=read_grants(own_grants or ()))
        case _:
            return USUAL[role]


def roles_of(session: Session, *, retailer_code: str) -> list[RetailerRole]:
    """List the roles that a retailer has defined, by their names."""
    people = (
        select(func.count())
        .where(UserRow.own_role_id == RetailerRoleRow.id, UserRow.removed_at.is_(None))
        .scalar_subquery()
    )
    rows = session.execute(
        select(RetailerRoleRow.id, RetailerRoleRow.name, RetailerRoleRow.grants, people.label("people"))
        .where(RetailerRoleRow.retailer_code == retailer_code)
        .order_by(RetailerRoleRow.name)
    )
    return [RetailerRole(row.id, row.name, read_grants(row.grants), row.people) for row in rows]


def define_role(
    session: Session, *, retailer_code: str, name: str, grants: Iterable[Grant], role_id: int | None = None
) -> int | None:
    """Define a role, or what one is called and gives from now on; None where the retailer has none of that number.

    :raises RoleNameTaken: where another of the retailer's roles has the name.
    """
    values = {"name": name, "grants": written(grants)}
    change = (
        insert(RetailerRoleRow).values(retailer_code=retailer_code, **values)
        if role_id is None
        else update(RetailerRoleRow)
        .where(RetailerRoleRow.id == role_id, RetailerRoleRow.retailer_code == retailer_code)
        .values(**values)
    )
    try:
        with session.begin_nested():
            return session.execute(change.returning(RetailerRoleRow.id)).scalar_one_or_none()
    except IntegrityError as problem:
        raise RoleNameTaken(name) from problem


def drop_role(session: Session, *, retailer_code: str, role_id: int) -> None:
    """Forget a role; nothing where the retailer has none of that number.

    :raises RoleInUse: where somebody has it, or had it when they were removed.
    """
    try:
        with session.begin_nested():
            session.execute(
                delete(RetailerRoleRow).where(
                    RetailerRoleRow.id == role_id, RetailerRoleRow.retailer_code == retailer_code
                )
            )
    except IntegrityError as problem:
        raise RoleInUse from problem
