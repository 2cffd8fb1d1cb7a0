"""The people who use the screens."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from models.database import Database
from models.participants.operations import register_participant
from models.users.operations import UserOutOfPlace, register_user
from models.users.passwords import hash_password, password_fits
from models.users.queries import Viewer, find_viewer, password_hash_of
from rules.access.standing import USUAL
from schemas.codes import ParticipantRole, UserRole
from tests.support.cast import CAST, COLLEAGUE, CURRENT, DECIDER, OPERATOR, register_cast, register_retailers
from tests.support.logins import viewer_of


def test_a_user_is_known_with_company_and_role(database: Database) -> None:
    assert viewer_of(database, DECIDER) == Viewer(
        user_id="1002mina01",
        name="水野 かおる",
        role=UserRole.RETAILER_DECIDER,
        retailer_code="1002",
        company="みなと電気株式会社",
        standing=USUAL[UserRole.RETAILER_DECIDER],
    )


def test_the_hub_operator_belongs_to_no_retailer(database: Database) -> None:
    viewer = viewer_of(database, OPERATOR)

    assert (viewer.retailer_code, viewer.company) == (None, "広域機関")


def test_only_who_has_the_right_may_decide(database: Database) -> None:
    assert viewer_of(database, DECIDER).may_decide
    assert not viewer_of(database, COLLEAGUE).may_decide
    assert not viewer_of(database, OPERATOR).may_decide


def test_registering_again_brings_what_is_known_up_to_date(database: Database) -> None:
    with database.transaction() as session:
        register_cast(session)
        register_user(
            session,
            user_id=DECIDER.user_id,
            name="水野 薫",
            role=UserRole.RETAILER_STAFF,
            retailer_code=CURRENT,
            password_hash="another",
        )
        viewer = find_viewer(session, user_id=DECIDER.user_id)

        assert viewer is not None and (viewer.name, viewer.may_decide) == ("水野 薫", False)
        assert password_hash_of(session, user_id=DECIDER.user_id) == "another"


@pytest.mark.parametrize(
    ("user_id", "role", "retailer"),
    [
        pytest.param("1002mina09", UserRole.RETAILER_STAFF, "1001", id="the id of another company"),
        pytest.param("1002mina09", UserRole.HUB_OPERATOR, "1002", id="an operator at a retailer"),
        pytest.param("OCCTO00009", UserRole.RETAILER_STAFF, None, id="a retailer's role without a retailer"),
    ],
)
def test_id_role_and_company_must_go_together(
    database: Database, user_id: str, role: UserRole, retailer: str | None
) -> None:
    with database.transaction() as session:
        register_retailers(session)
        with pytest.raises(UserOutOfPlace):
            register_user(session, user_id=user_id, name="誰か", role=role, retailer_code=retailer, password_hash="any")


@pytest.mark.parametrize(
    "values",
    [
        pytest.param("'1002mina09', 'x', 'hub_operator', '1002', 'x'", id="an operator at a retailer"),
        pytest.param("'1001mina09', 'x', 'retailer_staff', '1002', 'x'", id="the id of another company"),
        pytest.param("'1002mina', 'x', 'retailer_staff', '1002', 'x'", id="an id that is too short"),
        pytest.param("'9999mina09', 'x', 'retailer_staff', '9999', 'x'", id="a company that there is not"),
    ],
)
def test_the_database_itself_keeps_them_together(database: Database, values: str) -> None:
    with database.transaction() as session:
        register_retailers(session)
    with pytest.raises(IntegrityError), database.transaction() as session:
        columns = "user_id, name, role, retailer_code, password_hash"
        session.execute(text(f"INSERT INTO users ({columns}) VALUES ({values})"))


def test_who_works_for_a_company_that_has_left_the_market_is_nobody(database: Database) -> None:
    with database.transaction() as session:
        register_cast(session)
        register_participant(
            session,
            code=CURRENT,
            name="みなと電気株式会社",
            role=ParticipantRole.RETAILER,
            area=None,
            valid_from=date(2016, 4, 1),
            valid_to=date(2016, 4, 30),
        )

        assert find_viewer(session, user_id=DECIDER.user_id) is None
        assert find_viewer(session, user_id=OPERATOR.user_id) is not None


class TestPasswords:
    """Only hashes are kept."""

    def test_a_password_fits_its_own_hash_alone(self) -> None:
        hashed = hash_password("demo-minato-1")

        assert password_fits("demo-minato-1", password_hash=hashed)
        assert not password_fits("demo-minato-2", password_hash=hashed)

    def test_the_same_password_is_kept_differently_each_time(self) -> None:
        assert hash_password("demo-minato-1") != hash_password("demo-minato-1")

    def test_the_hash_is_argon2id(self) -> None:
        assert hash_password("demo-minato-1").startswith("$argon2id$v=19$m=19456,t=2,p=1$")

    def test_no_password_fits_nobody(self) -> None:
        assert not password_fits("nobody has this password", password_hash=None)

    def test_no_password_fits_what_is_no_hash(self) -> None:
        assert not password_fits("plain", password_hash="plain")

    def test_no_password_of_the_samples_is_kept_as_it_is(self, database: Database) -> None:
        with database.transaction() as session:
            register_cast(session)
            hashes = [password_hash_of(session, user_id=person.user_id) or "" for person in CAST]

        assert all(hashed.startswith("$argon2id$") for hashed in hashes)
        assert not any(person.password in hashed for person in CAST for hashed in hashes)
