"""One's own password, and where one is logged in."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import PasswordField
from wtforms.validators import EqualTo, InputRequired

from models.database import Database
from models.users.operations import change_password
from models.users.passwords import hash_password, password_fits
from models.users.queries import Viewer, password_hash_of
from models.users.sessions import end_session, sessions_of
from rules.passwords import LONGEST, SHORTEST, password_fault
from web.login.words import refusal_words
from web.shared.access import current_viewer, remember, session_token
from web.shared.drafts import storable
from web.shared.forms import HubForm
from web.shared.navigation import HOME

_SAME = "いまのパスワードと違うものにしてください。"


class PasswordForm(HubForm):
    """The password of now, and the new one twice."""

    current = PasswordField(
        "いまのパスワード",
        validators=[InputRequired("いまのパスワードを入力してください。")],
        render_kw={"autocomplete": "current-password", "maxlength": str(LONGEST)},
    )
    new = PasswordField(
        "新しいパスワード",
        validators=[InputRequired("新しいパスワードを入力してください。")],
        render_kw={"autocomplete": "new-password", "maxlength": str(LONGEST)},
    )
    again = PasswordField(
        "新しいパスワード（もう一度）",
        validators=[
            InputRequired("新しいパスワードをもう一度入力してください。"),
            EqualTo("new", message="2つの新しいパスワードが違います。"),
        ],
        render_kw={"autocomplete": "new-password", "maxlength": str(LONGEST)},
    )


def own_account(database: Database) -> Blueprint:
    blueprint = Blueprint("account", __name__, template_folder="templates")

    @blueprint.get("/password")
    def password() -> str:
        return _page(PasswordForm())

    @blueprint.post("/password")
    def save_password() -> Response | tuple[str, int]:
        form, viewer = PasswordForm(), current_viewer()
        if not form.validate() or not _is_taken(form, viewer):
            return _page(form), 422
        with database.transaction() as session:
            stored = password_hash_of(session, user_id=viewer.user_id)
        fits, new_hash = password_fits(form.current.data, password_hash=stored), hash_password(form.new.data)
        result = database.run(
            lambda session: change_password(
                session,
                user_id=viewer.user_id,
                password_fits=fits,
                new_hash=new_hash,
                source_address=request.remote_addr or "",
                browser=browser_of_request(),
            )
        )
        if result.token is None:
            form.current.errors = [refusal_words(result, "いまのパスワードが違います。")]
            return _page(form), 422
        remember(result.token)
        flash("パスワードを変更しました。ほかの端末でのログインは終了しました。", "success")
        return redirect(url_for(HOME), 303)

    @blueprint.get("/sessions")
    def sessions() -> str:
        with database.transaction() as session:
            mine = sessions_of(session, user_id=current_viewer().user_id, token=session_token() or "")
        return render_template("login/sessions.html", sessions=mine)

    @blueprint.post("/sessions/end")
    def end() -> Response:
        name = storable(request.form.get("name", ""))
        with database.transaction() as session:
            end_session(session, user_id=current_viewer().user_id, name=name)
        flash("その端末でのログインを終了しました。", "success")
        return redirect(url_for("account.sessions"), 303)

    return blueprint


def browser_of_request() -> str:
    """Give what the browser calls itself."""
    return storable(request.user_agent.string)


def _is_taken(form: PasswordForm, viewer: Viewer) -> bool:
    fault = password_fault(form.new.data, about=(viewer.user_id, viewer.name, viewer.company))
    if fault is None and form.new.data == form.current.data:
        fault = _SAME
    if fault is not None:
        form.new.errors = [fault]
    return fault is None


def _page(form: PasswordForm) -> str:
    return render_template("login/password.html", form=form, shortest=SHORTEST)
