"""The inbox of 現小売: the referrals that await its decision, the least time left first."""

from flask import Blueprint, render_template, url_for

from models.cases.screens import count_inbox, inbox
from models.clock import business_now
from models.database import Database
from web.access import Permission, current_viewer, needs
from web.looking import cursor_of_request
from web.views.cases import listed

PAGE = 50


def inbox_screen(database: Database) -> Blueprint:
    """This function will make the inbox."""
    blueprint = Blueprint("inbox", __name__)

    @blueprint.get("/inbox")
    @needs(Permission.SEE_INBOX)
    def show() -> str:
        retailer, cursor = current_viewer().retailer_code, cursor_of_request()
        assert retailer is not None, "only people of a retailer have the permission"
        with database.transaction() as session:
            lines, following = inbox(session, retailer_code=retailer, cursor=cursor, limit=PAGE)
            total = count_inbox(session, retailer_code=retailer)
            now = business_now(session)
        return render_template(
            "inbox.html",
            rows=[listed(line, now=now) for line in lines],
            total=total,
            first=url_for("inbox.show") if cursor else None,
            following=url_for("inbox.show", cursor=following) if following else None,
        )

    return blueprint
