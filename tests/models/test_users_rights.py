"""What people may, by their role, and until when they come in."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from models.database import Database
from models.users.operations import Contract, register_user
from models.users.queries import Viewer, find_viewer
from models.users.roles import RoleInUse, RoleNameTaken, define_role, drop_role, read_grants, roles_of, written
from rules.access.function_groups import Access, FunctionGroup
from rules.access.standing import Capacity, Grant, everywhere
from schemas.codes import HubRole, Segment, UserRole
from tests.support.cast import COLLEAGUE, CURRENT, DECIDER, NEW, register_cast, register_retailers

LOW_INBOX = Grant(FunctionGroup.INBOX, Segment.LOW_VOLTAGE, Access.READ)
LOW_DECISION = Grant(FunctionGroup.DECISION, Segment.LOW_VOLTAGE, Access.ACT)


@pytest.fixture
def cast(database: Database) -> Database:
    with database.transaction() as session:
        register_cast(session)
    return database


def seen(database: Database, user_id: str = COLLEAGUE.user_id) -> Viewer | None:
    with database.transaction() as session:
        return find_viewer(session, user_id=user_id)


def set_on(database: Database, values: str, **given: object) -> None:
    with database.transaction() as session:
        session.execute(
            text(f"UPDATE users SET {values} WHERE user_id = :user_id"), {"user_id": COLLEAGUE.user_id, **given}
        )


def test_rights_are_written_and_read_without_loss() -> None:
    assert read_grants(written(everywhere(Access.ACT))) == everywhere(Access.ACT)


def test_a_role_of_the_retailers_own_gives_what_it_defines_and_a_change_of_it_at_once(cast: Database) -> None:
    with cast.transaction() as session:
        role = define_role(session, retailer_code=CURRENT, name="低圧の受信箱", grants=[LOW_INBOX])
    set_on(cast, "role = 'retailer_own', own_role_id = :role", role=role)
    before = seen(cast)

    with cast.transaction() as session:
        define_role(session, retailer_code=CURRENT, name="低圧の判断", grants=[LOW_INBOX, LOW_DECISION], role_id=role)
    after = seen(cast)

    assert before and (before.role_words, before.standing.grants) == ("低圧の受信箱", frozenset({LOW_INBOX}))
    assert after and (after.role_words, after.may_decide) == ("低圧の判断", True)


def test_a_retailer_sees_and_changes_its_own_roles_alone(cast: Database) -> None:
    with cast.transaction() as session:
        role = define_role(session, retailer_code=CURRENT, name="低圧", grants=[LOW_INBOX])
        assert define_role(session, retailer_code=NEW, name="ほか", grants=[], role_id=role) is None
        drop_role(session, retailer_code=NEW, role_id=role or 0)

        assert [each.name for each in roles_of(session, retailer_code=CURRENT)] == ["低圧"]
        assert roles_of(session, retailer_code=NEW) == []


def test_two_roles_of_a_retailer_have_two_names(cast: Database) -> None:
    with cast.transaction() as session:
        define_role(session, retailer_code=CURRENT, name="低圧", grants=[])
        define_role(session, retailer_code=NEW, name="低圧", grants=[])
        with pytest.raises(RoleNameTaken):
            define_role(session, retailer_code=CURRENT, name="低圧", grants=[])


def test_a_role_that_somebody_has_stays(cast: Database) -> None:
    with cast.transaction() as session:
        role = define_role(session, retailer_code=CURRENT, name="低圧", grants=[])
    set_on(cast, "role = 'retailer_own', own_role_id = :role", role=role)

    with cast.transaction() as session:
        with pytest.raises(RoleInUse):
            drop_role(session, retailer_code=CURRENT, role_id=role or 0)
        assert [(each.name, each.people) for each in roles_of(session, retailer_code=CURRENT)] == [("低圧", 1)]


@pytest.mark.parametrize("role", HubRole)
def test_somebody_of_the_hub_operator_comes_as_their_roles_say(cast: Database, role: HubRole) -> None:
    with cast.transaction() as session:
        register_user(
            session,
            user_id="OCCTO00099",
            name="見本",
            role=UserRole.HUB_OPERATOR,
            retailer_code=None,
            password_hash="any",
            hub_roles=[role],
        )
        viewer = find_viewer(session, user_id="OCCTO00099")

    assert viewer and viewer.standing.capacities == {Capacity(role.value)}


def test_a_contractors_person_comes_in_until_the_end_of_the_last_day(cast: Database) -> None:
    with cast.transaction() as session:
        for user_id, until in (("1002juta08", date(2016, 4, 1)), ("1002juta09", date(9000, 1, 1))):
            register_user(
                session,
                user_id=user_id,
                name="見本",
                role=UserRole.RETAILER_STAFF,
                retailer_code=CURRENT,
                password_hash="any",
                contract=Contract("見本事務", until=until),
            )

    assert seen(cast, "1002juta08") is None
    assert seen(cast, "1002juta09") is not None


@pytest.mark.parametrize("gone", ["enabled = false", "removed_at = now()"])
def test_who_is_disabled_or_removed_is_nobody(cast: Database, gone: str) -> None:
    set_on(cast, gone)

    assert seen(cast) is None
    assert seen(cast, DECIDER.user_id) is not None


def test_a_retailer_has_one_administrator(database: Database) -> None:
    def register(user_id: str) -> None:
        with database.transaction() as session:
            register_user(
                session,
                user_id=user_id,
                name=str(uuid4()),
                role=UserRole.RETAILER_ADMINISTRATOR,
                retailer_code=CURRENT,
                password_hash="any",
            )

    with database.transaction() as session:
        register_retailers(session)
    register("1002kanri8")

    with pytest.raises(IntegrityError):
        register("1002kanri9")
