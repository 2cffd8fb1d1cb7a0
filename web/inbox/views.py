"""The inbox of 現小売: the referrals that await its decision, the least time left first."""

from flask import Blueprint, render_template

from models.cases.screens import CaseFilter, Scope, count_duties, count_inbox, inbox
from models.clock import business_now
from models.database import Database
from rules.procedure.duties import Duty
from web.cases.listed_case import listed
from web.shared.access import Permission, current_retailer, needs
from web.shared.pager import pager_to, turn_of_request

PAGE = 50


def inbox_screen(database: Database) -> Blueprint:
    blueprint = Blueprint("inbox", __name__, template_folder="templates")

    @blueprint.get("/inbox")
    @needs(Permission.SEE_INBOX)
    def show() -> str:
        retailer, turn = current_retailer(), turn_of_request()
        with database.transaction() as session:
            page = inbox(session, retailer_code=retailer, turn=turn, limit=PAGE)
            total = count_inbox(session, retailer_code=retailer)
            duties = count_duties(session, scope=Scope(retailer), case_filter=CaseFilter())
            now = business_now(session)
        return render_template(
            "inbox/inbox.html",
            rows=[listed(line, now=now) for line in page.items],
            total=total,
            others={duty: count for duty, count in duties.items() if duty is not Duty.DECIDE},
            pager=pager_to("inbox.show", page, turn=turn),
        )

    return blueprint
