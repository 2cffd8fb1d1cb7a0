"""A referral opened beside the list: what it says, key by key, and the decision."""

from dataclasses import dataclass

from flask import abort, render_template

from models.cases.screens import Assignee, Neighbours, assignees_of, beside_in_inbox, place_in_inbox
from models.database import Database, Session
from rules.access.use_cases import UseCase
from rules.switching.visibility import Side
from usecases.assignments import see_colleagues
from web.cases.case_words import awaits_decision, deadlines, next_deadline
from web.cases.scope import page_or_404
from web.decision.decidable_case import DecidableCase, Problem
from web.decision.draft import DecisionDraft
from web.decision.form import DecisionForm
from web.decision.pages import empty_form
from web.inbox.listing import InboxList, inbox_list
from web.inbox.place import InboxPlace, place_of_request
from web.inbox.sent_decision import SentDecision, sent_decision
from web.shared.access import Permission, current_actor, current_retailer, current_viewer, may, may_do

_PURPOSE = "画面:受信箱（照合）"


@dataclass(frozen=True)
class OpenedStep:
    """The view of an opened referral."""

    database: Database

    def open(self, case_number: str) -> str | tuple[str, int]:
        """Show a referral beside the list, on record, with what became of the decision sent before it."""
        place = place_of_request() or abort(404)
        with self.database.transaction() as session:
            opened = opened_referral(session, place, case_number, purpose=_PURPOSE)
            sent = sent_decision(session)
        form = DecisionDraft(self.database, case_number).form()
        if form is not None and form.is_about(opened.decidable.page):
            form.request(case_number=case_number)  # what is wrong with it now stands on its fields
        else:
            form = empty_form(opened.decidable.page)
        return opened_page(opened, form, sent=sent)


@dataclass(frozen=True)
class OpenedReferral:
    """A referral, and the list it is opened beside."""

    decidable: DecidableCase
    here: str
    """Its place in the order of the inbox."""
    beside: Neighbours
    listing: InboxList
    assignee: Assignee | None
    colleagues: list[Assignee]
    """To whom the viewer may give it."""

    @property
    def blocked(self) -> Problem | None:
        """Why nobody can decide on it now; None where somebody can, or where the viewer might not anyway."""
        return self.decidable.problem if may(current_viewer(), Permission.DECIDE) else None


def opened_referral(
    session: Session, place: InboxPlace, case_number: str, *, purpose: str, message_id: str = ""
) -> OpenedReferral:
    """Give a referral of the viewer's inbox, on record; 404 for any other, and with it goes the record."""
    page = page_or_404(session, current_viewer(), case_number, purpose=purpose, message_id=message_id)
    if page.side is not Side.CURRENT:
        abort(404)
    listing, here = inbox_list(session, place), place_in_inbox(session, case_number=case_number)
    beside = beside_in_inbox(
        session,
        retailer_code=current_retailer(),
        inbox_filter=place.wanted(now=listing.now),
        case_number=case_number,
    )
    assignees = assignees_of(session, retailer_code=current_retailer(), case_numbers=[case_number])
    assigns = may_do(current_viewer(), UseCase.ASSIGN_REFERRAL) and not page.state.ended
    return OpenedReferral(
        DecidableCase(page, listing.now),
        here,
        beside,
        listing,
        assignee=assignees.get(case_number),
        colleagues=see_colleagues(actor=current_actor(), session=session) if assigns else [],
    )


def opened_page(
    opened: OpenedReferral, form: DecisionForm, *, sent: SentDecision | None = None, problem: Problem | None = None
) -> str | tuple[str, int]:
    """Show it. Where it was not the viewer who chose it, a first press opens what a second one sends."""
    page = opened.decidable.page
    form.name_reasons(page.state.segment)
    decides = awaits_decision(page) and opened.blocked is None and may(current_viewer(), Permission.DECIDE)
    blocked = None if decides else opened.blocked
    shown = render_template(
        "inbox/opened.html",
        page=page,
        listing=opened.listing,
        opened=opened,
        form=form if decides else None,
        sent=sent,
        chosen=sent is None,
        problem=problem or blocked,
        failed=bool(problem or blocked or form.errors or (sent and sent.refused)),
        next_deadline=next_deadline(deadlines(page, now=opened.decidable.now)),
    )
    return (shown, 409) if problem or blocked else shown
