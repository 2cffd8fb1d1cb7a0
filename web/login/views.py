"""Logging in and out."""

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import ClassVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from models.database import Database
from models.users.drafts import drop_drafts
from models.users.operations import LoginResult, keep_hash, log_in, log_out
from models.users.passwords import hash_password, needs_rehash, password_fits
from models.users.queries import password_hash_of
from rules.pasted_text import as_pasted
from web.login.own_account import browser_of_request
from web.login.words import refusal_words
from web.shared.access import forget, remember, safe_path, session_token, viewer_or_none
from web.shared.certificates import comes_from_own_machine
from web.shared.errors import page_of_stale_form
from web.shared.forms import HubForm
from web.shared.navigation import HOME

_OLDER = "画面を開いてから時間がたっています。もう一度入力してください。繰り返すときは、Cookieを有効にしてください。"
_KEPT = (
    "まだ何も送信していません。入力した内容は30分間保存しています。同じ利用者でログインすると、続きから操作できます。"
)
_UNSENT = (
    "まだ何も送信していません。ログインすると元の画面に戻ります。"
    "入力した内容は残っていないことがあるため、確認してください。"
)
_OTHER_MACHINE = "この端末のクライアント証明書では、このユーザーIDでログインできません。"
_WRONG = "ユーザーIDまたはパスワードが違います。"


@dataclass(frozen=True)
class LoginReason:
    """Why somebody has to log in, and what became of what they sent."""

    heading: str
    text: str


def _narrow(text: str | None) -> str | None:
    """Narrow what people type with the Japanese input on, or paste out of mails."""
    return None if text is None else as_pasted(text)


class LoginForm(HubForm):
    """User id and password."""

    user_id = StringField(
        "ユーザーID",
        filters=[_narrow],
        validators=[
            InputRequired("ユーザーIDを入力してください。"),
            Regexp(re.compile(r"[0-9A-Za-z]{10}\Z"), message="ユーザーIDは半角英数字10文字です。"),
        ],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        "パスワード",
        validators=[
            InputRequired("パスワードを入力してください。"),
            Length(max=128, message="パスワードは128文字以内です。"),
        ],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()

    hints: ClassVar[dict[str, str]] = {"user_id": "半角英数字10文字（事業者コード4文字＋6文字）"}


def login(database: Database, *, most_sessions: int) -> Blueprint:
    blueprint = Blueprint("login", __name__, template_folder="templates")

    @blueprint.get("/login")
    def show() -> str | Response:
        viewer = viewer_or_none()
        if viewer is not None:
            return _onward(request.args.get("next"))
        form = LoginForm(data={"next": safe_path(request.args.get("next"))})
        return _page(form, reason=_login_reason(request.args))

    @blueprint.post("/login")
    def submit() -> str | Response | tuple[str, int]:
        form = LoginForm()
        if not form.validate():
            return _page(form), 422
        result = _attempt(database, form.user_id.data or "", form.password.data or "", most_sessions=most_sessions)
        if result.viewer is None or result.token is None:
            return _page(form, refusal=refusal_words(result, _WRONG)), 422
        _end(database)
        if not comes_from_own_machine(result.viewer.retailer_code):
            _end_session(database, result.token)
            return _page(form, refusal=_OTHER_MACHINE), 422
        remember(result.token)
        return _onward(form.next.data)

    @blueprint.post("/logout")
    def leave() -> Response:
        _drop_drafts(database)
        _end(database)
        forget()
        flash("ログアウトしました。", "success")
        return redirect(url_for("login.show"), 303)

    blueprint.register_error_handler(CSRFError, _answer_older_form)
    return blueprint


def _answer_older_form(problem: CSRFError) -> str | Response | tuple[str, int]:
    """Answer a login form of ours from before the browser's session began anew: in another tab, or after its end."""
    if not request.form.get("csrf_token"):
        return page_of_stale_form()
    viewer = viewer_or_none()
    if request.endpoint == "login.leave":
        return page_of_stale_form() if viewer else redirect(url_for("login.show"), 303)
    form = LoginForm()
    if viewer is None:
        return _page(form, refusal=_OLDER), 422
    if form.user_id.data != viewer.user_id:
        flash(f"{viewer.name}としてログインしています。別の利用者で使うときは、ログアウトしてください。", "warning")
    return _onward(form.next.data)


def _onward(path: str | None) -> Response:
    return redirect(safe_path(path) or url_for(HOME), 303)


def _page(form: LoginForm, *, refusal: str | None = None, reason: LoginReason | None = None) -> str:
    return render_template("login/login.html", form=form, refusal=refusal, reason=reason)


def _login_reason(arguments: Container[str]) -> LoginReason | None:
    """Read what the address of this page tells of the request that led here."""
    heading = "ログインの有効期限が切れました。" if "expired" in arguments else "ログインしていません。"
    if "kept" in arguments:
        return LoginReason(heading, _KEPT)
    if "unsent" in arguments:
        return LoginReason(heading, _UNSENT)
    return LoginReason(heading, "もう一度ログインしてください。") if "expired" in arguments else None


def _attempt(database: Database, user_id: str, password: str, *, most_sessions: int) -> LoginResult:
    """Try a user id and a password in two transactions: none is held open while the password is being looked at."""
    with database.transaction() as session:
        stored_hash = password_hash_of(session, user_id=user_id)
    fits = password_fits(password, password_hash=stored_hash)
    address, browser = request.remote_addr or "", browser_of_request()
    if fits and stored_hash is not None and needs_rehash(stored_hash):
        new_hash = hash_password(password)
        with database.transaction() as session:
            keep_hash(session, user_id=user_id, old_hash=stored_hash, new_hash=new_hash)
    return database.run(
        lambda session: log_in(
            session,
            user_id=user_id,
            password_fits=fits,
            source_address=address,
            browser=browser,
            most_sessions=most_sessions,
        )
    )


def _drop_drafts(database: Database) -> None:
    viewer = viewer_or_none()
    if viewer is not None:
        with database.transaction() as session:
            drop_drafts(session, user_id=viewer.user_id)


def _end(database: Database) -> None:
    token = session_token()
    if token is not None:
        _end_session(database, token)


def _end_session(database: Database, token: str) -> None:
    address = request.remote_addr or ""
    database.run(lambda session: log_out(session, token=token, source_address=address))
