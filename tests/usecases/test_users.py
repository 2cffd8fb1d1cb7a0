"""How a retailer's administrator looks after its people, and what the hub operator does for administrators."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from models.database import Database
from models.users.operations import log_in
from models.users.passwords import password_fits
from models.users.people import UserFilter, UserLine, UserState
from models.users.queries import find_viewer, password_hash_of
from models.users.roles import define_role
from rules.access.rights import NotAllowed
from rules.access.standing import USUAL, Capacity, Standing
from rules.access.use_cases import UseCase
from rules.user_entries import RoleChoice, UserEntry
from schemas.codes import UserRole
from tests.support.cast import COLLEAGUE, CURRENT, DECIDER, HUB_PERSON, NEW, NEW_SIDE, register_cast
from tests.support.database_contents import rows
from tests.support.logins import token_of
from usecases import users
from usecases.actors import HubOperator, Person, RetailerPerson
from usecases.hub import Hub
from usecases.user_files import register_users
from usecases.users import (
    AdministratorThere,
    AppointmentRequest,
    NoSuchUser,
    NotByAdministrator,
    RoleNotTheirs,
    UnsoundEntry,
    UserIdTaken,
)

ADMINISTRATOR = RetailerPerson(CURRENT, "192.0.2.7", "1002kanri1", USUAL[UserRole.RETAILER_ADMINISTRATOR])
SECURITY = HubOperator("OCCTO00004", "192.0.2.8", capacity=Standing(frozenset({Capacity.SECURITY})))
ENTRY = UserEntry(
    user_id="1002mina09", name="見本 花子", email="hanako@example.jp", role=UserRole.RETAILER_STAFF, device="PC-12"
)
STAFF_CHOICE = RoleChoice(UserRole.RETAILER_STAFF, None, "")
ON_SOMEBODY: dict[str, Callable[[str, Person, Hub], None]] = {
    "change": lambda user_id, actor, hub: users.change_user(replace(ENTRY, user_id=user_id), actor=actor, hub=hub),
    "rights": lambda user_id, actor, hub: users.set_user_rights(
        users.RoleRequest(user_id=user_id, choice=STAFF_CHOICE), actor=actor, hub=hub
    ),
    "remove": lambda user_id, actor, hub: users.remove_user(user_id, actor=actor, hub=hub),
    "disable": lambda user_id, actor, hub: users.enable_user(
        users.EnablingRequest(user_id=user_id, enabled=False), actor=actor, hub=hub
    ),
    "unlock": lambda user_id, actor, hub: users.unlock_user(user_id, actor=actor, hub=hub),
    "reissue": lambda user_id, actor, hub: users.reissue_password(user_id, actor=actor, hub=hub),
}


@pytest.fixture
def users_hub(parts: Hub) -> Hub:
    with parts.database.transaction() as session:
        register_cast(session)
    return parts


def seen(hub: Hub, user_id: str) -> UserLine:
    with hub.database.transaction() as session:
        return users.see_user(user_id, actor=ADMINISTRATOR, session=session)


def listed(hub: Hub, **wanted: Any) -> list[str]:
    with hub.database.transaction() as session:
        page = users.see_users(UserFilter(**wanted), actor=ADMINISTRATOR, session=session)
    return [line.user_id for line in page.items]


def state_of_everything(database: Database) -> list[Any]:
    return [rows(database, f"SELECT * FROM {table} ORDER BY 1") for table in ("users", "data_changes", "user_mails")]


def test_who_is_registered_has_no_password_until_the_mail_goes_out(users_hub: Hub) -> None:
    users.register_user(ENTRY, actor=ADMINISTRATOR, hub=users_hub)

    line = seen(users_hub, ENTRY.user_id)
    assert (line.name, line.email, line.device, line.state) == (
        "見本 花子",
        "hanako@example.jp",
        "PC-12",
        UserState.ENABLED,
    )
    assert line.must_change_password
    with users_hub.database.transaction() as session:
        stored = password_hash_of(session, user_id=ENTRY.user_id)
    assert not password_fits("", password_hash=stored)
    assert not password_fits("nobody has this password", password_hash=stored)
    assert rows(users_hub.database, "SELECT user_id, kind FROM user_mails") == [(ENTRY.user_id, "registered")]


def test_what_was_done_is_on_record_with_who_and_from_where(users_hub: Hub) -> None:
    users.register_user(ENTRY, actor=ADMINISTRATOR, hub=users_hub)
    for act in ON_SOMEBODY.values():
        if act is not ON_SOMEBODY["remove"]:
            act(ENTRY.user_id, ADMINISTRATOR, users_hub)
    ON_SOMEBODY["remove"](ENTRY.user_id, ADMINISTRATOR, users_hub)

    record = rows(users_hub.database, "SELECT purpose, user_id, source_address FROM data_changes ORDER BY id")

    assert [purpose for purpose, _, _ in record] == [
        use_case.label
        for use_case in (
            *(UseCase.REGISTER_USER, UseCase.CHANGE_USER, UseCase.SET_USER_RIGHTS, UseCase.ENABLE_USER),
            *(UseCase.UNLOCK_USER, UseCase.REISSUE_PASSWORD, UseCase.REMOVE_USER),
        )
    ]
    assert {(by, address) for _, by, address in record} == {("1002kanri1", "192.0.2.7")}


def test_of_a_change_the_record_names_the_fields_and_nothing_that_they_say(users_hub: Hub) -> None:
    users.register_user(ENTRY, actor=ADMINISTRATOR, hub=users_hub)
    changed = replace(ENTRY, name="見本 花江", contractor="見本受託", works_until=date(2099, 3, 31))
    users.change_user(changed, actor=ADMINISTRATOR, hub=users_hub)

    assert rows(users_hub.database, "SELECT what FROM data_changes ORDER BY id") == [
        ("retailer_staff",),
        ("氏名、受託者の会社名、受託の終了日",),
    ]


def test_a_role_of_the_retailers_own_is_on_record_by_its_number(users_hub: Hub) -> None:
    with users_hub.database.transaction() as session:
        number = define_role(session, retailer_code=CURRENT, name="受付", grants=())
    entry = replace(ENTRY, role=UserRole.RETAILER_OWN, own_role_id=number)
    users.register_user(entry, actor=ADMINISTRATOR, hub=users_hub)
    register_users([replace(entry, user_id="1002mina10")], actor=ADMINISTRATOR, hub=users_hub)

    assert rows(users_hub.database, "SELECT what FROM data_changes") == [(f"retailer_own-{number}",)] * 2


@pytest.mark.parametrize("taken", [COLLEAGUE.user_id, "removed"])
def test_an_id_is_never_given_twice(users_hub: Hub, taken: str) -> None:
    if taken == "removed":
        users.remove_user(COLLEAGUE.user_id, actor=ADMINISTRATOR, hub=users_hub)

    with pytest.raises(UserIdTaken):
        users.register_user(replace(ENTRY, user_id=COLLEAGUE.user_id), actor=ADMINISTRATOR, hub=users_hub)


@pytest.mark.parametrize("act", ON_SOMEBODY)
@pytest.mark.parametrize("user_id", [NEW_SIDE.user_id, HUB_PERSON, "1002nobody", "x"])
def test_somebody_elses_people_are_not_there(users_hub: Hub, act: str, user_id: str) -> None:
    before = state_of_everything(users_hub.database)

    with pytest.raises(NoSuchUser):
        ON_SOMEBODY[act](user_id, ADMINISTRATOR, users_hub)

    assert state_of_everything(users_hub.database) == before


@pytest.mark.parametrize("act", ON_SOMEBODY)
def test_no_administrator_touches_the_administrators_own_id(users_hub: Hub, act: str) -> None:
    before = state_of_everything(users_hub.database)

    with pytest.raises(NotByAdministrator):
        ON_SOMEBODY[act](ADMINISTRATOR.user_id, ADMINISTRATOR, users_hub)

    assert state_of_everything(users_hub.database) == before


@pytest.mark.parametrize("act", ON_SOMEBODY)
def test_nobody_but_the_administrator_looks_after_people(users_hub: Hub, act: str) -> None:
    decider = RetailerPerson(CURRENT, "", DECIDER.user_id, USUAL[UserRole.RETAILER_DECIDER])

    with pytest.raises(NotAllowed):
        ON_SOMEBODY[act](COLLEAGUE.user_id, decider, users_hub)


@pytest.mark.parametrize("act", ["remove", "disable", "reissue"])
def test_who_is_removed_disabled_or_gets_a_new_password_is_out_at_once(users_hub: Hub, act: str) -> None:
    token_of(users_hub.database, COLLEAGUE)

    ON_SOMEBODY[act](COLLEAGUE.user_id, ADMINISTRATOR, users_hub)

    assert rows(users_hub.database, "SELECT count(*) FROM login_sessions") == [(0,)]
    with users_hub.database.transaction() as session:
        assert (find_viewer(session, user_id=COLLEAGUE.user_id) is None) == (act != "reissue")
        assert (
            not password_fits(COLLEAGUE.password, password_hash=password_hash_of(session, user_id=COLLEAGUE.user_id))
            or act == "disable"
        )


def test_who_is_enabled_again_comes_in_by_the_password_of_before(users_hub: Hub) -> None:
    for enabled in (False, True):
        request = users.EnablingRequest(user_id=COLLEAGUE.user_id, enabled=enabled)
        users.enable_user(request, actor=ADMINISTRATOR, hub=users_hub)

    assert token_of(users_hub.database, COLLEAGUE)
    assert seen(users_hub, COLLEAGUE.user_id).state is UserState.ENABLED


def test_a_locked_id_is_seen_as_such_and_can_be_used_once_it_is_unlocked(users_hub: Hub) -> None:
    with users_hub.database.transaction() as session:
        for _ in range(5):
            log_in(session, user_id=COLLEAGUE.user_id, password_fits=False, source_address="192.0.2.9")
    assert seen(users_hub, COLLEAGUE.user_id).state is UserState.LOCKED

    users.unlock_user(COLLEAGUE.user_id, actor=ADMINISTRATOR, hub=users_hub)

    assert seen(users_hub, COLLEAGUE.user_id).state is UserState.ENABLED
    assert token_of(users_hub.database, COLLEAGUE)


def test_a_role_that_is_set_holds_from_the_next_request_on(users_hub: Hub) -> None:
    choice = RoleChoice(UserRole.RETAILER_DECIDER, None, "")

    users.set_user_rights(
        users.RoleRequest(user_id=COLLEAGUE.user_id, choice=choice), actor=ADMINISTRATOR, hub=users_hub
    )

    with users_hub.database.transaction() as session:
        viewer = find_viewer(session, user_id=COLLEAGUE.user_id)
    assert viewer is not None and viewer.may_decide


@pytest.mark.parametrize("role", [UserRole.RETAILER_ADMINISTRATOR, UserRole.HUB_OPERATOR, UserRole.RETAILER_OWN])
@pytest.mark.parametrize("way", ["register", "file", "rights"])
def test_a_role_that_is_not_the_administrators_to_give_is_given_by_no_way(
    users_hub: Hub, role: UserRole, way: str
) -> None:
    with users_hub.database.transaction() as session:
        foreign = define_role(session, retailer_code=NEW, name="他社の役割", grants=[])
    own_role_id = foreign if role is UserRole.RETAILER_OWN else None
    entry = replace(ENTRY, role=role, own_role_id=own_role_id)
    before = state_of_everything(users_hub.database)

    with pytest.raises(RoleNotTheirs):
        match way:
            case "register":
                users.register_user(entry, actor=ADMINISTRATOR, hub=users_hub)
            case "file":
                register_users([ENTRY, entry], actor=ADMINISTRATOR, hub=users_hub)
            case _:
                request = users.RoleRequest(user_id=COLLEAGUE.user_id, choice=RoleChoice(role, own_role_id, ""))
                users.set_user_rights(request, actor=ADMINISTRATOR, hub=users_hub)

    assert state_of_everything(users_hub.database) == before


def test_the_list_has_ones_own_people_alone_and_what_the_filters_leave(users_hub: Hub) -> None:
    users.register_user(
        replace(ENTRY, contractor="見本事務", works_until=date(2040, 1, 1)), actor=ADMINISTRATOR, hub=users_hub
    )
    users.enable_user(users.EnablingRequest(user_id=ENTRY.user_id, enabled=False), actor=ADMINISTRATOR, hub=users_hub)

    everybody = listed(users_hub)

    assert set(everybody) == {"1002mina01", "1002mina02", "1002juta01", "1002kanri1", ENTRY.user_id}
    assert everybody[-1] == ENTRY.user_id
    assert listed(users_hub, state=UserState.DISABLED) == [ENTRY.user_id]
    assert listed(users_hub, text="花子") == listed(users_hub, text="pc-1") == [ENTRY.user_id]
    assert listed(users_hub, text="%") == []
    assert listed(users_hub, role=UserRole.RETAILER_ADMINISTRATOR) == ["1002kanri1"]
    assert set(listed(users_hub, contractors=True)) == {"1002juta01", ENTRY.user_id}


def test_all_are_given_to_be_taken_away_as_a_file(users_hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(users, "_PIECE", 2)

    given = list(users.all_users(UserFilter(), actor=ADMINISTRATOR, hub=users_hub))

    assert [line.user_id for line in given] == listed(users_hub)


@pytest.mark.parametrize("act", ["unlock", "reissue"])
@pytest.mark.parametrize("user_id", [ADMINISTRATOR.user_id, HUB_PERSON])
def test_the_hub_operator_helps_administrators_and_its_own_people(users_hub: Hub, act: str, user_id: str) -> None:
    ON_SOMEBODY[act](user_id, SECURITY, users_hub)

    assert rows(users_hub.database, "SELECT subject, user_id FROM data_changes") == [(user_id, SECURITY.user_id)]


@pytest.mark.parametrize("act", ["unlock", "reissue"])
def test_the_hub_operator_does_not_look_after_a_retailers_people(users_hub: Hub, act: str) -> None:
    with pytest.raises(NoSuchUser):
        ON_SOMEBODY[act](COLLEAGUE.user_id, SECURITY, users_hub)


class TestAdministrator:
    """The id that comes once for each retailer, from the entry procedure."""

    REQUEST = AppointmentRequest(user_id="1003kanri1", name="見本 花子", email="hanako@example.jp")

    def test_a_retailer_without_one_gets_one(self, users_hub: Hub) -> None:
        users.appoint_administrator(self.REQUEST, actor=SECURITY, hub=users_hub)

        with users_hub.database.transaction() as session:
            viewer = find_viewer(session, user_id="1003kanri1")
        assert viewer is not None and viewer.role is UserRole.RETAILER_ADMINISTRATOR

    @pytest.mark.parametrize(
        ("user_id", "why"),
        [("1002kanri2", AdministratorThere), ("9999kanri2", NoSuchUser), ("1003x", UnsoundEntry)],
    )
    def test_a_second_one_and_one_of_no_company_are_refused(
        self, users_hub: Hub, user_id: str, why: type[Exception]
    ) -> None:
        with pytest.raises(why):
            users.appoint_administrator(replace(self.REQUEST, user_id=user_id), actor=SECURITY, hub=users_hub)
