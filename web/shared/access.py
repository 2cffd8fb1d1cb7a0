"""Who may open what: every screen asks for a login unless it is listed here, and some ask for a permission."""

from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from models.database import Database
from models.users.queries import Viewer, viewer_of_session
from rules.access.rights import USE_CASE_OF, is_allowed
from rules.access.use_cases import UseCase
from runtime.logs import logger
from runtime.settings.processes import WebSettings
from usecases.actors import HubOperator, RetailerPerson, person
from web.shared import inquiries, requests
from web.shared.certificates import comes_from_own_machine
from web.shared.csrf import set_up_csrf
from web.shared.drafts import KeptForms, unsent_form

P = ParamSpec("P")
R = TypeVar("R")

OPEN_ENDPOINTS = frozenset(
    {"front.show", "front.healthz", "login.show", "login.submit", "login.leave", "records.seals", "static"}
)
"""What anybody may open. Nothing in it tells of a case."""

_BEFORE_CHANGED = frozenset({"account.password", "account.save_password"})
"""What somebody may open whose password somebody else knows, besides what anybody may."""

_TOKEN = "token"  # noqa: S105  # a key in the cookie, no secret
_DATABASE = "hub.database"
_log = logger(__name__)


class Permission(Enum):
    """What not everybody who is logged in may do: use cases, of which the right to any one is enough."""

    SEE_INBOX = frozenset({UseCase.READ_REFERRAL_INBOX})
    DECIDE = frozenset({UseCase.DECIDE_REFERRAL})
    INQUIRE = frozenset(USE_CASE_OF[interface] for interface in inquiries.INTERFACES)
    SEND = frozenset(USE_CASE_OF[interface] for interface in requests.INTERFACES)
    SEND_FILES = frozenset(
        {
            UseCase.BULK_REGISTER_REFERRALS,
            UseCase.BULK_FILE_START_APPLICATIONS,
            UseCase.BULK_DECIDE_REFERRALS,
            UseCase.BULK_FILE_END_APPLICATIONS,
        }
    )
    SEE_FILES = frozenset({UseCase.SEE_BULK_FILES})
    STEER_FILES = frozenset({UseCase.STEER_BULK_FILE})
    SEE_ALL_CASES = frozenset({UseCase.SEE_ALL_CASES})
    SEE_VOLUMES = frozenset({UseCase.SEE_VOLUMES})
    SEARCH_RECORDS = frozenset({UseCase.SEARCH_RECORDS})
    SEE_MISUSE = frozenset({UseCase.SEE_MISUSE})
    MANAGE_USERS = frozenset({UseCase.SEE_USERS})


def may(viewer: Viewer, permission: Permission) -> bool:
    """Tell whether a person has a permission, by the one table of rights (:mod:`rules.access.rights`)."""
    return any(may_do(viewer, use_case) for use_case in permission.value)


def may_do(viewer: Viewer, use_case: UseCase) -> bool:
    """Tell whether a use case is one that a person may ask for."""
    return is_allowed(use_case, capacity=viewer.standing)


def needs(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a view answer 403 to who has not the permission. Goes below the route decorator."""

    def guarded(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R:
            if not may(current_viewer(), permission):
                abort(403)
            return view(*args, **kwargs)

        checked.needed_permission = permission  # type: ignore[attr-defined]  # the list of routes reads it
        return checked

    return guarded


def current_viewer() -> Viewer:
    """Give who is logged in; for views that need a login, which is all but the listed ones."""
    viewer: Viewer = g.viewer
    return viewer


def current_actor() -> RetailerPerson | HubOperator:
    """Give who is logged in, as use cases know them."""
    return person(current_viewer(), source_address=request.remote_addr or "")


def current_retailer_person() -> RetailerPerson:
    """Give who is logged in, of a retailer; 403 for the hub operator."""
    actor = current_actor()
    return actor if isinstance(actor, RetailerPerson) else abort(403)


def current_retailer() -> str:
    """Give the retailer that who is logged in belongs to; 403 for the hub operator."""
    retailer = current_viewer().retailer_code
    if retailer is None:
        abort(403)
    return retailer


def viewer_or_none() -> Viewer | None:
    """Give who is logged in, if anybody. With the database away, nobody is."""
    if "viewer" not in g:
        try:
            g.viewer = _look_up()
        except Exception:
            _log.warning("nobody can be recognised", exc_info=True)
            g.viewer = None
    viewer: Viewer | None = g.viewer
    return viewer


def session_token() -> str | None:
    """Give the token that came with the browser's cookie."""
    return session.get(_TOKEN)


def remember(token: str) -> None:
    """Let the browser keep a new session, and nothing of what was before."""
    session.clear()
    session[_TOKEN] = token


def forget() -> None:
    session.clear()


def safe_path(path: str | None) -> str | None:
    """Give a path back if it leads to a screen of ours, and nowhere else."""
    if not path or not path.startswith("/") or not path.isprintable() or path[1:2] in ("/", "\\"):
        return None
    parts = urlsplit(path)
    return None if parts.scheme or parts.netloc else path


def set_up_access(app: Flask, *, settings: WebSettings, database: Database, kept_forms: KeptForms) -> None:
    """Put a login before every view that is not listed, and CSRF protection on every form.

    :param kept_forms: the forms that a person goes on with after the login.
    """
    encrypted = settings.web_public_url.startswith("https:")
    app.config.update(
        SECRET_KEY=settings.web_key.get_secret_value(),
        SESSION_COOKIE_NAME="__Host-hub" if encrypted else "hub",
        SESSION_COOKIE_SECURE=encrypted,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",  # links in mails lead to where they point
    )
    app.extensions[_DATABASE] = database

    @app.before_request
    def ask_for_login() -> Response | None:
        if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS:
            return None
        g.viewer = None
        g.viewer = _look_up()
        if g.viewer is not None:
            must_change = g.viewer.must_change_password and request.endpoint not in _BEFORE_CHANGED
            return redirect(url_for("account.password"), 303) if must_change else None
        return redirect(url_for("login.show", **_way_back(database, kept_forms)), 303)

    set_up_csrf(app)  # after the login: who has to log in anew shall read that


def _way_back(database: Database, kept_forms: KeptForms) -> dict[str, Any]:
    """Say where somebody goes on after the login, and what the login has to say: of a form, that nothing was sent."""
    token, unsent = session_token(), unsent_form(kept_forms)
    reason = {"expired": "1"} if token else {}
    if request.method in ("GET", "HEAD"):
        return reason | {"next": request.full_path.removesuffix("?")}
    if unsent is None:
        return reason
    outcome = {"kept": "1"} if unsent.keep_for_login(database, token=token) else {}
    return reason | {"next": unsent.shown_at, "unsent": "1"} | outcome


def _look_up() -> Viewer | None:
    token = session_token()
    if token is None:
        return None
    database: Database = current_app.extensions[_DATABASE]
    viewer = database.run(lambda transaction: viewer_of_session(transaction, token=token))
    return viewer if viewer is not None and comes_from_own_machine(viewer.retailer_code) else None
