"""The third step of a decision: sending it."""

from dataclasses import dataclass

from flask import abort, redirect, url_for
from werkzeug.wrappers import Response

from models.cases.screens import CasePage
from runtime.logs import logger
from schemas.findings import Refusal, Refused
from schemas.interfaces.decision import DecisionRequest
from schemas.refusal_codes import RefusalCode
from usecases.decision import decide_referral
from usecases.hub import Hub
from web.decision.decidable_case import Problem, deciding_on
from web.decision.draft import DecisionDraft
from web.decision.pages import confirmation_page, sent_form
from web.shared.access import current_actor, current_viewer
from web.shared.refusal_words import screen_words

_log = logger(__name__)

_PURPOSE = "画面:廃止取次判断（送信）"
_NOT_STORED = frozenset(
    {
        RefusalCode.SAME_ID_OTHER_CONTENT,
        RefusalCode.TOO_MANY_COMMANDS,
        RefusalCode.TOO_MANY_IN_FLIGHT,
        RefusalCode.FORM,
    }
)
"""Refusals that are not the answer to a stored decision, so that the page of its result would not show them."""


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
        refusal = self._decide(decision, decidable.page)
        if refusal is not None:
            words = screen_words(refusal)
            return confirmation_page(decidable, form, decision, Problem(words.text, words.action)), 409
        draft.drop()
        return redirect(url_for("decision.result", case_number=case_number, message_id=decision.message_id), 303)

    def _decide(self, decision: DecisionRequest, page: CasePage) -> Refusal | None:
        """Decide, and give the refusal that no stored decision tells of; the others are read with the result."""
        refusal = None
        try:
            decide_referral(decision, actor=current_actor(), segment=page.state.segment, hub=self.hub)
        except Refused as refused:
            if refused.refusal.code is RefusalCode.NO_SUCH_CASE:
                abort(404)
            refusal = refused.refusal
        _log.info(
            "decision at screen",
            case_number=decision.case_number,
            message_id=decision.message_id,
            user_id=current_viewer().user_id,
            refused=None if refusal is None else refusal.code.value,
        )
        return refusal if refusal is not None and refusal.code in _NOT_STORED else None
