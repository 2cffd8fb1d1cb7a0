"""Who may open what: every screen asks for a login unless it is listed here."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.routing import Rule

from models.database import Database
from tests.support.cast import CAST, COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR, STRANGER
from tests.support.settings import Settings
from tests.web.conftest import Applications, Browsers
from tests.web.pages import get, page_of, send, words
from web.shared.access import OPEN_ENDPOINTS, Permission, needs
from web.shared.navigation import SCREENS
from web.wsgi import create_app

OPEN = {
    ("GET", "/"),
    ("GET", "/healthz"),
    ("GET", "/login"),
    ("POST", "/login"),
    ("POST", "/logout"),
    ("GET", "/records/seals"),
    ("GET", "/static/<path:filename>"),
}
"""All that may be opened without a login."""


def _routes(app: Flask) -> Iterator[tuple[str, Rule]]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, rule


def _address(rule: Rule) -> str:
    return re.sub("<[^>]*>", "x", rule.rule)


def test_only_what_is_listed_is_open(client: FlaskClient) -> None:
    routes = list(_routes(client.application))

    assert {(method, rule.rule) for method, rule in routes if rule.endpoint in OPEN_ENDPOINTS} == OPEN
    assert {rule.endpoint for _, rule in routes} >= OPEN_ENDPOINTS


def test_every_other_route_leads_who_is_not_logged_in_to_the_login(client: FlaskClient) -> None:
    for method, rule in _routes(client.application):
        if (method, rule.rule) not in OPEN:
            answer = client.open(_address(rule), method=method)
            assert answer.status_code == 303, (method, rule)
            assert answer.location.startswith("/login")


def test_every_route_needs_the_csrf_token_to_change_something(browsers: Browsers) -> None:
    client = browsers.of(DECIDER)
    for method, rule in _routes(browsers.app):
        if method != "GET":
            answer = client.open(_address(rule), method=method)
            page = page_of(answer, status=400)
            assert words(page, "//h1") == ["操作の有効期限が切れました"], (method, rule)


def test_the_cast_opens_what_its_roles_allow(browsers: Browsers) -> None:
    # Every screen that stands in the navigation opens, and no other of the navigation does.
    for person in CAST:
        client = browsers.of(person)
        linked = set(get(client, "/").xpath("//nav[@aria-label='画面']//a/@href"))
        with browsers.app.test_request_context():
            addresses = {browsers.app.url_for(screen.endpoint) for screen in SCREENS}
        for address in addresses:
            get(client, address, status=200 if address in linked else 403)


class TestALogin:
    """What comes between a person and a screen, shown at one that is made for it."""

    @pytest.fixture
    def browsers(self, settings: Settings, database: Database, application: Applications) -> Browsers:
        """Give browsers of an application with two screens more."""
        new_browsers = Browsers(application(settings), database)

        @new_browsers.app.get("/secret/<number>")
        def secret(number: str) -> str:
            return "a secret"

        @new_browsers.app.route("/decide", methods=["GET", "POST"])
        @needs(Permission.DECIDE)
        def decide() -> str:
            return "decided"

        @new_browsers.app.get("/all")
        @needs(Permission.SEE_ALL_CASES)
        def all_cases() -> str:
            return "all"

        return new_browsers

    def test_it_is_asked_for_and_leads_on_to_the_screen(self, browsers: Browsers) -> None:
        client = browsers.of(None)

        answer = client.get("/secret/1?page=2")

        assert (answer.status_code, answer.location) == (303, "/login?next=/secret/1?page%3D2")
        form = get(client, answer.location)
        browsers.of(DECIDER)
        credentials = {"user_id": DECIDER.user_id, "password": DECIDER.password}
        assert send(client, form, credentials, button="ログイン").location == "/secret/1?page=2"
        assert client.get("/secret/1").text == "a secret"

    def test_it_does_not_lead_on_to_what_was_being_sent(self, browsers: Browsers) -> None:
        assert browsers.of(None).post("/decide").location == "/login"

    def test_the_answer_may_not_be_kept_by_the_browser(self, browsers: Browsers) -> None:
        assert browsers.of(None).get("/secret/1").headers["Cache-Control"] == "no-store"

    def test_once_its_time_is_over_it_is_asked_for_anew_and_says_why(
        self, browsers: Browsers, database: Database
    ) -> None:
        client = browsers.of(DECIDER)
        assert client.get("/secret/1").status_code == 200
        with database.transaction() as session:
            session.execute(text("UPDATE login_sessions SET last_seen_at = last_seen_at - interval '31 minutes'"))

        answer = client.get("/secret/1")

        assert answer.status_code == 303
        page = get(client, answer.location)
        assert "ログインの有効期限が切れました。" in words(page, "//*[@role='status']")[0]

    @pytest.mark.parametrize("person", CAST, ids=lambda person: person.user_id)
    def test_a_permission_is_asked_for_where_needed(self, browsers: Browsers, person: object) -> None:
        client = browsers.of(person)  # type: ignore[arg-type]

        statuses = {path: client.get(path).status_code for path in ("/secret/1", "/decide", "/all")}

        decides, sees_all = person in (DECIDER, NEW_SIDE, STRANGER), person is OPERATOR
        assert statuses == {"/secret/1": 200, "/decide": 200 if decides else 403, "/all": 200 if sees_all else 403}

    def test_who_has_not_the_permission_reads_that(self, browsers: Browsers) -> None:
        page = get(browsers.of(COLLEAGUE), "/decide", status=403)

        assert words(page, "//h1") == ["この操作を行う権限がありません"]

    def test_with_the_database_away_nobody_comes_in(self, settings: Settings, without_database: FlaskClient) -> None:
        @without_database.application.get("/secret")
        def secret() -> str:
            return "a secret"

        with without_database.session_transaction() as cookie:
            cookie["token"] = "any"

        answer = without_database.get("/secret")
        page = page_of(answer, status=503)
        assert words(page, "//h1") == ["ただいま利用できません"]
        assert answer.headers["Retry-After"] == "30"
        assert "もう一度送信して差し支えありません。" in page.text_content()


def test_plain_http_is_for_this_machine_alone(settings: Settings) -> None:
    values = settings.model_dump() | {"DATABASE_URL": settings.database_url}

    for url in ("http://hub.example", "http://[::ffff:192.0.2.1]", "ftp://localhost", "localhost:8080"):
        with pytest.raises(ValueError, match="must be https"):
            Settings.model_validate(values | {"web_public_url": url})
    for url in (
        "https://hub.example",
        "http://127.0.0.1:8080",
        "http://[::ffff:127.0.0.1]:8080",
        "http://localhost.:8080",
    ):
        secure = create_app(Settings.model_validate(values | {"web_public_url": url})).config["SESSION_COOKIE_SECURE"]
        assert secure == url.startswith("https:")
