"""The inbox of 現小売: the referrals that await its decision, and the decision beside them."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from models.database import Database
from usecases.hub import Hub
from web.cases.unshown_record import says_what_it_cannot_show
from web.decision.form import DecisionForm, draft_name
from web.inbox.assigning_step import AssigningStep
from web.inbox.file_step import FileStep
from web.inbox.listing import inbox_list
from web.inbox.opened_step import OpenedStep
from web.inbox.place import place_of_request
from web.inbox.search import InboxSearch
from web.inbox.sending_step import SendingStep
from web.inbox.sent_decision import sent_decision
from web.inbox.several_form import SeveralForm
from web.inbox.several_step import SeveralSteps
from web.inbox.several_step import draft_name as several_draft
from web.shared.access import Permission, current_viewer, may, needs
from web.shared.drafts import KeptForm, KeptForms


def inbox_screen(hub: Hub) -> Blueprint:
    blueprint = Blueprint("inbox", __name__, template_folder="templates")
    seeing = needs(Permission.SEE_INBOX)
    opened, sending = OpenedStep(hub.database), SendingStep(hub)
    blueprint.add_url_rule("/inbox", "show", seeing(ListStep(hub.database).show), methods=["GET"])
    blueprint.add_url_rule(
        "/inbox/<case_number>", "open", says_what_it_cannot_show(seeing(opened.open)), methods=["GET"]
    )
    blueprint.add_url_rule("/inbox/<case_number>", "send", seeing(sending.send), methods=["POST"])
    blueprint.add_url_rule(
        "/inbox/<case_number>/assignee", "assign", seeing(AssigningStep(hub.database).assign), methods=["POST"]
    )
    blueprint.add_url_rule(
        "/inbox/files/<segment>.csv", "download", seeing(FileStep(hub.database).download), methods=["GET"]
    )
    several, deciding = SeveralSteps(hub), needs(Permission.DECIDE)
    blueprint.add_url_rule("/inbox/chosen", "choose", deciding(several.choose), methods=["POST"])
    blueprint.add_url_rule("/inbox/chosen/<batch>", "compare", deciding(several.compare), methods=["GET"])
    blueprint.add_url_rule("/inbox/chosen/<batch>", "decide", deciding(several.send), methods=["POST"])
    blueprint.add_url_rule("/inbox/chosen/<batch>/outcomes", "outcomes", deciding(several.outcomes), methods=["GET"])
    return blueprint


@dataclass(frozen=True)
class ListStep:
    """The view of the list alone."""

    database: Database

    def show(self) -> str | tuple[str, int]:
        """List what is wanted, with what became of a decision after which nothing else was left."""
        place = place_of_request()
        if place is None:
            return render_template("inbox/inbox.html", search=_faulty_search(), listing=None, failed=True), 422
        with self.database.transaction() as session:
            listing, sent = inbox_list(session, place), sent_decision(session)
        return render_template(
            "inbox/inbox.html", search=place.search, listing=listing, sent=sent, failed=bool(sent and sent.refused)
        )


def _faulty_search() -> InboxSearch:
    search = InboxSearch(request.args)
    search.validate()
    return search


def _draft_name(arguments: Mapping[str, str]) -> str | None:
    return draft_name(arguments["case_number"])


def _typed() -> dict[str, object]:
    return DecisionForm().typed()


def _batch_name(arguments: Mapping[str, str]) -> str | None:
    return several_draft(arguments["batch"])


def _ticked() -> dict[str, object]:
    return SeveralForm().typed()


def _is_ours() -> bool:
    return DecisionForm().is_ours and may(current_viewer(), Permission.DECIDE)


def _is_choice() -> bool:
    return SeveralForm().is_ours and may(current_viewer(), Permission.DECIDE)


KEPT_FORMS: KeptForms = {
    "inbox.send": KeptForm("inbox.open", _draft_name, _typed, _is_ours),
    "inbox.decide": KeptForm("inbox.compare", _batch_name, _ticked, _is_choice),
}
