"""The second step of a decision: what follows from it, said before it is sent."""

from dataclasses import dataclass

from flask import redirect, url_for
from werkzeug.wrappers import Response

from models.database import Database
from web.decision.decidable_case import deciding_on, standing_of
from web.decision.draft import DecisionDraft
from web.decision.pages import amended_page, blocked_page, confirmation_page, form_page

_PURPOSE = "画面:廃止取次判断（確認）"


@dataclass(frozen=True)
class ConfirmingStep:
    """The view of the check page."""

    database: Database

    def confirm(self, case_number: str) -> str | Response | tuple[str, int]:
        """Say what follows from the decision that was typed. Looking at it changes nothing."""
        form = DecisionDraft(self.database, case_number).form()
        if form is None:
            standing_of(self.database, case_number)
            return redirect(url_for("decision.show", case_number=case_number), 303)
        decidable = deciding_on(self.database, case_number, purpose=_PURPOSE, message_id=form.message_id.data or "")
        if (blocked := blocked_page(decidable)) is not None:
            return blocked
        if not form.is_about(decidable.page):
            return amended_page(decidable), 409
        decision = form.request(case_number=case_number)
        return (form_page(decidable, form), 422) if decision is None else confirmation_page(decidable, form, decision)
