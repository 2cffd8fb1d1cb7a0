"""What a person reads when a page cannot be shown."""

from flask import Flask, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from runtime.logs import logger

_log = logger(__name__)

_WORDS = {
    400: ("送信された内容を受け取れません", "画面を開き直して、もう一度操作してください。"),
    403: ("この操作を行う権限がありません", "必要な場合は、社内の管理者に確認してください。"),
    404: ("ページが見つかりません", "アドレスが正しいか確認してください。"),
    405: ("この操作はできません", "画面のボタンやリンクから操作してください。"),
}
_STALE_FORM = ("操作の有効期限が切れました", "何も変更していません。画面を開き直して、もう一度操作してください。")
_OTHERWISE = ("ページを表示できません", "時間をおいて、もう一度お試しください。")


def register_errors(app: Flask) -> None:
    """This function will give every error a page in Japanese."""

    @app.errorhandler(HTTPException)
    def refused(problem: HTTPException) -> tuple[str, int]:
        return _page(problem.code or 500)

    @app.errorhandler(CSRFError)
    def forged(problem: CSRFError) -> tuple[str, int]:
        return page_of_stale_form()

    @app.errorhandler(Exception)
    def failed(problem: Exception) -> tuple[str, int]:
        _log.error("page failed", exc_info=problem)
        return _page(500)


def page_of_stale_form() -> tuple[str, int]:
    """Tell that a form was not taken, since this browser's session did not make it."""
    heading, advice = _STALE_FORM
    return render_template("error.html", heading=heading, advice=advice), 400


def _page(status: int) -> tuple[str, int]:
    heading, advice = _WORDS.get(status, _OTHERWISE)
    return render_template("error.html", heading=heading, advice=advice), status
