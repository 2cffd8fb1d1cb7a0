"""The login screen."""

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from models.database import Database
from tests.support.cast import CAST, COLLEAGUE, DECIDER, register_cast
from tests.support.database_contents import rows
from tests.support.settings import Settings
from tests.web.conftest import Browsers
from tests.web.pages import get, page_of, send, words
from web.wsgi import create_app


@pytest.fixture(autouse=True)
def people(database: Database) -> None:
    with database.transaction() as session:
        register_cast(session)


def _submit(
    client: FlaskClient,
    user_id: str = DECIDER.user_id,
    password: str = DECIDER.password,
    *,
    page: html.HtmlElement | None = None,
) -> TestResponse:
    form = get(client, "/login") if page is None else page
    return send(client, form, {"user_id": user_id, "password": password}, button="ログイン")


def _refusal(answer: TestResponse) -> str:
    return " ".join(words(page_of(answer, status=422), "//*[@role='alert']"))


def test_it_lets_in_with_the_right_password(client: FlaskClient) -> None:
    answer = _submit(client)

    assert answer.status_code == 303
    page = get(client, "/")
    viewer = words(page, "//*[@class='header__viewer']/p")[0]
    assert viewer == "みなと電気株式会社 水野 かおる 担当者(取次判断可)"


@pytest.mark.parametrize("person", CAST, ids=lambda person: person.user_id)
def test_everybody_of_the_samples_can_log_in(client: FlaskClient, person: object) -> None:
    answer = _submit(client, person.user_id, person.password)  # type: ignore[attr-defined]

    assert answer.status_code == 303
    assert client.get(answer.location).status_code == 200


@pytest.mark.parametrize(
    ("user_id", "password"),
    [(DECIDER.user_id, "wrong-password"), ("1002nobody", "any-password")],
    ids=["a wrong password", "an id that nobody has"],
)
def test_it_does_not_tell_which_of_the_two_was_wrong(client: FlaskClient, user_id: str, password: str) -> None:
    assert _refusal(_submit(client, user_id, password)).endswith("ユーザーIDまたはパスワードが違います。")


def test_after_a_refusal_the_id_stays_and_the_password_does_not(client: FlaskClient) -> None:
    page = page_of(_submit(client, password="wrong-password"), status=422)

    assert page.xpath("//input[@name='user_id']/@value") == [DECIDER.user_id]
    assert page.xpath("//input[@name='password']/@value") in ([], [""])
    assert "wrong-password" not in html.tostring(page, encoding="unicode")


@pytest.mark.parametrize(
    ("user_id", "password", "said"),
    [
        ("", "", ["ユーザーIDを入力してください。", "パスワードを入力してください。"]),
        ("1002mina", "any-password", ["ユーザーIDは半角英数字10文字です。"]),
        ("1002mina01; --", "any-password", ["ユーザーIDは半角英数字10文字です。"]),
        (DECIDER.user_id, "p" * 129, ["パスワードは128文字以内です。"]),
    ],
)
def test_bad_input_is_named_beside_its_field_and_counts_as_no_attempt(
    client: FlaskClient, database: Database, user_id: str, password: str, said: list[str]
) -> None:
    page = page_of(_submit(client, user_id, password), status=422)

    assert words(page, "//*[@role='alert']//li") == said
    inputs = page.xpath("//input[@aria-invalid='true']")
    assert [f"エラー: {words}" for words in said] == [
        words(page, f"//*[@id='{field.get('aria-describedby').split()[-1]}']")[0] for field in inputs
    ]
    assert rows(database, "SELECT * FROM login_events") == []


@pytest.mark.parametrize("typed", [" １００２ｍｉｎａ０１ ", "\ufeff1002mina01\u00a0", "1002\u200bmina01"])
def test_an_id_typed_in_full_width_letters_or_pasted_with_what_nobody_sees_is_taken(
    client: FlaskClient, typed: str
) -> None:
    assert _submit(client, typed).status_code == 303


def test_the_fifth_failure_says_that_and_until_when_it_is_locked(client: FlaskClient, database: Database) -> None:
    refusals = [_refusal(_submit(client, password="wrong-password")) for _ in range(6)]

    assert ["ロック" in words for words in refusals] == [False] * 4 + [True] * 2
    ((until,),) = rows(database, "SELECT locked_until FROM login_guards")
    assert f"5回続けて失敗したためロックしました。{until:%H時%M分}まで" in refusals[4]
    assert refusals[5].endswith(f"ロック中です。{until:%H時%M分}まで、このユーザーIDではログインできません。")


def test_while_locked_the_right_password_does_not_help(client: FlaskClient) -> None:
    for _ in range(5):
        _submit(client, password="wrong-password")

    assert "ロック中です。" in _refusal(_submit(client))


def test_attempts_are_on_record_with_their_address(client: FlaskClient, database: Database) -> None:
    _submit(client, password="wrong-password")
    _submit(client)

    events = rows(database, "SELECT user_id, outcome, source_address FROM login_events ORDER BY id")
    assert events == [(DECIDER.user_id, outcome, "127.0.0.1") for outcome in ("failed", "succeeded")]


def test_it_leads_back_to_where_one_wanted_to_go(client: FlaskClient) -> None:
    page = get(client, "/login?next=/%3Fsource%3Dmail")

    assert _submit(client, page=page).location == "/?source=mail"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "/\t/evil.example/",
        "evil",
    ],
)
def test_it_leads_nowhere_else(client: FlaskClient, elsewhere: str) -> None:
    page = page_of(client.get("/login", query_string={"next": elsewhere}))
    assert page.xpath("string(//input[@name='next']/@value)") == ""

    form = get(client, "/login")
    answer = send(
        client,
        form,
        {"user_id": DECIDER.user_id, "password": DECIDER.password, "next": elsewhere},
        button="ログイン",
    )

    assert "evil" not in answer.location and answer.location.startswith("/")


def test_who_is_logged_in_is_led_on(browsers: Browsers) -> None:
    answer = browsers.of(DECIDER).get("/login?next=/healthz")

    assert (answer.status_code, answer.location) == (303, "/healthz")


def test_another_login_in_the_same_browser_ends_the_session_before(browsers: Browsers, database: Database) -> None:
    client = browsers.of(COLLEAGUE)
    token = get(client, "/").xpath("string(//input[@name='csrf_token']/@value)")

    credentials = {"user_id": DECIDER.user_id, "password": DECIDER.password, "csrf_token": token}
    assert client.post("/login", data=credentials).status_code == 303

    assert rows(database, "SELECT user_id FROM login_sessions") == [(DECIDER.user_id,)]
    with client.session_transaction() as cookie:
        assert set(cookie) == {"token"}, "nothing of the session before is left"


class TestASecondTab:
    """A login form that was opened before the browser logged in elsewhere, or out."""

    WANTED = "/cases?phase=matched"

    def test_it_leads_on_once_the_first_has_logged_in(self, client: FlaskClient) -> None:
        first, second = get(client, "/login"), get(client, f"/login?next={self.WANTED}")
        assert _submit(client, page=first).status_code == 303

        answer = _submit(client, page=second)

        assert (answer.status_code, answer.location) == (303, self.WANTED)
        assert words(get(client, answer.location), "//*[@role='status']") == []

    def test_another_user_id_is_told_who_is_logged_in(self, client: FlaskClient) -> None:
        first, second = get(client, "/login"), get(client, "/login")
        _submit(client, page=first)

        answer = _submit(client, COLLEAGUE.user_id, COLLEAGUE.password, page=second)

        (status_words,) = words(get(client, answer.location), "//*[@role='status']")
        assert "水野 かおるとしてログインしています。" in status_words

    def test_after_a_logout_it_asks_once_more_and_keeps_where_one_wanted_to_go(self, client: FlaskClient) -> None:
        first, second = get(client, "/login"), get(client, f"/login?next={self.WANTED}")
        _submit(client, page=first)
        send(client, get(client, "/"), button="ログアウト")

        again = page_of(_submit(client, page=second), status=422)

        assert "もう一度入力してください。" in words(again, "//*[@role='alert']")[0]
        assert again.xpath("//input[@name='user_id']/@value") == [DECIDER.user_id]
        assert again.xpath("//input[@name='password']/@value") in ([], [""])
        assert _submit(client, page=again).location == self.WANTED

    def test_a_logout_that_another_tab_has_done_leads_to_the_login(self, client: FlaskClient) -> None:
        _submit(client)
        first, second = get(client, "/"), get(client, "/")
        send(client, first, button="ログアウト")

        answer = send(client, second, button="ログアウト")

        assert (answer.status_code, answer.location) == (303, "/login")

    def test_it_leads_nowhere_else(self, client: FlaskClient) -> None:
        first, second = get(client, "/login"), get(client, "/login")
        _submit(client, page=first)
        second.xpath("//input[@name='next']")[0].set("value", "//evil.example/")

        assert _submit(client, page=second).location == "/home"


class TestCookie:
    """What the browser keeps."""

    def test_scripts_cannot_read_it_and_other_sites_cannot_send_forms_with_it(self, client: FlaskClient) -> None:
        cookie = _submit(client).headers["Set-Cookie"]

        assert cookie.startswith("hub=")
        assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie
        assert "Secure" not in cookie, "plain http on this machine"

    def test_it_travels_encrypted_alone(self, settings: Settings) -> None:
        encrypted = settings.model_copy(update={"web_public_url": "https://hub.example"})
        client = create_app(encrypted).test_client()

        cookie = client.get("/login", base_url="https://hub.example").headers["Set-Cookie"]

        assert cookie.startswith("__Host-hub=")
        assert "Secure" in cookie and "HttpOnly" in cookie and "Domain" not in cookie

    def test_it_ends_with_the_browser(self, client: FlaskClient) -> None:
        assert "Expires" not in _submit(client).headers["Set-Cookie"]


class TestLogout:
    """The button at the head of each page."""

    def test_it_ends_the_session(self, browsers: Browsers, database: Database) -> None:
        client = browsers.of(DECIDER)

        answer = send(client, get(client, "/"), button="ログアウト")

        assert (answer.status_code, answer.location) == (303, "/login")
        assert words(get(client, "/login"), "//*[@role='status']") == ["完了: ログアウトしました。"]
        assert rows(database, "SELECT count(*) FROM login_sessions") == [(0,)]
        assert rows(database, "SELECT outcome FROM login_events ORDER BY id DESC LIMIT 1") == [("logged_out",)]

    def test_the_cookie_of_before_is_worth_nothing_afterwards(self, browsers: Browsers) -> None:
        client, thief = browsers.of(DECIDER), browsers.of(None)
        with client.session_transaction() as mine, thief.session_transaction() as copied:
            copied["token"] = mine["token"]
        assert words(get(thief, "/"), "//button") == ["探す", "ログアウト"]

        send(client, get(client, "/"), button="ログアウト")

        assert words(get(thief, "/"), "//button") == []

    def test_a_link_cannot_log_out(self, browsers: Browsers) -> None:
        assert browsers.of(DECIDER).get("/logout").status_code == 405
