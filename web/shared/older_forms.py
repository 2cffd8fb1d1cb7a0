"""Forms from before a login, as where the person logged in anew in another tab: gone on with, and not sent."""

from flask import Flask, flash, redirect, request
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from models.database import Database
from web.shared.access import viewer_or_none
from web.shared.drafts import KeptForms, unsent_form
from web.shared.errors import page_of_stale_form
from web.shared.own_draft import OwnDraft

_LOGGED_IN_ANEW = "画面を開いてからログインし直したため、まだ送信していません。内容を確認して、もう一度進んでください。"


def go_on_with_older_forms(app: Flask, *, database: Database, kept_forms: KeptForms) -> None:
    """Keep what such a form brings, and show it again under the person's session of now.

    What no session of ours made stays refused.
    """

    @app.errorhandler(CSRFError)
    def go_on(problem: CSRFError) -> Response | tuple[str, int]:
        unsent = unsent_form(kept_forms)
        if unsent is None or viewer_or_none() is None or not request.form.get("csrf_token"):
            return page_of_stale_form()
        if not unsent.kept_form.is_ours():
            return page_of_stale_form()
        typed = unsent.kept_form.typed()
        if typed is None:
            return page_of_stale_form()
        OwnDraft(database, unsent.draft_name).keep(typed, file=unsent.kept_form.file())
        flash(_LOGGED_IN_ANEW, "warning")
        return redirect(unsent.shown_at, 303)
