"""Keeping a list of cases by a name, and forgetting it; the list itself shows what is kept."""

from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from models.database import Database
from models.users.saved_views import MOST_VIEWS, TooManyViews, drop_view, save_view
from web.cases.search import NAMES
from web.shared.access import current_viewer
from web.shared.drafts import storable

_LONGEST_NAME = 30
_LONGEST_QUERY = 2000
_KEPT = frozenset({*NAMES, "sort", "order", "column"})
"""Of an address, what makes the list; not where in it somebody was."""


def saved_list_views(database: Database) -> Blueprint:
    blueprint = Blueprint("views", __name__)

    @blueprint.post("/views/save")
    def save() -> Response:
        name, query = request.form.get("name", "").strip(), _query(request.form.get("query", ""))
        if not 0 < len(name) <= _LONGEST_NAME or not name.isprintable():
            flash(f"条件の名前は1文字から{_LONGEST_NAME}文字で入力してください。保存していません。", "error")
            return _to_list(query)
        try:
            with database.transaction() as session:
                save_view(session, user_id=current_viewer().user_id, name=name, query=query)
        except TooManyViews:
            flash(f"保存できる条件は{MOST_VIEWS}件までです。使わないものを削除してください。", "error")
        else:
            flash(f"条件「{name}」を保存しました。", "success")
        return _to_list(query)

    @blueprint.post("/views/drop")
    def drop() -> Response:
        name = request.form.get("name", "")
        with database.transaction() as session:
            drop_view(session, user_id=current_viewer().user_id, name=storable(name))
        flash("保存した条件を削除しました。", "success")
        return _to_list(_query(request.form.get("query", "")))

    return blueprint


def _query(text: str) -> str:
    """Leave of an address's query what makes the list, whatever was sent."""
    pairs = [(name, value) for name, value in parse_qsl(text[:_LONGEST_QUERY]) if name in _KEPT and "\x00" not in value]
    return urlencode(pairs, errors="replace")


def _to_list(query: str) -> Response:
    return redirect(url_for("cases.show") + (f"?{query}" if query else ""), 303)
