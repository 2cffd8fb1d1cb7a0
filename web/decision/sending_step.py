"""The third step of a decision: sending it."""

from dataclasses import dataclass

from flask import redirect, url_for
from werkzeug.wrappers import Response

from usecases.hub import Hub
from web.decision.decidable_case import Problem, deciding_on
from web.decision.deciding import NOT_STORED, decide
from web.decision.draft import DecisionDraft
from web.decision.pages import confirmation_page, sent_form
from web.shared.refusal_words import screen_words

_PURPOSE = "画面:廃止取次判断（送信）"


@dataclass(frozen=True)
class SendingStep:
    """The view that sends."""

    hub: Hub

    def send(self, case_number: str) -> str | Response | tuple[str, int]:
        """Send the decision; sent again it is the same one."""
        form, draft = sent_form(), DecisionDraft(self.hub.database, case_number)
        decidable = deciding_on(self.hub.database, case_number, purpose=_PURPOSE, message_id=form.message_id.data or "")
        decision = form.request(case_number=case_number)
        if decision is None:
            draft.keep(form)
            return redirect(url_for("decision.show", case_number=case_number), 303)
        refusal = decide(decision, segment=decidable.page.state.segment, hub=self.hub)
        if refusal is not None and refusal.code in NOT_STORED:
            words = screen_words(refusal)
            return confirmation_page(decidable, form, decision, Problem(words.text, words.action)), 409
        draft.drop()
        return redirect(url_for("decision.result", case_number=case_number, message_id=decision.message_id), 303)
