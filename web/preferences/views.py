"""How a person wants the screens, and which keys there are."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired

from models.database import Database
from models.users.operations import set_preferences
from web.shared.access import current_viewer
from web.shared.forms import HubForm

_ON, _OFF = "on", "off"


class PreferencesForm(HubForm):
    """Rows of lists, and single keys."""

    rows = RadioField(
        "一覧の行の間隔",
        choices=[SelectChoice("dense", "詰める（一度に多くの行を表示する）"), SelectChoice("apart", "ゆったり")],
        validators=[InputRequired("一覧の行の間隔を選んでください。")],
    )
    keys = RadioField(
        "キーボードショートカット",
        choices=[SelectChoice(_ON, "使う"), SelectChoice(_OFF, "使わない")],
        validators=[InputRequired("キーボードショートカットを使うかどうかを選んでください。")],
    )


def preferences(database: Database) -> Blueprint:
    blueprint = Blueprint("preferences", __name__, template_folder="templates")

    @blueprint.get("/preferences")
    def show() -> str:
        viewer = current_viewer()
        form = PreferencesForm(
            data={"rows": "dense" if viewer.dense_lists else "apart", "keys": _ON if viewer.shortcuts else _OFF}
        )
        return render_template("preferences/preferences.html", form=form)

    @blueprint.post("/preferences")
    def save() -> Response | tuple[str, int]:
        form = PreferencesForm()
        if not form.validate():
            return render_template("preferences/preferences.html", form=form), 422
        with database.transaction() as session:
            set_preferences(
                session,
                user_id=current_viewer().user_id,
                dense_lists=form.rows.data == "dense",
                shortcuts=form.keys.data == _ON,
            )
        flash("設定を保存しました。", "success")
        return redirect(url_for("preferences.show"), 303)

    return blueprint
