"""The people of a retailer, as its administrator looks after them (システム利用者登録).

Somebody of another retailer is somebody that there is not. The administrator's own id is seen, and no administrator
changes it: it comes from the entry procedure and changes by application, and only the hub operator unlocks or reissues
it (terms §10.5).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from models.clock import business_now
from models.database import Session
from models.paging import FIRST_PAGE, Page, Turn
from models.participants.queries import is_active_retailer
from models.users.changes import People, UserIdTaken
from models.users.people import UserFilter, UserLine, find_user, list_users
from rules.access.rights import demand
from rules.access.use_cases import UseCase
from rules.calendar import day_of
from rules.user_entries import FIELDS, RoleChoice, UnsoundEntry, UserEntry, read_entry, role_key
from schemas.codes import UserRole
from usecases.access import retailer_in_any_segment
from usecases.actors import HubOperator, Person
from usecases.hub import Hub
from usecases.recorders import record_change
from usecases.roles_to_give import RoleNotTheirs, check_role, choices_to_give

__all__ = ["RoleNotTheirs", "UnsoundEntry", "UserIdTaken"]

_ADMINISTRATOR = RoleChoice(UserRole.RETAILER_ADMINISTRATOR, None, UserRole.RETAILER_ADMINISTRATOR.label)
_PIECE = 500
"""People of a file that are read at once."""


class NoSuchUser(Exception):
    """There is no such person, or they are another retailer's."""


class NotByAdministrator(Exception):
    """It is the administrator's own id, which only the hub operator touches."""


class AdministratorThere(Exception):
    """The retailer has an administrator."""


@dataclass(frozen=True, kw_only=True)
class EnablingRequest:
    """Whether somebody is to be let in."""

    user_id: str
    enabled: bool


@dataclass(frozen=True, kw_only=True)
class RoleRequest:
    """The role that somebody is to have."""

    user_id: str
    choice: RoleChoice


@dataclass(frozen=True, kw_only=True)
class AppointmentRequest:
    """A retailer's administrator, as its application names them."""

    user_id: str
    name: str = field(repr=False)
    email: str = field(repr=False)


def see_users(
    user_filter: UserFilter, *, actor: Person, session: Session, turn: Turn = FIRST_PAGE, limit: int = 50
) -> Page[UserLine]:
    """List a page of the people of the administrator's retailer."""
    company = retailer_in_any_segment(UseCase.SEE_USERS, actor=actor).retailer_code
    return list_users(session, retailer_code=company, user_filter=user_filter, turn=turn, limit=limit)


def all_users(user_filter: UserFilter, *, actor: Person, hub: Hub) -> Iterator[UserLine]:
    """Give all that a filter leaves, to be taken away as a file."""
    company, database = retailer_in_any_segment(UseCase.SEE_USERS, actor=actor).retailer_code, hub.database

    def read() -> Iterator[UserLine]:
        turn = FIRST_PAGE
        while True:
            with database.transaction() as session:
                page = list_users(session, retailer_code=company, user_filter=user_filter, turn=turn, limit=_PIECE)
            yield from page.items
            if page.after is None:
                return
            turn = Turn(after=page.after)

    return read()


def see_user(user_id: str, *, actor: Person, session: Session) -> UserLine:
    """Give a person of the administrator's retailer.

    :raises NoSuchUser: where there is none.
    """
    return _seen(session, user_id, company=retailer_in_any_segment(UseCase.SEE_USERS, actor=actor).retailer_code)


def choices_of(*, actor: Person, session: Session) -> tuple[RoleChoice, ...]:
    """List the roles that an administrator may give."""
    return choices_to_give(session, company=retailer_in_any_segment(UseCase.SEE_USERS, actor=actor).retailer_code)


def register_user(entry: UserEntry, *, actor: Person, hub: Hub) -> None:
    """Register a person, who gets id and first password by mail.

    :raises UserIdTaken: where somebody has the id, or had it.
    :raises RoleNotTheirs: where the role is none that the administrator may give.
    """
    company = retailer_in_any_segment(UseCase.REGISTER_USER, actor=actor).retailer_code
    with hub.database.transaction() as session:
        check_role(session, entry.role, entry.own_role_id, company=company)
        People(session).register(entry, retailer_code=company)
        what = role_key(entry.role, entry.own_role_id)
        record_change(session, UseCase.REGISTER_USER, actor=actor, subject=entry.user_id, what=what)


def change_user(entry: UserEntry, *, actor: Person, hub: Hub) -> None:
    """Bring what is known of a person up to date; the role has its own use case.

    :raises NoSuchUser: where there is none. So of all below.
    :raises NotByAdministrator: where it is the administrator's own id. So of all below.
    """
    company = retailer_in_any_segment(UseCase.CHANGE_USER, actor=actor).retailer_code
    with hub.database.transaction() as session:
        before = _changeable(session, entry.user_id, company=company)
        People(session).change(entry)
        what = _changed_fields(entry, before=before)
        record_change(session, UseCase.CHANGE_USER, actor=actor, subject=entry.user_id, what=what)


def set_user_rights(request: RoleRequest, *, actor: Person, hub: Hub) -> None:
    """Give a person another role.

    :raises RoleNotTheirs: where it is none that the administrator may give.
    """
    company = retailer_in_any_segment(UseCase.SET_USER_RIGHTS, actor=actor).retailer_code
    with hub.database.transaction() as session:
        _changeable(session, request.user_id, company=company)
        role, own_role_id = request.choice.role, request.choice.own_role_id
        check_role(session, role, own_role_id, company=company)
        People(session).set_role(request.user_id, role=role, own_role_id=own_role_id)
        record_change(session, UseCase.SET_USER_RIGHTS, actor=actor, subject=request.user_id, what=request.choice.key)


def remove_user(user_id: str, *, actor: Person, hub: Hub) -> None:
    """Remove a person, who is out at once."""
    company = retailer_in_any_segment(UseCase.REMOVE_USER, actor=actor).retailer_code
    with hub.database.transaction() as session:
        _changeable(session, user_id, company=company)
        People(session).remove(user_id)
        record_change(session, UseCase.REMOVE_USER, actor=actor, subject=user_id, what="")


def enable_user(request: EnablingRequest, *, actor: Person, hub: Hub) -> None:
    """Let a person in again, or keep them out from now on."""
    company = retailer_in_any_segment(UseCase.ENABLE_USER, actor=actor).retailer_code
    with hub.database.transaction() as session:
        _changeable(session, request.user_id, company=company)
        People(session).set_enabled(request.user_id, enabled=request.enabled)
        what = "有効" if request.enabled else "無効"
        record_change(session, UseCase.ENABLE_USER, actor=actor, subject=request.user_id, what=what)


def unlock_user(user_id: str, *, actor: Person, hub: Hub) -> None:
    """Let a person whose id is locked try again at once; the hub operator does so for administrators."""
    demand(UseCase.UNLOCK_USER, capacity=actor.capacity, segment=None)
    with hub.database.transaction() as session:
        _rescued(session, user_id, actor=actor)
        People(session).unlock(user_id)
        record_change(session, UseCase.UNLOCK_USER, actor=actor, subject=user_id, what="")


def reissue_password(user_id: str, *, actor: Person, hub: Hub) -> None:
    """Have a new password sent to a person's own address; the hub operator does so for administrators."""
    demand(UseCase.REISSUE_PASSWORD, capacity=actor.capacity, segment=None)
    with hub.database.transaction() as session:
        _rescued(session, user_id, actor=actor)
        People(session).reissue_password(user_id)
        record_change(session, UseCase.REISSUE_PASSWORD, actor=actor, subject=user_id, what="")


def appoint_administrator(request: AppointmentRequest, *, actor: Person, hub: Hub) -> None:
    """Give a retailer its administrator's id, as its application names it (terms §10.5).

    :raises UnsoundEntry: where it names nobody who could be one.
    :raises NoSuchUser: where no such retailer takes part.
    :raises AdministratorThere: where it has one.
    :raises UserIdTaken: where somebody has the id, or had it.
    """
    demand(UseCase.APPOINT_ADMINISTRATOR, capacity=actor.capacity, segment=None)
    company = request.user_id[:4]
    texts = {"user_id": request.user_id, "name": request.name, "email": request.email, "role": _ADMINISTRATOR.key}
    with hub.database.transaction() as session:
        today = day_of(business_now(session))
        entry = read_entry(texts, company=company, choices=[_ADMINISTRATOR], today=today)
        if not is_active_retailer(session, code=company, on=today):
            raise NoSuchUser(entry.user_id)
        administrators = UserFilter(role=UserRole.RETAILER_ADMINISTRATOR)
        if list_users(session, retailer_code=company, user_filter=administrators).items:
            raise AdministratorThere(company)
        People(session).register(entry, retailer_code=company)
        record_change(session, UseCase.APPOINT_ADMINISTRATOR, actor=actor, subject=entry.user_id, what="")


def _seen(session: Session, user_id: str, *, company: str) -> UserLine:
    user = find_user(session, user_id=user_id)
    if user is None or user.retailer_code != company:
        raise NoSuchUser(user_id)
    return user


def _changeable(session: Session, user_id: str, *, company: str) -> UserLine:
    user = _seen(session, user_id, company=company)
    if user.role is UserRole.RETAILER_ADMINISTRATOR:
        raise NotByAdministrator(user_id)
    return user


def _changed_fields(entry: UserEntry, *, before: UserLine) -> str:
    """Name the fields that change; what they say is personal."""
    changed = {
        "name": entry.name != before.name,
        "email": entry.email != before.email,
        "contractor": entry.contractor != before.contractor,
        "works_until": entry.works_until != before.works_until,
        "device": entry.device != before.device,
    }
    return "、".join(FIELDS[name] for name, differs in changed.items() if differs)


def _rescued(session: Session, user_id: str, *, actor: Person) -> None:
    if not isinstance(actor, HubOperator):
        _changeable(session, user_id, company=actor.retailer_code)
        return
    user = find_user(session, user_id=user_id)
    if user is None or user.role not in (UserRole.RETAILER_ADMINISTRATOR, UserRole.HUB_OPERATOR):
        raise NoSuchUser(user_id)
