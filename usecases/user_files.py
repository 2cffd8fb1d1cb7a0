"""Several people registered at once from a file (ユーザ一括登録): checked whole first, then all of it or nothing."""

from collections.abc import Sequence

from models.clock import business_now
from models.users.changes import People
from models.users.people import ids_of
from rules.access.use_cases import UseCase
from rules.calendar import day_of
from rules.user_entries import UserEntry, role_key
from rules.user_files import PersonRow, read_people
from usecases.access import retailer_in_any_segment
from usecases.actors import Person
from usecases.hub import Hub
from usecases.recorders import record_change
from usecases.roles_to_give import check_role, choices_to_give

_USE_CASE = UseCase.REGISTER_USERS


def check_users(data: bytes, *, actor: Person, hub: Hub) -> list[PersonRow]:
    """Read a file and say of each row what speaks against it; nothing is registered.

    :raises FileFault: where nothing of it can be used.
    """
    company = retailer_in_any_segment(_USE_CASE, actor=actor).retailer_code
    with hub.database.transaction() as session:
        choices = choices_to_give(session, company=company)
        taken = ids_of(session, retailer_code=company)
        today = day_of(business_now(session))
    return read_people(data, company=company, choices=choices, today=today, taken=taken)


def register_users(entries: Sequence[UserEntry], *, actor: Person, hub: Hub) -> None:
    """Register all people of a file; each gets id and first password by mail.

    :raises UserIdTaken: where an id was given meanwhile; nobody is registered then.
    :raises RoleNotTheirs: where a role is none that the administrator may give; so too.
    """
    company = retailer_in_any_segment(_USE_CASE, actor=actor).retailer_code
    with hub.database.transaction() as session:
        for entry in entries:
            check_role(session, entry.role, entry.own_role_id, company=company)
            People(session).register(entry, retailer_code=company)
            what = role_key(entry.role, entry.own_role_id)
            record_change(session, _USE_CASE, actor=actor, subject=entry.user_id, what=what)
