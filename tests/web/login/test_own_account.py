"""One's own password, and where one is logged in."""

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient
from sqlalchemy import text

from models.database import Database
from models.users.operations import MOST_SESSIONS
from models.users.passwords import password_fits
from models.users.queries import password_hash_of
from tests.support.cast import COLLEAGUE, DECIDER, register_cast
from tests.support.database_contents import rows
from tests.support.logins import token_of
from tests.web.conftest import Browsers
from tests.web.pages import get, page_of, send, words

NEW = "きょうの昼は鯖の味噌煮定食でした"
CHANGE = {"current": DECIDER.password, "new": NEW, "again": NEW}


def fits(database: Database, password: str) -> bool:
    with database.transaction() as session:
        return password_fits(password, password_hash=password_hash_of(session, user_id=DECIDER.user_id))


def logged_in(browsers: Browsers, password: str = DECIDER.password) -> tuple[FlaskClient, str | None]:
    client = browsers.of(None)
    answer = send(client, get(client, "/login"), {"user_id": DECIDER.user_id, "password": password}, button="ログイン")
    return client, answer.location


def is_in(client: FlaskClient) -> bool:
    return client.get("/home").status_code == 200


def known_to_others(database: Database) -> None:
    with database.transaction() as session:
        register_cast(session)
        session.execute(
            text("UPDATE users SET must_change_password = true WHERE user_id = :id"), {"id": DECIDER.user_id}
        )


class TestPassword:
    """It is changed by who knows the one of before."""

    def test_a_new_one_takes_the_place_of_the_old(self, browsers: Browsers, database: Database) -> None:
        client = browsers.of(DECIDER)

        answer = send(client, get(client, "/password"), CHANGE, button="変更する")

        assert (answer.status_code, answer.location) == (303, "/home")
        assert (fits(database, NEW), fits(database, DECIDER.password)) == (True, False)
        assert is_in(client)

    def test_a_stolen_session_ends_with_it(self, browsers: Browsers) -> None:
        client, thief, elsewhere = browsers.of(DECIDER), browsers.of(None), browsers.of(DECIDER)
        with client.session_transaction() as mine, thief.session_transaction() as copied:
            copied["token"] = mine["token"]
        assert is_in(thief) and is_in(elsewhere)

        send(client, get(client, "/password"), CHANGE, button="変更する")

        assert (is_in(client), is_in(thief), is_in(elsewhere)) == (True, False, False)

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"new": "password1234", "again": "password1234"}, "推測されやすい"),
            ({"new": "short", "again": "short"}, "12文字以上"),
            ({"again": "another one that is long"}, "2つの新しいパスワードが違います。"),
            ({"new": f"{DECIDER.user_id}-x7Qv", "again": f"{DECIDER.user_id}-x7Qv"}, "含むパスワードは使えません"),
            ({"current": "wrong"}, "いまのパスワードが違います。"),
            ({"new": DECIDER.password, "again": DECIDER.password}, "いまのパスワードと違うもの"),
            ({"current": ""}, "いまのパスワードを入力してください。"),
        ],
    )
    def test_what_is_not_taken_is_said_and_changes_nothing(
        self, browsers: Browsers, database: Database, values: dict[str, str], sentence: str
    ) -> None:
        client = browsers.of(DECIDER)

        page = page_of(send(client, get(client, "/password"), {**CHANGE, **values}, button="変更する"), status=422)

        assert sentence in words(page, "//div[@role='alert']//li")[0]
        assert fits(database, DECIDER.password)

    def test_an_open_session_is_no_way_to_guess_it(self, browsers: Browsers, database: Database) -> None:
        client = browsers.of(DECIDER)
        for _ in range(5):
            send(client, get(client, "/password"), {**CHANGE, "current": "wrong"}, button="変更する")

        page = page_of(send(client, get(client, "/password"), CHANGE, button="変更する"), status=422)

        assert "ロック中です。" in words(page, "//div[@role='alert']//li")[0]
        assert fits(database, DECIDER.password)


class TestFirstPassword:
    """Nothing can be done before it is changed."""

    def test_every_screen_leads_to_changing_it(self, browsers: Browsers, database: Database) -> None:
        known_to_others(database)
        client, _ = logged_in(browsers)

        for address in ("/home", "/inbox", "/cases", "/sessions", "/preferences"):
            answer = client.get(address)
            assert (answer.status_code, answer.location) == (303, "/password"), address
        assert client.post("/preferences").location == "/password"

    def test_once_it_is_changed_everything_opens(self, browsers: Browsers, database: Database) -> None:
        known_to_others(database)
        client, _ = logged_in(browsers)

        send(client, get(client, "/password"), CHANGE, button="変更する")

        assert is_in(client)
        assert is_in(logged_in(browsers, NEW)[0])

    def test_one_can_log_out_all_the_same(self, browsers: Browsers, database: Database) -> None:
        known_to_others(database)
        client, _ = logged_in(browsers)

        answer = send(client, get(client, "/password"), button="ログアウト")

        assert answer.location == "/login"


class TestHash:
    """It keeps today's strength."""

    def test_a_weaker_one_is_replaced_at_the_next_login(self, browsers: Browsers, database: Database) -> None:
        weak = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(DECIDER.password)
        with database.transaction() as session:
            register_cast(session)
            session.execute(text("UPDATE users SET password_hash = :weak"), {"weak": weak})

        client, _ = logged_in(browsers)

        ((kept,),) = rows(database, f"SELECT password_hash FROM users WHERE user_id = '{DECIDER.user_id}'")
        assert is_in(client)
        assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$") and fits(database, DECIDER.password)

    def test_a_wrong_password_changes_no_hash(self, browsers: Browsers, database: Database) -> None:
        weak = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(DECIDER.password)
        with database.transaction() as session:
            register_cast(session)
            session.execute(text("UPDATE users SET password_hash = :weak"), {"weak": weak})

        logged_in(browsers, "wrong")

        assert rows(database, "SELECT DISTINCT password_hash FROM users") == [(weak,)]


class TestSessions:
    """A person sees where they are logged in, and ends it there."""

    def test_one_sees_the_own_ones_and_ends_another(self, browsers: Browsers, database: Database) -> None:
        client, elsewhere, somebody = browsers.of(DECIDER), browsers.of(DECIDER), browsers.of(COLLEAGUE)
        page = get(client, "/sessions")
        assert words(page, "//tbody/tr/td[2]") == ["192.0.2.1", "192.0.2.1"]

        answer = send(client, page, button="終了する（192.0.2.1）")

        assert answer.location == "/sessions"
        assert (is_in(client), is_in(elsewhere), is_in(somebody)) == (True, False, True)

    def test_nobody_ends_somebody_elses(self, browsers: Browsers, database: Database) -> None:
        client, somebody = browsers.of(DECIDER), browsers.of(COLLEAGUE)
        browsers.of(DECIDER)
        token = get(client, "/sessions").xpath("string(//input[@name='csrf_token']/@value)")
        (theirs,) = rows(database, f"SELECT token_hash FROM login_sessions WHERE user_id = '{COLLEAGUE.user_id}'")

        for name in (theirs[0][:16], "", "%", "\x00"):
            client.post("/sessions/end", data={"csrf_token": token, "name": name})

        assert is_in(somebody) and is_in(client)

    def test_one_more_than_anybody_may_have_ends_the_oldest(self, database: Database, browsers: Browsers) -> None:
        first, *others = [browsers.of(DECIDER) for _ in range(MOST_SESSIONS + 1)]

        assert [is_in(client) for client in (first, *others)] == [False] + [True] * MOST_SESSIONS

    def test_what_the_browser_calls_itself_is_shown(self, browsers: Browsers, database: Database) -> None:
        with database.transaction() as session:
            register_cast(session)
        client = browsers.of(None)
        client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 <b>" + "x" * 500
        send(
            client,
            get(client, "/login"),
            {"user_id": DECIDER.user_id, "password": DECIDER.password},
            button="ログイン",
        )

        (shown,) = words(get(client, "/sessions"), "//tbody/tr/td[3]")

        assert shown.startswith("Mozilla/5.0 <b>") and len(shown) == 200


def test_coming_in_is_noted_as_the_last_use(database: Database) -> None:
    token_of(database, DECIDER)

    assert rows(database, f"SELECT last_used_at IS NOT NULL FROM users WHERE user_id = '{DECIDER.user_id}'") == [
        (True,)
    ]
