"""A decision sent from beside the list: what comes next is the next referral, with a word on the one before."""

from dataclasses import dataclass

from flask import abort, redirect, request
from werkzeug.wrappers import Response

from models.cases.screens import next_in_inbox
from models.clock import business_now
from models.database import Session
from models.paging import FIRST_PAGE, Turn
from schemas.refusal_codes import RefusalCode
from usecases.hub import Hub
from web.decision.decidable_case import Problem, deciding_on
from web.decision.deciding import NOT_STORED, decide
from web.decision.draft import DecisionDraft
from web.decision.pages import sent_form
from web.inbox.opened_step import opened_page, opened_referral
from web.inbox.place import InboxPlace, place_of_request
from web.shared.access import current_retailer
from web.shared.pager import is_cursor
from web.shared.refusal_words import screen_words

_PURPOSE = "画面:受信箱（判断の送信）"


@dataclass(frozen=True)
class SendingStep:
    """The view that sends."""

    hub: Hub

    def send(self, case_number: str) -> str | Response | tuple[str, int]:
        """Send the decision; sent again it is the same one."""
        form, draft = sent_form(), DecisionDraft(self.hub.database, case_number)
        place = place_of_request() or abort(400)
        decidable = deciding_on(self.hub.database, case_number, purpose=_PURPOSE, message_id=form.message_id.data or "")
        decision = form.request(case_number=case_number)
        if decision is None:
            draft.keep(form)
            return redirect(place.address(case_number), 303)
        refusal = decide(decision, segment=decidable.page.state.segment, hub=self.hub)
        if refusal is not None and refusal.code in NOT_STORED:
            words = screen_words(refusal)
            with self.hub.database.transaction() as session:
                opened = opened_referral(session, place, case_number, purpose=_PURPOSE, message_id=decision.message_id)
            return opened_page(opened, form, problem=Problem(words.text, words.action))
        draft.drop()
        sent = {"sent": case_number, "message": decision.message_id}
        if refusal is not None and refusal.code is not RefusalCode.OUTCOME_OPEN:
            return redirect(place.address(case_number, **sent), 303)
        with self.hub.database.transaction() as session:
            following = _following(session, place, case_number)
        return redirect(place.address(following, **sent), 303)


def _following(session: Session, place: InboxPlace, case_number: str) -> str | None:
    """Give what comes after the place where the decided one stood, however often it is asked."""
    return next_in_inbox(
        session,
        retailer_code=current_retailer(),
        inbox_filter=place.wanted(now=business_now(session)),
        after=_place_of_form(),
        besides=case_number,
    )


def _place_of_form() -> Turn:
    """Read where the referral stood in the list; the beginning for what is none of ours."""
    here = request.form.get("here", "")
    return Turn(after=here) if is_cursor(here) else FIRST_PAGE
