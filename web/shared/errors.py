"""What a person reads when a page cannot be shown."""

from flask import Flask, render_template
from werkzeug.exceptions import HTTPException

from models.outage import database_is_away
from rules.access.rights import NotAllowed
from runtime.logs import logger
from runtime.slots.board import NoSlot
from schemas.refusal_codes import REFUSAL_WORDS, RefusalCode

_log = logger(__name__)

_WORDS = {
    400: ("送信された内容を受け取れません", "画面を開き直して、もう一度操作してください。"),
    403: ("この操作を行う権限がありません", "必要な場合は、社内の管理者に確認してください。"),
    404: ("ページが見つかりません", "アドレスが正しいか確認してください。"),
    405: ("この操作はできません", "画面のボタンやリンクから操作してください。"),
    413: ("送信された内容が大きすぎます", "内容を分けて、もう一度送信してください。何も変更していません。"),
}
_STALE_FORM = ("操作の有効期限が切れました", "何も変更していません。画面を開き直して、もう一度操作してください。")
_AWAY = (
    "ただいま利用できません",
    (
        "データベースに接続できません。時間をおいて、同じ操作をもう一度行ってください。"
        "送信の途中だったときは、前の画面に戻って同じ内容をもう一度送信して差し支えありません。"
        "保存済みなら、二重に保存されることはありません。"
    ),
)
_BUSY = (
    "ただいま混み合っています",
    (
        "貴社の操作を、同時に行える数まで処理しています。少し待って、同じ操作をもう一度行ってください。"
        "まだ何も変更していません。"
    ),
)
_RETRY_AFTER = 30
"""Seconds after which to try again: about as long as a database takes to change over."""
_OTHERWISE = ("ページを表示できません", "時間をおいて、もう一度お試しください。")


def register_errors(app: Flask) -> None:
    """Give every error a page in Japanese."""

    @app.errorhandler(HTTPException)
    def refused(problem: HTTPException) -> tuple[str, int]:
        return error_page(problem.code or 500)

    @app.errorhandler(NotAllowed)
    def not_theirs(problem: NotAllowed) -> tuple[str, int]:
        return error_page(403)

    @app.errorhandler(NoSlot)
    def busy(problem: NoSlot) -> tuple[str, int, dict[str, str]]:
        heading, advice = _BUSY
        wait = str(REFUSAL_WORDS[RefusalCode.NO_SLOT].retry_after)
        return render_template("error.html", heading=heading, advice=advice), 503, {"Retry-After": wait}

    @app.errorhandler(Exception)
    def failed(problem: Exception) -> tuple[str, int] | tuple[str, int, dict[str, str]]:
        if database_is_away(problem):
            _log.warning("the database is away", exc_info=problem)
            heading, advice = _AWAY
            page = render_template("error.html", heading=heading, advice=advice)
            return page, 503, {"Retry-After": str(_RETRY_AFTER)}
        _log.error("page failed", exc_info=problem)
        return error_page(500)


def page_of_stale_form() -> tuple[str, int]:
    """Tell that a form was not taken, since this browser's session did not make it."""
    heading, advice = _STALE_FORM
    return render_template("error.html", heading=heading, advice=advice), 400


def error_page(status: int) -> tuple[str, int]:
    """Say in Japanese that a request of ours was not answered."""
    heading, advice = _WORDS.get(status, _OTHERWISE)
    return render_template("error.html", heading=heading, advice=advice), status
